"""The pages of the three administrators, and what the office proposes to them."""
