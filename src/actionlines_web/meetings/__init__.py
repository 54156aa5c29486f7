"""Meetings of advisory, working and study groups: their agenda, and the contributions of members as numbered documents."""
