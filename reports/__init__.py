"""Official documents (公文) in the form of GB/T 9704-2012, from plain data to bytes.

Compose an `OfficialDocument` (reports.model) and hand it to a renderer (reports.pdf, reports.docx, reports.xlsx).
Nothing in here knows the application, its database or its web pages.
"""
