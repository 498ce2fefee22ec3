"""Wording suggestions that the office makes to a department, and the answers."""
