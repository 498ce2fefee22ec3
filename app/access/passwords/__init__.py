"""Passwords: hashing, rules for new ones, and their strength."""
