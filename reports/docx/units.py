"""Word's own measures: twips, eighths of a point, and where Word sets a letter within a line of exact height.

Word cannot follow the standard's line of 10.447 mm: 22 such lines are taller than the type area, which is Word's
box. 579 twips (10.21 mm) is the largest pitch by which 22 lines fit.
"""

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.gbt9704 import MM_PER_PT

TWIPS_PER_PT = 20
TWIPS_PER_MM = TWIPS_PER_PT / MM_PER_PT

# Of a line of exact height, four fifths lie above the baseline.
BASELINE_SHARE = 0.8

# Word sets letters low in their line: to bring the ink near the top of the type area, the box begins above it, as far
# as 5.2.1 leaves open (37 ± 1 mm) with something to spare for rounding. By 0.95 mm even the ink of 国, which does not
# fill its square, begins within 40.2 mm. The page is then 22 lines and less than a quarter of one more.
BOX_TOP_MM = standard.TOP_MM - 0.95
PITCH = 579
PITCH_MM = PITCH / TWIPS_PER_MM
CHARACTER = round(standard.CHARACTER_PT * TWIPS_PER_PT)
SMALL_CHARACTER = round(standard.SIZE_4_PT * TWIPS_PER_PT)
LETTER_SPACING = round(standard.LETTER_SPACING_PT * TWIPS_PER_PT)
CLOSER_PITCH = PITCH * standard.LINES_PER_PAGE // chosen.CLOSER_LINES_PER_PAGE
CLOSER_CHARACTER = round(chosen.CLOSER_CHARACTER_PT * TWIPS_PER_PT)
CLOSER_SPACING = round(chosen.CLOSER_SPACING_PT * TWIPS_PER_PT)

# A paragraph that only ends a section or carries a floating table: as good as no height.
LEAST_LINE = 20


def mm_to_twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


def half_points(points: float) -> int:
    """A type size as Word writes it."""
    return round(points * 2)


def mm_to_eighths(mm: float) -> int:
    """The thickness of a rule in eighths of a point."""
    return round(mm / MM_PER_PT * 8)


TYPE_AREA_WIDTH = mm_to_twips(standard.TYPE_AREA_WIDTH_MM)
TYPE_AREA_HEIGHT = mm_to_twips(standard.TYPE_AREA_HEIGHT_MM)
IMPRINT_LINE = mm_to_twips(chosen.IMPRINT_LINE_MM)

# 宋体 draws its dash three tenths of an em above the baseline. The line of a page number reaches up to the type area,
# which is where LibreOffice takes the text to end, and is as high as brings the dash to its place.
DASH_RISE_MM = 0.3 * standard.SIZE_4_PT * MM_PER_PT
FOLIO_LINE_MM = (standard.PAGE_NUMBER_BELOW_MM + DASH_RISE_MM) / BASELINE_SHARE
FOLIO_LINE = int(FOLIO_LINE_MM * TWIPS_PER_MM)


def line_baseline(line_mm: float) -> float:
    """How far the baseline of a line of exact height lies below its top (mm)."""
    return BASELINE_SHARE * line_mm
