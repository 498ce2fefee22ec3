"""Departments, groups, leaders and issuing bodies: changed by the administrator, proposed by the office."""
