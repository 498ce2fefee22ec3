"""Accounts: created, disabled and enabled by the system administrator."""
