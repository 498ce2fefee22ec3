"""Documents with their blocks and files, and the states that they go through."""
