"""The plan as published: its tree, and who answers for it."""
