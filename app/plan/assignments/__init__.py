"""Who answers for the measures of a plan, and what they should reach."""
