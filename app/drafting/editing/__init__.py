"""Editing a draft: its blocks, the lint findings in them, and departments' answers to changed words."""
