"""Replies to directives on their way from who writes them to who signs them."""
