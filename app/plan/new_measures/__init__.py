"""New measures from a day on: added to a plan, or split from one that it has."""
