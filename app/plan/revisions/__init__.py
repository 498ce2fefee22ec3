"""Changing which measures a plan has, from a day on: adding, splitting, and a new file of the whole plan."""
