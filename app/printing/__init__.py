"""Making a document's files: jobs and leases, the process that prints, the formats, pictures of pages."""
