"""Importing a plan: the draft is read, corrected, assigned and compared before it is stored."""
