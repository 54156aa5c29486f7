"""Indicators: series and their observations."""
