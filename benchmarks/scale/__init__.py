"""A register of up to a million entries: made, kept, and asked as readers ask it."""
