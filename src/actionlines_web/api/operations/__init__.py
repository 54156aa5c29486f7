"""The operations of the API, one module a noun; each calls the queries and actions the pages call."""
