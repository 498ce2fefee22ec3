"""Remarks as comments in a copy of a Word document, each on the words that it is about."""

import zlib
from collections.abc import Mapping
from itertools import count
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from reports.lint.written.lines import RUN, W
from reports.model import DocumentError

COMMENTS_PART, RELATIONS_PART, TYPES_PART = (
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
EMPTY_RELATIONS = f'<Relationships xmlns="{RELATIONS.strip("{}")}"/>'.encode()
EMPTY_TYPES = f'<Types xmlns="{TYPES.strip("{}")}"/>'.encode()
EMPTY_COMMENTS = f'<w:comments xmlns:w="{W.strip("{}")}"/>'.encode()
LONGEST_PART = 20 * 1024**2
MOST_COMMENTS = 300
UNREADABLE = "这个 Word 文件里的批注读不出来，请用 WPS 另存一份再试。"


class CommentWriter:
    """Writes comments in the name of an author, beside those that a Word document has.

    Raises DocumentError where the parts that hold them cannot be read.
    """

    def __init__(self, package: ZipFile, values: Mapping[str, str]) -> None:
        self.values = values
        self.relations = _root_of_part(package, RELATIONS_PART, EMPTY_RELATIONS)
        self.types = _root_of_part(package, TYPES_PART, EMPTY_TYPES)
        self.part = self.part_of_comments()
        self.comments = _root_of_part(package, self.part, EMPTY_COMMENTS)
        self.written = 0

    def part_of_comments(self) -> str:
        """The name of the part that holds comments; a new one where there is none yet."""
        for relation in self.relations.iter(f"{RELATIONS}Relationship"):
            if relation.get("Type") == COMMENTS:
                target: str = relation.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else f"word/{target}"
        known = {one.get("Id") for one in self.relations}
        number = next(name for name in map("rIdRemarks{}".format, count()) if name not in known)
        etree.SubElement(
            self.relations, f"{RELATIONS}Relationship", Id=number, Type=COMMENTS, Target="comments.xml"
        )
        etree.SubElement(
            self.types, f"{TYPES}Override", PartName=f"/{COMMENTS_PART}", ContentType=COMMENTS_TYPE
        )
        return COMMENTS_PART

    def add_comment(self, first: Any, last: Any, text: str) -> None:
        """Put a comment on what stands from one run to another of the same paragraph."""
        number = str(1 + max((int(one.get(f"{W}id", "0")) for one in self.comments), default=-1))
        comment = etree.SubElement(
            self.comments, f"{W}comment", {f"{W}id": number, f"{W}initials": "检", **self.values}
        )
        written = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), RUN), f"{W}t")
        written.text = text
        first.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": number}))
        reference = etree.Element(RUN)
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": number})
        last.addnext(reference)
        last.addnext(etree.Element(f"{W}commentRangeEnd", {f"{W}id": number}))
        self.written += 1

    @property
    def parts(self) -> dict[str, bytes]:
        """The parts that were changed, by name."""
        changed = ((self.part, self.comments), (RELATIONS_PART, self.relations), (TYPES_PART, self.types))
        return {name: part_of(root) for name, root in changed} if self.written else {}


def part_of(root: Any) -> bytes:
    """The part of a Word document that a root makes."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _root_of_part(package: ZipFile, name: str, empty: bytes) -> Any:
    try:
        size = package.getinfo(name).file_size
    except KeyError:
        return etree.fromstring(empty)
    try:
        if size > LONGEST_PART:
            raise DocumentError(UNREADABLE)
        return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, BadZipFile, zlib.error):
        raise DocumentError(UNREADABLE) from None
