"""The plan as published: its tree of items, assignments, and changes by revisions."""
