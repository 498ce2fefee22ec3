"""Filings: their content, life cycle, checks and queries."""
