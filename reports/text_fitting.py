"""The text on its pages: page 1 shows some of it (7.3.3), and its signature stands with it (7.3.5.5).

Where no more of the text than a line or two would come along to the signature's page, lines and then characters are
set closer, within limits, as the standard has it; where even that does not help, these few lines are taken along. So
are they where else a blank page would part a text from its imprint (7.4.1).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.imprint_place import ImprintPlace, body_box
from reports.model import DocumentError, OfficialDocument, Paragraph


class LineSetting(Enum):
    """How many lines a full page of the text has, and how many characters a full line."""

    USUAL = standard.LINES_PER_PAGE, standard.CHARACTERS_PER_LINE
    CLOSER_LINES = chosen.CLOSER_LINES_PER_PAGE, standard.CHARACTERS_PER_LINE
    CLOSER_CHARACTERS = chosen.CLOSER_LINES_PER_PAGE, chosen.CLOSER_CHARACTERS_PER_LINE

    def __init__(self, lines: int, characters: int) -> None:
        self.lines, self.characters = lines, characters

    @property
    def has_closer_lines(self) -> bool:
        return self.lines > standard.LINES_PER_PAGE

    @property
    def has_closer_characters(self) -> bool:
        return self.characters > standard.CHARACTERS_PER_LINE


class TextLayout(NamedTuple):
    """What a Word file takes over from the PDF: how lines are set, and where an imprint stands on a sheet's back."""

    setting: LineSetting = LineSetting.USUAL
    imprint: ImprintPlace | None = None


# Lays a document out with so many of its lines kept on the page of the signature.
LayText = Callable[[OfficialDocument, int, LineSetting], Any]
CLOSER_SETTINGS = (LineSetting.CLOSER_LINES, LineSetting.CLOSER_CHARACTERS)
SHORT_TEXT = (Paragraph("附件"),)


def lay_fitted_text(document: OfficialDocument, lay_text: LayText) -> tuple[Any, LineSetting]:
    """Return the text laid out, and how its lines are set.

    Raises DocumentError, in Chinese, when head, title and addressee alone fill page 1.
    """
    text = lay_with_body_on_page_1(document, lay_text, LineSetting.USUAL)
    page = _lonely_signature_page(text) if document.signature else 0
    if page:
        text_alone = with_short_annexes(document)
        for setting in closer_settings(document, page):
            trial = lay_with_body_on_page_1(text_alone, lay_text, setting)
            if page_with(trial, "signature") < page:
                return lay_with_body_on_page_1(document, lay_text, setting), setting
    return text, LineSetting.USUAL


def lay_closer_for_imprint(
    document: OfficialDocument, pages: int, lay_text: LayText
) -> Iterator[tuple[Any, LineSetting]]:
    """Yield the text set closer and closer, as long as that can make room for the imprint on its last page."""
    if not document.annexes:
        for setting in closer_settings(document, pages):
            yield lay_with_body_on_page_1(document, lay_text, setting), setting


def closer_settings(document: OfficialDocument, pages: int) -> tuple[LineSetting, ...]:
    """The settings closer than the usual one that a text of so many pages may have."""
    has_fixed_lines = document.masthead is not None and document.masthead.counts_first_lines
    return () if has_fixed_lines or pages > chosen.CLOSER_MOST_PAGES else CLOSER_SETTINGS


def with_short_annexes(document: OfficialDocument) -> OfficialDocument:
    """The document with annexes of one page each."""
    return replace(document, annexes=tuple(replace(one, blocks=SHORT_TEXT) for one in document.annexes))


def lay_with_body_on_page_1(document: OfficialDocument, lay_text: LayText, setting: LineSetting) -> Any:
    """Return the text laid out. A signature that takes the whole text along to page 2 is content with less.

    Raises DocumentError, in Chinese, when head, title and addressee alone fill page 1.
    """
    for lines in range(chosen.LINES_WITH_SIGNATURE, -1, -1):
        text = lay_text(document, lines, setting)
        if document.masthead is None or _shows_body(text.pages[0]):
            return text
    raise DocumentError(
        "首页排不下正文：版头、标题和主送机关已占满首页。请缩短标题或主送机关，或减少联署的发文机关、签发人。"
    )


def _shows_body(page: Any) -> bool:
    """Whether a page holds a part of the <main> element; WeasyPrint gives no public way to its boxes."""
    return any(box.element_tag == "main" and box.height > 0 for box in page._page_box.descendants())


def _lonely_signature_page(text: Any) -> int:
    """The page, from 2, on which the signature begins with no more of the text than is kept with it; 0 for none."""
    page = page_with(text, "signature")
    is_lonely = page > 1 and _body_lines(text.pages[page - 1]) <= chosen.LINES_WITH_SIGNATURE
    return page if is_lonely else 0


def page_with(text: Any, name: str) -> int:
    """The page, from 1, on which what has a class begins, one of the blocks of the whole document; 0 for none."""
    return next((number for number, page in enumerate(text.pages, start=1) if _has_block(page, name)), 0)


def _has_block(page: Any, name: str) -> bool:
    elements = (box.element for box in body_box(page).children if box.element is not None)
    return any(name in (element.get("class") or "").split() for element in elements)


def _body_lines(page: Any) -> int:
    """How many lines of the text, tables and all, a page holds."""
    mains = [box for box in page._page_box.descendants() if box.element_tag == "main"]
    return sum(isinstance(box, boxes.LineBox) for main in mains for box in main.descendants())
