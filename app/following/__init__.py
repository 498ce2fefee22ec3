"""关注: who follows which measure, directive or department, and one notice a day of what changed."""
