"""The interface for programs: OpenAPI 3.1, open reads, writes with tokens."""
