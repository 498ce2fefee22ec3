"""Figures that do not agree: sums, shares, changes, and what is said of them."""
