"""Filings: what they hold, their life cycle."""
