"""The pages of the three administrators, and the office's proposals to them."""
