"""Alerts: searches a person keeps, and mail about what is new in them."""
