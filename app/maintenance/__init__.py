"""Maintaining an installation: backups, database schema and health checks."""
