"""Work plans: reading them, their tree, who answers for it."""
