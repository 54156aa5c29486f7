"""Pages of results and of plans."""
