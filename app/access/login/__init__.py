"""Logging in: counting attempts, opening, keeping and ending sessions."""
