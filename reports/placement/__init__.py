"""Places in a document that depend on how wide or tall its letters are: head and signature."""

from reports.placement.head import head_placement, letter_placement
from reports.placement.signature import ends_in_one_line, signature_placement

__all__ = ["ends_in_one_line", "head_placement", "letter_placement", "signature_placement"]
