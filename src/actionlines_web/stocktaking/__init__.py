"""Stocktaking: the register of entries, its matrix, its imports."""
