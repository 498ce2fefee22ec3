"""What supporting departments did for a measure: one text each, handed straight to its lead."""
