"""Foundations that every feature uses and that know none of them."""
