"""Logging in: attempts are counted, a session is opened, kept alive and ended."""
