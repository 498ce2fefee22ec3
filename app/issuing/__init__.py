"""What was issued: its numbers, whether its files are what was frozen, what corrects it."""
