"""Organisations: who carries out what the register holds."""
