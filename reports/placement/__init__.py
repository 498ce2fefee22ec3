"""Places in a document that depend on how wide or tall its letters are: head, signature, page number."""

from reports.placement.head import head_placement, letter_placement
from reports.placement.page_number import page_number_top
from reports.placement.signature import ends_in_one_line, signature_placement

__all__ = ["ends_in_one_line", "head_placement", "letter_placement", "page_number_top", "signature_placement"]
