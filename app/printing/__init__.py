"""Making a document's files: the process that prints, the formats, pictures of pages."""
