"""Dates and times: their form, their order, and what falls on which day."""
