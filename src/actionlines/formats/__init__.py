"""Formats: one module a format, read and write."""
