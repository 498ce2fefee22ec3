"""Errors in the content of a document."""


class DocumentError(ValueError):
    """The document cannot be rendered as it is; the message is a Chinese sentence for its author."""
