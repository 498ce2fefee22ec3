"""Adding, splitting, merging and ending measures of a stored plan from a day on."""
