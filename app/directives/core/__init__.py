"""What directives are: their tables, rules and queries, and how one is written."""
