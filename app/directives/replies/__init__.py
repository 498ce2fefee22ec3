"""Replies to directives, from the draft to the signature."""
