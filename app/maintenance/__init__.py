"""Looking after an installation: whether it runs, and whether everything is in order."""
