"""A database as rows and as one file, whichever it is."""
