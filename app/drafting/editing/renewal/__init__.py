"""Renewing a draft from filings that changed since: single paragraphs or the whole draft."""
