"""Keeping the site alive: backup and restore, health, measures, logs, maintenance."""
