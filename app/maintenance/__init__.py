"""Looking after an installation: its backups, its schema, whether it runs and is in order."""
