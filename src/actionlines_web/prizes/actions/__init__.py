"""Writes of the prizes."""
