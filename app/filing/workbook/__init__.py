"""A quarter's filings as an Excel workbook: written, filled in offline, read again and taken over."""
