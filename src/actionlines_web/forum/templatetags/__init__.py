"""Tags of the Forum's templates."""
