"""Backups: written, verified, restored, kept."""
