"""What departments report each quarter, and its way to being accepted."""
