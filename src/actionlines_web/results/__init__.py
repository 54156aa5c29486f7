"""Results frameworks with what was measured, and national plans with what they cover."""
