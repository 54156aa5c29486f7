"""Search: one full-text index behind SQLite FTS5 or PostgreSQL tsvector."""
