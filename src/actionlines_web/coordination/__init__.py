"""Who leads what, how far its road map is, and what came of what members were asked for."""
