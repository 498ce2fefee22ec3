"""From what the office asks for to a document that a worker gathers and composes."""
