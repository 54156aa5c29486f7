"""Commands of the Forum."""
