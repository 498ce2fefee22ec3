"""Attachments of filings and contributions (佐证材料)."""
