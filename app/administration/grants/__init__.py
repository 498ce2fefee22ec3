"""Grants: given and revoked by the security administrator."""
