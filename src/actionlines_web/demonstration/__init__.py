"""The demonstration site: real projects and indicators, marked as demonstration data."""
