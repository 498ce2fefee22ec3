"""The filings of a quarter as an Excel workbook: download, filling in offline, upload, import."""
