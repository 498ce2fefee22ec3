"""Leaders' instructions, the departments' replies, and closing."""
