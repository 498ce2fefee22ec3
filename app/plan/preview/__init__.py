"""A plan between its file and the stored tree: read, corrected, assigned and compared before it is stored."""
