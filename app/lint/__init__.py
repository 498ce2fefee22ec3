"""Checking any text or Word file against the rules of official documents; nothing of it is kept."""
