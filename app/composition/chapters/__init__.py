"""Chapters and annexes that several kinds of document share."""
