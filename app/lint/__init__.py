"""Checking any text or Word file against the rules for official documents. Nothing is stored."""
