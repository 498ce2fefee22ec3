"""Who acts and what each may do: asked by guards, templates and every operation."""
