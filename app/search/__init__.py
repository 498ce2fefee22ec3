"""Searching the plan, filings, directives and documents, within what the reader may read."""
