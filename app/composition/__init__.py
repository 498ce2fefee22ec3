"""Compose every kind of document: plain facts become the document model (`reports.model`)."""
