"""Punctuation marks and foreign characters."""
