"""The pages and fragments on which directives are written, answered and taken through their steps."""
