"""Documents, their blocks and files, and what their life allows."""
