"""Word's units of length (twips, eighths of a point), and where it puts the baseline in a line of exact height.

Word cannot use the standard's line pitch of 10.447 mm: 22 such lines are taller than the type area, within
which Word keeps all lines. 579 twips (10.21 mm) is the largest pitch at which 22 lines fit.
"""

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PT

TWIPS_PER_PT = 20
TWIPS_PER_MM = TWIPS_PER_PT / MM_PER_PT

# Word puts the baseline of a line of exact height four fifths of the way down.
BASELINE_SHARE = 0.8

# Word sets letters low in their lines. To bring the ink near the top of the type area, the text begins above
# it, as far as 5.2.1 allows (37 ± 1 mm), less a margin for rounding. With 0.95 mm, even the ink of 国, which does
# not fill its square, begins within 40.2 mm. The page then holds 22 lines and less than a quarter of another.
BOX_TOP_MM = standard.TOP_MM - 0.95
PITCH = 579
PITCH_MM = PITCH / TWIPS_PER_MM
CHARACTER = round(standard.CHARACTER_PT * TWIPS_PER_PT)
SMALL_CHARACTER = round(standard.SIZE_4_PT * TWIPS_PER_PT)
LETTER_SPACING = round(standard.LETTER_SPACING_PT * TWIPS_PER_PT)
CLOSER_PITCH = PITCH * standard.LINES_PER_PAGE // chosen.CLOSER_LINES_PER_PAGE
CLOSER_CHARACTER = round(chosen.CLOSER_CHARACTER_PT * TWIPS_PER_PT)
CLOSER_SPACING = round(chosen.CLOSER_SPACING_PT * TWIPS_PER_PT)

# The negligible height of a paragraph that only ends a section or anchors a floating table.
LEAST_LINE = 20


def mm_to_twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


def half_points(points: float) -> int:
    """Convert a type size in points to half points, Word's unit of type size."""
    return round(points * 2)


def mm_to_eighths(mm: float) -> int:
    """Convert the thickness of a rule from mm to eighths of a point."""
    return round(mm / MM_PER_PT * 8)


TYPE_AREA_WIDTH = mm_to_twips(standard.TYPE_AREA_WIDTH_MM)
TYPE_AREA_HEIGHT = mm_to_twips(standard.TYPE_AREA_HEIGHT_MM)
IMPRINT_LINE = mm_to_twips(chosen.IMPRINT_LINE_MM)

# 宋体 draws its dash 0.3 em above the baseline. The line of a page number reaches up to the type area, because
# LibreOffice ends the text at its top, and its height brings the dash to the prescribed position.
DASH_RISE_MM = 0.3 * standard.SIZE_4_PT * MM_PER_PT
FOLIO_LINE_MM = (standard.PAGE_NUMBER_BELOW_MM + DASH_RISE_MM) / BASELINE_SHARE
FOLIO_LINE = int(FOLIO_LINE_MM * TWIPS_PER_MM)


def line_baseline(line_mm: float) -> float:
    """Return the distance of the baseline from the top of a line of exact height (mm)."""
    return BASELINE_SHARE * line_mm
