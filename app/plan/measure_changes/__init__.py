"""Which measures there are, changed from a day on: added, split, merged into another, ended."""
