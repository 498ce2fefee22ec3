"""What a leader and the office see at one glance: homes, heat map, measure pages."""
