"""Frameworks: a page for every goal, target, line, objective and outcome."""
