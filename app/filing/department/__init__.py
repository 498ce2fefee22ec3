"""What a department sees and does."""
