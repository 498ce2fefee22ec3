"""How each kind of document is made of facts: from plain values to the document model."""
