"""Quarters of a plan, their due dates, and working days."""
