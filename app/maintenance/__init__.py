"""Looking after an installation: whether it runs and is in order, its backups, its schema."""
