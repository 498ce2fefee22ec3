"""Issuing documents: numbers, frozen text, distribution, verification of the files, corrections."""
