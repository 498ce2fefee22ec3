"""The sample sub-district of a first run: people, three quarters of progress, a report. Never in production."""
