"""Downloads from the public sources of others: a polite client, and a module for each source."""

from actionlines.connectors.client import Client, Fetched, Progress, silent

__all__ = ["Client", "Fetched", "Progress", "silent"]
