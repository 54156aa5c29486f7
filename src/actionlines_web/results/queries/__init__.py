"""Reads of results and of plans."""
