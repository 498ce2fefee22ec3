"""Making a document's files outside of requests."""
