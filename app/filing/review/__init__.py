"""The office's review: the matrix of a quarter, decisions on filings, reminders, assessments."""
