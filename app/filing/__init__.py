"""Quarterly filings: what departments report on their measures, until the office has accepted it."""
