"""Plan documents: their import, their tree, and who answers for them."""
