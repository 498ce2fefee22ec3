"""Who acts, and what each may do: asked by every operation, above all features."""
