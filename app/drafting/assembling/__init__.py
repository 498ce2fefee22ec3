"""Assembling: a request of the office becomes a document, which a worker then gathers and composes."""
