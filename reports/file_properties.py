"""What the files of a document, of whatever kind, say of themselves."""

from dataclasses import dataclass
from datetime import date

from reports.characters import on_one_line
from reports.model import OfficialDocument


@dataclass(frozen=True)
class FileProperties:
    """The document's properties as a file: title, issuers, number and day."""

    title: str
    authors: tuple[str, ...]
    number: str
    day: date | None


def file_properties(document: OfficialDocument) -> FileProperties:
    """The properties that a document's own content gives; nothing of the machine or the hour goes into them."""
    head, signature, imprint = document.masthead, document.signature, document.imprint
    authors = (head.issuers if head else ()) or (signature.issuers if signature else ())
    return FileProperties(
        title=on_one_line(document.title),
        authors=tuple(map(on_one_line, authors)),
        number=on_one_line(str(head.number)) if head and head.number else "",
        day=(signature.signed_on if signature else None) or (imprint.issued_on if imprint else None),
    )
