"""Making a document's files: the rendering process, the formats, pictures of pages."""
