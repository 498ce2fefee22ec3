"""Places on the page: frames for what stands outside the text, and room before a line of the text itself.

All lengths are mm, tops measured from the top of the paper.
"""

from dataclasses import dataclass

from reports.docx.measures import BOX_TOP_MM, PITCH_MM, line_baseline, mm_to_twips
from reports.docx.wordml import Element, w


def frame_property(left: float, top: float, width: float, height: float) -> Element:
    """The property by which a paragraph stands at a place of its own on the page."""
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
    """Where a line of exact height must begin for its baseline to come to this place."""
    return baseline_place - line_baseline(height)


@dataclass
class TextFlow:
    """How far the text has come down the page."""

    place: float = BOX_TOP_MM

    def down_to(self, top: float, height: float = PITCH_MM) -> Element:
        """The property by which a line of this height begins at `top`; the text goes on below it."""
        before = top - self.place
        self.place = top + height
        return w("spacing", before=mm_to_twips(before), line=mm_to_twips(height), lineRule="exact")

    def add_line(self) -> None:
        """A line of the body follows with no room before it."""
        self.place += PITCH_MM
