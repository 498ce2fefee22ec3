"""What goes wrong with a document's content."""


class DocumentError(ValueError):
    """A document that cannot be set as it stands; the message is a Chinese sentence for its composer."""
