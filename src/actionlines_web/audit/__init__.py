"""Audit: who did what, kept and never changed."""
