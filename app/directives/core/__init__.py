"""Directives: tables, rules, queries, and the operation that writes one."""
