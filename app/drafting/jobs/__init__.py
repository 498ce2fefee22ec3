"""Making the files of documents outside of requests."""
