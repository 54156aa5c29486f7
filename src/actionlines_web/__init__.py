"""actionlines_web: the site over the library."""
