"""Chapters and annexes that several kinds share."""
