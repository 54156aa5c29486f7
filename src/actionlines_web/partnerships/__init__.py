"""Partnerships: needs and offers, introductions with consent, stages to an agreement, pledges and payments."""
