"""Words: wrong, misplaced, missing or said twice."""
