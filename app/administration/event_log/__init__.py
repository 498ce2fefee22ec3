"""The log, read by the auditor."""
