"""Find and replace over all blocks of a draft."""
