"""Reads of the Forum."""
