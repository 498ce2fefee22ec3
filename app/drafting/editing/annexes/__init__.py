"""Rewriting cells of a draft's annexes."""
