"""The office's matrix of a quarter: filings by measure or by department, in pages."""
