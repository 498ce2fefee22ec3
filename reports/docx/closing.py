"""Writes what follows the body: annex list, attendance, signature, note (7.3.4-6, 10.3), imprint (7.4)."""

from collections.abc import Iterator, Sequence

from reports import gbt9704 as standard
from reports.docx.styles import LABEL
from reports.docx.tables import grid_table, table_cell
from reports.docx.text import keep_with_next, styled_paragraph, tab_run, text_run
from reports.docx.units import CHARACTER, PITCH, TYPE_AREA_WIDTH
from reports.docx.wordml import Element, w
from reports.fonts import FontBook
from reports.form_words import COPIES_LABEL, attendance_lines, written_copies, written_date, written_issue
from reports.model import Annex, Attendance, Imprint, OfficialDocument, Signature
from reports.placement import signature_placement
from reports.placement.signature import SignatureRow, width_in_characters

# How far the date may extend into the right margin, in characters. Its figures may be wider in the reader's
# font, and LibreOffice adds space around them whatever the settings: without this, 日 could wrap to a new line.
DATE_SPARE = 2


def closing_lists(document: OfficialDocument) -> Iterator[Element]:
    """Yield the list of annexes and the attendance of a meeting."""
    yield from _annex_list(document.annexes)
    if document.attendance:
        yield from _attendance_paragraphs(document.attendance)


def signature_and_note(document: OfficialDocument, fonts: FontBook) -> Iterator[Element]:
    """Yield the signature with its date, and the note, kept on one page."""
    rows = list(_signature_paragraphs(document.signature, fonts)) if document.signature else []
    if document.note and rows:
        keep_with_next(rows[-1])
    yield from rows
    if document.note:
        yield styled_paragraph("Note", f"（{document.note}）")


def _annex_list(annexes: Sequence[Annex]) -> Iterator[Element]:
    """Yield the 附件说明: titles aligned below each other, without closing punctuation (7.3.4)."""
    titles = [annex.title.replace("\n", "") for annex in annexes]
    if len(titles) == 1:
        yield styled_paragraph("SingleAnnex", f"附件：{titles[0]}")
        return
    for number, title in enumerate(titles, start=1):
        style, label = ("FirstAnnex", "附件：") if number == 1 else ("NextAnnex", "")
        yield styled_paragraph(style, f"{label}{number}.", tab_run(), title)


def _attendance_paragraphs(attendance: Attendance) -> Iterator[Element]:
    for index, (label, names) in enumerate(attendance_lines(attendance)):
        yield styled_paragraph("NextAttendance" if index else "Attendance", text_run(label, LABEL), names)


def _signature_paragraphs(signature: Signature, fonts: FontBook) -> Iterator[Element]:
    day = written_date(signature.signed_on)
    place = signature_placement(signature, day, fonts)
    before = place.lines_above
    for row in place.rows:
        yield _issuer_names(row, before)
        before = row.lines - 1
    yield _signature_date(day, place.date_right, width_in_characters(fonts, day), signature.sealed)


def _issuer_names(row: SignatureRow, before: int) -> Element:
    """Return a line of issuers with `before` empty lines above; side by side, each is centred in its cell."""
    room = w("spacing", before=before * PITCH)
    if row.cell is None:
        return styled_paragraph(
            "Signature", "".join(row.names), properties=(room, _character_indents(right=row.right))
        )
    left = (standard.CHARACTERS_PER_LINE - row.right - len(row.names) * row.cell) * CHARACTER
    middles = (left + (index + 0.5) * row.cell * CHARACTER for index in range(len(row.names)))
    stops = w("tabs", *(w("tab", val="center", pos=round(middle)) for middle in middles))
    parts = [part for name in row.names for part in (tab_run(), name)]
    return styled_paragraph("SignatureRow", *parts, properties=(stops, room))


def _signature_date(day: str, right: float, width: float, sealed: bool) -> Element:
    """Return the date, placed by its left edge or, with seals, centred below the last issuer.

    Both keep it in place if the reader's font has other widths. right, width: in characters of the body.
    """
    left = standard.CHARACTERS_PER_LINE - right - width
    if not sealed:
        return styled_paragraph("Date", day, properties=(_character_indents(left=left, right=-DATE_SPARE),))
    spare = min(right, left) / 2
    return styled_paragraph(
        "SealedDate", day, properties=(_character_indents(left=left - spare, right=right - spare),)
    )


def _character_indents(**characters: float) -> Element:
    """Return the indents of a paragraph, given in characters of the body."""
    return w("ind", **{side: round(count * CHARACTER) for side, count in characters.items()})


def imprint_table(imprint: Imprint, is_full: bool) -> Element:
    """Return the 版记: a table anchored so that it ends at the bottom of the type area of its page.

    is_full: whether it names office and date; a letter's only lists who receives copies, without rules (10.1).
    """
    lines = []
    if imprint.copies_to:
        lines.append(styled_paragraph("Copies", COPIES_LABEL + written_copies(imprint)))
    if is_full:
        lines.append(styled_paragraph("Imprint", imprint.office, tab_run(), written_issue(imprint)))
    place = w("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom")
    rows = [w("tr", w("trPr", w("cantSplit")), table_cell(TYPE_AREA_WIDTH, line)) for line in lines]
    style = "ImprintTable" if is_full else "PlainTable"
    return grid_table(style, [TYPE_AREA_WIDTH], rows, place)
