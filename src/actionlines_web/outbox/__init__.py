"""Outbox: mail that is queued, shown, sent, tried again."""
