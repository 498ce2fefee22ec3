"""Accounts: made, disabled and enabled by the system administrator."""
