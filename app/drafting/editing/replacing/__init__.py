"""Find and replace in all blocks of a draft."""
