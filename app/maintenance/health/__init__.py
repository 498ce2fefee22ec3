"""Health checks of this installation, from within."""
