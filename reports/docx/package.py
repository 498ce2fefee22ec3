"""The DOCX file: its parts and their relationships, document properties and settings.

The settings are the rules of Chinese line breaking, different odd and even pages, and substitutes for fonts.
"""

from datetime import datetime, time
from io import BytesIO

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.shared import Mm

from reports.archive import UNDATED, repack_file
from reports.docx.stylesheet import LANGUAGE, official_name, styles_part
from reports.docx.wordml import Element, w
from reports.file_properties import file_properties
from reports.fonts import FontRole
from reports.model import OfficialDocument
from reports.plaintext import writable_text
from reports.text_fitting import LineSetting

# GB/T 15834-2011, 5.1: characters that never begin a line, and characters that never end one.
NEVER_FIRST = "!%),.:;>?]}·—‖’”…‰℃、。〃〉》」』】〕〗！＂％＇），．：；？］｀｜｝～￠"
NEVER_LAST = "$([{£¥‘“〈《「『【〔〖〝＄（．［｛￡￥"
WORD_2013 = "15"
MICROSOFT = "http://schemas.microsoft.com/office/word"
GB_CHARSET = "86"

# Substitutes on machines without the officially named fonts.
STAND_INS = {
    FontRole.TITLE: "方正小标宋_GBK",
    FontRole.TEXT: "仿宋",
    FontRole.LEVEL1: "SimHei",
    FontRole.LEVEL2: "楷体",
    FontRole.FOLIO: "SimSun",
}


def settings_part() -> Element:
    """Return the settings of the document.

    Word treats it as made by Word 2013 or later, and narrows adjacent punctuation marks as in the PDF.
    """
    mode = w("compatSetting", name="compatibilityMode", uri=MICROSOFT, val=WORD_2013)
    return w(
        "settings",
        w("zoom", percent=100),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="compressPunctuation"),
        w("noLineBreaksAfter", lang=LANGUAGE, val=NEVER_LAST),
        w("noLineBreaksBefore", lang=LANGUAGE, val=NEVER_FIRST),
        w("compat", mode),
        w("themeFontLang", val="en-US", eastAsia=LANGUAGE),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def font_table() -> Element:
    """Return the table of the official fonts, each with its substitute."""
    return w("fonts", *(_font_entry(face, stand_in) for face, stand_in in STAND_INS.items()))


def _font_entry(face: FontRole, stand_in: str) -> Element:
    return w("font", w("altName", val=stand_in), w("charset", val=GB_CHARSET), name=official_name(face))


LONGEST_PROPERTY = 255


class WordFile:
    def __init__(self, document: OfficialDocument, setting: LineSetting) -> None:
        self.body = w("body")
        self._package = Package()
        self._document = DocumentPart(
            PackURI("/word/document.xml"),
            CONTENT_TYPE.WML_DOCUMENT_MAIN,
            w("document", self.body),
            self._package,
        )
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._pages = self._pictures = 0
        self._write_properties(document)
        self._add_part("styles", styles_part(setting), CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES)
        self._add_part("settings", settings_part(), CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS)
        self._add_part("fontTable", font_table(), CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE)

    def add_header(self, content: Element) -> str:
        """Add a header and return the id by which sections refer to it."""
        return self._add_page_part("header", content, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER)

    def add_footer(self, content: Element) -> str:
        """Add a footer and return the id by which sections refer to it."""
        return self._add_page_part("footer", content, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER)

    def add_picture(self, png: bytes, width: float, words: str) -> Element:
        """Add a picture, `width` mm wide, and return the element that shows it, described in words."""
        self._pictures += 1
        inline = self._document.new_pic_inline(BytesIO(png), width=Mm(width))
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("descr", words)
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # LibreOffice's default is an eighth of an inch
        return inline

    def _write_properties(self, document: OfficialDocument) -> None:
        """Write title, issuers, number and language; the date of creation is the document's, not today's."""
        described = file_properties(document)
        authors = "、".join(described.authors)
        core = self._package.core_properties
        core.title, core.author, core.last_modified_by, core.subject = (
            writable_text(text)[:LONGEST_PROPERTY]
            for text in (described.title, authors, authors, described.number)
        )
        core.language = LANGUAGE
        core.created = core.modified = datetime.combine(described.day or UNDATED, time())

    def to_bytes(self) -> bytes:
        """Return the finished file; the same content gives the same bytes."""
        stream = BytesIO()
        self._package.save(stream)
        return repack_file(stream.getvalue())

    def _add_page_part(self, kind: str, content: Element, content_type: str, relation: str) -> str:
        self._pages += 1
        return self._add_part(f"{kind}{self._pages}", content, content_type, relation)

    def _add_part(self, name: str, content: Element, content_type: str, relation: str) -> str:
        part = XmlPart(PackURI(f"/word/{name}.xml"), content_type, content, self._package)
        return str(self._document.relate_to(part, relation))
