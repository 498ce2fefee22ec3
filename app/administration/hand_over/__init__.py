"""Passing the open work of one account on to another, and what nobody owns any more."""
