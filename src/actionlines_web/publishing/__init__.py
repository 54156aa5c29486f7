"""Publishing: reports over the register."""
