"""Grants: given and taken back by the security administrator."""
