"""Handing unfinished work over from departments that no longer lead a measure, or that end, to those that do now."""
