"""Handing on what a former lead, or a department that ended, still has in hand to those who answer for it now."""
