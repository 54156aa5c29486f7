"""Prizes: editions, projects, their review, the vote and its proof, the winners."""
