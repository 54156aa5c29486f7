"""Results: the chain from objective to outcome, as plans state it."""
