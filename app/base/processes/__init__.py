"""Processes that may see and take only so much."""
