"""Writes the heads above the title: the red head (7.2), that of minutes (10.3) and that of a letter (10.1).

Their parts have fixed positions on the page. Lengths are in mm; tops are measured from the top of the paper.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.characters import clean_text
from reports.docx.styles import LABEL, NAME, SIDE
from reports.docx.text import styled_paragraph, tab_run, text_element, text_run
from reports.docx.units import (
    BOX_TOP_MM,
    CHARACTER,
    PITCH_MM,
    TYPE_AREA_WIDTH,
    half_points,
    line_baseline,
    mm_to_twips,
)
from reports.docx.wordml import Element, w
from reports.fonts import FontBook, FontRole
from reports.gbt9704 import MM_PER_PT
from reports.model import AnyMasthead, Direction, OfficialDocument
from reports.placement import head_placement, letter_placement
from reports.placement.issuer_mark import MarkText, PlacedMark, em_baseline

# The line height of the mark in ems, at which Word does not clip the letters at the top or bottom.
MARK_LINE_EMS = 1.25
# Extra room to the right of the mark, so that a slightly wider font does not break it into two lines.
MARK_SPARE_MM = 6.0
SIGNATORIES_LABEL = "签发人："
UNNAMED_SIGNATORY = "　　　"


def frame_property(left: float, top: float, width: float, height: float) -> Element:
    """Return the property that places a paragraph in a frame on the page; all lengths are in mm."""
    return w(
        "framePr",
        w=mm_to_twips(width),
        h=mm_to_twips(height),
        hRule="exact",
        hSpace=0,
        vSpace=0,
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=mm_to_twips(left),
        y=mm_to_twips(top),
    )


def line_top(baseline_place: float, height: float = PITCH_MM) -> float:
    """Return the top of a line of exact height whose baseline is at this position (mm)."""
    return baseline_place - line_baseline(height)


@dataclass
class TextFlow:
    """Tracks how far down the page the text has come; `place` is in mm from the top of the paper."""

    place: float = BOX_TOP_MM

    def down_to(self, top: float, height: float = PITCH_MM) -> Element:
        """Return the spacing that makes a line of this height begin at `top`, and move to the line's end."""
        before = top - self.place
        self.place = top + height
        return w("spacing", before=mm_to_twips(before), line=mm_to_twips(height), lineRule="exact")

    def add_line(self) -> None:
        """Move down by one line of the body that has no space before it."""
        self.place += PITCH_MM


@dataclass(frozen=True)
class HeadWriter:
    """Writes the head of a document, with the positions computed as for the PDF."""

    document: OfficialDocument
    head: AnyMasthead
    fonts: FontBook

    def red_head(self) -> Iterator[Element]:
        head, place = self.head, head_placement(self.document, self.fonts)
        flow = TextFlow()
        for line in head.marking.lines:
            yield styled_paragraph(_marking_style(line), line)
            flow.add_line()
        yield from self._mark_paragraphs(place.mark)
        if head.number:
            yield from self._number_paragraphs(place.number_top, flow)
        yield styled_paragraph(
            "RedLine", properties=(flow.down_to(standard.BOX_TOP_MM + place.red_line_top),)
        )

    def _number_paragraphs(self, top: float, flow: TextFlow) -> Iterator[Element]:
        """Yield the number; in an upward document the 签发人 are beside it (7.2.5-6)."""
        head = self.head
        if head.direction is not Direction.UPWARD:
            yield styled_paragraph(
                "Number", str(head.number), properties=(flow.down_to(self._top_of_line(top)),)
            )
            return
        rows = max(1, -(-len(head.signatories) // standard.SIGNATORIES_PER_LINE))
        last = self._top_of_line(top + (rows - 1) * standard.LINE_PITCH_MM)
        tops = (last - index * standard.LINE_PITCH_MM for index in reversed(range(rows)))
        yield from _number_lines(head, [flow.down_to(top) for top in tops], self.fonts)

    def letter_head(self) -> Iterator[Element]:
        """Yield a letter's head, down to the number and the markings; the lower red line is in the footer."""
        head, place = self.head, letter_placement(self.head, self.fonts)
        flow = TextFlow()
        yield from self._mark_paragraphs(place.mark)
        upper = standard.BOX_TOP_MM + place.upper_line_top
        yield styled_paragraph("DoubleLine", properties=(flow.down_to(upper, chosen.LETTER_LINE_GAP_MM),))
        flow.place += chosen.LETTER_THICK_MM + chosen.LETTER_THIN_MM
        first, *others = head.marking.lines or ("",)
        marking = text_run(first, "" if first.isdigit() else LABEL)
        line = flow.down_to(self._top_of_line(place.text_top))
        yield styled_paragraph("LetterNumber", marking, tab_run(), str(head.number), properties=(line,))
        for other in others:
            yield styled_paragraph(_marking_style(other), other)

    def _mark_paragraphs(self, mark: PlacedMark) -> Iterator[Element]:
        """Yield each piece of the mark in a frame of its own."""
        for piece in mark.texts:
            spread, last = piece.text[:-1], piece.text[-1]
            runs = _mark_letters(mark, spread, piece.spacing), _mark_letters(mark, last)
            yield styled_paragraph("Mark", *runs, properties=self._mark_frame(mark, piece))

    def _mark_frame(self, mark: PlacedMark, piece: MarkText) -> tuple[Element, Element]:
        family = self.fonts[FontRole.TITLE]
        height = MARK_LINE_EMS * mark.size
        top = line_top(standard.BOX_TOP_MM + piece.top + em_baseline(family) * mark.size, height)
        spread = (len(piece.text) - 1) * piece.spacing + family.text_width(piece.text) * mark.size
        width = spread * mark.narrowing + MARK_SPARE_MM
        line = w("spacing", line=mm_to_twips(height), lineRule="exact")
        return frame_property(standard.LEFT_MM + piece.left, top, width, height), line

    def _top_of_line(self, top: float) -> float:
        """Return the top of the line in Word whose baseline matches that of the PDF's line at `top`.

        `top` is in mm from the top of the body's box, the result from the top of the paper.
        """
        shift = self.fonts[FontRole.TEXT].main.baseline_shift * standard.SIZE_3_PT * MM_PER_PT
        return line_top(standard.BOX_TOP_MM + top + standard.LINE_PITCH_MM / 2 + shift)

    def letter_foot(self) -> Element:
        """Return the lower red line at the foot of a letter's first page, which has no page number (10.1)."""
        thin_top = standard.BOX_TOP_MM + letter_placement(self.head, self.fonts).lower_line_top
        place = frame_property(
            standard.LETTER_LINE_LEFT_MM,
            thin_top,
            standard.LETTER_LINE_WIDTH_MM,
            chosen.LETTER_LINE_WEIGHT_MM,
        )
        return styled_paragraph("LowerDoubleLine", properties=(place,))


@dataclass(frozen=True)
class WordHead:
    """How a kind of masthead is written in Word.

    write_head: yields the paragraphs of the head. title_style: the style of the title below it.
    first_foot: returns the footer of the first page, if it has a special one.
    bottom: the bottom margin of the first page, which leaves room for that footer (mm).
    """

    write_head: Callable[[HeadWriter], Iterator[Element]]
    title_style: str = "Title"
    first_foot: Callable[[HeadWriter], Element] | None = None
    bottom: float = standard.BOTTOM_MM


# The keys are the masthead's `template`.
WORD_HEADS: Mapping[str, WordHead] = {
    "file": WordHead(HeadWriter.red_head),
    "minutes": WordHead(HeadWriter.red_head),
    "letter": WordHead(
        HeadWriter.letter_head, "LetterTitle", HeadWriter.letter_foot, chosen.LETTER_BOX_BOTTOM_MM
    ),
}


def _mark_letters(mark: PlacedMark, text: str, spacing: float = 0.0) -> Element:
    """Return a narrowed run of the mark, with `spacing` (mm, before narrowing) after each letter."""
    size = half_points(mark.size / MM_PER_PT)
    look = w(
        "rPr",
        w("spacing", val=mm_to_twips(spacing * mark.narrowing)),
        w("w", val=round(100 * mark.narrowing)),
        w("sz", val=size),
        w("szCs", val=size),
    )
    return w("r", look, text_element(text))


def _marking_style(line: str) -> str:
    """Return the style of a line of the marking: only a 份号 consists of digits."""
    return "CopyNumber" if line.isdigit() else "Marking"


def _number_lines(head: AnyMasthead, places: Sequence[Element], fonts: FontBook) -> list[Element]:
    """Return the lines with the 签发人, two on each, and the number on the last one (7.2.5-6).

    places: the property that places each line.
    """
    names = head.signatories or (UNNAMED_SIGNATORY,)
    most = standard.SIGNATORIES_PER_LINE
    rows = [names[start : start + most] for start in range(0, len(names), most)]
    stops = _tab_stops(rows, fonts)
    lines = []
    for index, (row, place) in enumerate(zip(rows, places, strict=True)):
        tabs = w("tabs", *(w("tab", val="left", pos=stop) for stop in stops))
        number = str(head.number) if row is rows[-1] else ""
        first, *second = (text_run(name, NAME) for name in row)
        label = tab_run() if index else text_run(SIGNATORIES_LABEL)
        others = [part for name in second for part in (tab_run(), name)]
        lines.append(
            styled_paragraph(
                "UpwardNumber", number, tab_run(), label, first, *others, properties=(tabs, place)
            )
        )
    return lines


def _tab_stops(rows: Sequence[Sequence[str]], fonts: FontBook) -> list[int]:
    """Return where the label and each column of names begin (twips from the left).

    The widest row ends one character from the right edge.
    """
    columns = [[row[index] for row in rows if index < len(row)] for index in range(len(rows[0]))]
    widths = [max(_name_width(name, fonts) for name in column) for column in columns]
    names = sum(widths) + (len(widths) - 1) * CHARACTER
    first = TYPE_AREA_WIDTH - SIDE - names
    starts = [first + sum(widths[:index]) + index * CHARACTER for index in range(len(widths))]
    return [first - len(SIGNATORIES_LABEL) * CHARACTER, *starts]


def _name_width(name: str, fonts: FontBook) -> int:
    return round(fonts[FontRole.LEVEL2].text_width(clean_text(name)) * CHARACTER)
