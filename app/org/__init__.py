"""The organisation: departments and their groups, leaders, issuing bodies."""
