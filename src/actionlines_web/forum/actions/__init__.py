"""Writes of the Forum."""
