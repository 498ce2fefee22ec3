"""The office's matrix of a quarter: by measure or by department, page by page."""
