"""Handing on what departments have in hand to those who answer for it now."""
