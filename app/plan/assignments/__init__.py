"""Assignments, milestones and indicators of a plan's measures, and revisions of them."""
