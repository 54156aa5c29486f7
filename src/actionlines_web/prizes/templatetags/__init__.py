"""Tags of the prizes."""
