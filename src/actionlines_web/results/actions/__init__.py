"""Writes of results and of plans."""
