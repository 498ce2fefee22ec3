"""A document until it is issued: assembled, edited, printed."""
