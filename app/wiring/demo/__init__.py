"""The sample sub-district for a first run: people, three quarters of progress, a report. Never in production."""
