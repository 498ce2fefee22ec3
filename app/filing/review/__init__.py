"""What the street office sees and does."""
