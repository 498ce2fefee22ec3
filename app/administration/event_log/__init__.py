"""The event log as the auditor reads it."""
