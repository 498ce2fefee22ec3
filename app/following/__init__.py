"""Following (关注) measures, directives and departments, with one notice a day of what changed."""
