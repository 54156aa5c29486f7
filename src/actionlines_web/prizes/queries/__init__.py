"""Reads of the prizes."""
