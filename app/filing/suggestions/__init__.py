"""Small changes of words that the office proposes to a department, and what it answers."""
