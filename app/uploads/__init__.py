"""Uploaded files: which are accepted, how they are examined, and where they are stored."""
