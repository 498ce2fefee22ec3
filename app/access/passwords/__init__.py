"""Passwords: how they are kept, what a new one must be, how many guesses it withstands."""
