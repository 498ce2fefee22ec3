"""What a leader and the office see at one glance: homes, the overview of a quarter, measure pages."""
