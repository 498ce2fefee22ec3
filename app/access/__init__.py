"""Accounts, roles granted to them, log-in, and the guards of pages."""
