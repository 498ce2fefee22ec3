"""Whether this installation runs as it should, seen from within."""
