"""Jobs: work that outlives a request, kept in the database until a worker has done it."""
