"""Writes the golden pages anew."""

from tests.reports.golden import DOCUMENTS, keep

for name in DOCUMENTS:
    keep(name)
