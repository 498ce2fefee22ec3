"""A department's quarter on paper, for the signature (部门季度填报表)."""
