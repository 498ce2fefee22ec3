"""The parts of a document: headings, numbers, references, title, receivers and endings."""
