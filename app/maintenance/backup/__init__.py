"""Backups: writing, verifying, restoring and pruning them."""
