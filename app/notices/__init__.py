"""Notices within the system and by mail."""
