"""Webhooks: other programs are told what happened in the register, signed, and again until they have it."""
