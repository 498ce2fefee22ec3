"""The word list of the lint (词表): the program's defaults with the office's changes."""
