"""A department's filings of a quarter on paper, for signature (部门季度填报表)."""
