"""The numbers that GB/T 9704 leaves open, each once, as we chose them, by the clause that they fill in.

Lengths are millimetres (names in _MM) or points (names in _PT).
"""

from reports.gbt9704 import (
    CHARACTER_GAP_MM,
    CHARACTER_PT,
    CHARACTERS_PER_LINE,
    HALF_GAP_MM,
    LETTER_LINE_ABOVE_EDGE_MM,
    LINE_PITCH_MM,
    LINES_PER_PAGE,
    SIZE_3_PT,
)

# 7.2.4 The mark (发文机关标志): sizes, narrowing, gaps.
MARK_SIZE_PT = 48.0
MARK_SMALLEST_PT = 14.0
MARK_NARROWEST = 0.8
MARK_PITCH_EMS = 1.2
MARK_SUFFIX_GAP_EMS = 0.4
# 7.3.3: page 1 shows the body; so many lines of it are kept free when the marks of many issuers are shrunk.
BODY_LINES_ON_PAGE_1 = 2
RED_LINE_WEIGHT_MM = 0.7  # 7.2.7

# 7.3.1 Title: a line that the renderer breaks never fills the type area.
TITLE_CHARACTERS = 19
LANDSCAPE_TITLE_CHARACTERS = 28

# 7.3.5 Signature.
SEAL_ROOM_LINES = 2  # a seal then begins within a line of the text (7.3.5.1)
SEAL_GAP_MM = 1.0  # seals neither meet nor touch (7.3.5.1)
SEAL_ROW_LINES = 5  # the same between rows of seals
LINES_WITH_SIGNATURE = 2  # so many lines of the text stay on the page of the signature (7.3.5.5)
# How close lines and characters may be set, so that the signature finds room below the text (7.3.5.5).
CLOSER_MOST_PAGES = 16  # a longer text is not set closer as a whole for the sake of its last page
CLOSER_LINES_PER_PAGE = LINES_PER_PAGE + 1
CLOSER_PITCH_MM = LINE_PITCH_MM * LINES_PER_PAGE / CLOSER_LINES_PER_PAGE
CLOSER_CHARACTERS_PER_LINE = CHARACTERS_PER_LINE + 1
CLOSER_CHARACTER_PT = CHARACTER_PT * CHARACTERS_PER_LINE / CLOSER_CHARACTERS_PER_LINE
CLOSER_SPACING_PT = CLOSER_CHARACTER_PT - SIZE_3_PT
ANNEXES_KEPT_TOGETHER = 6  # a list no longer than this is not broken between two pages (7.3.4)

IMPRINT_LINE_MM = 7.6  # 7.4

# 10.1 Letter (信函): the weights of the double line, and a mark by whose height the lines fill the room between them.
LETTER_THICK_MM = 0.8
LETTER_LINE_GAP_MM = 0.5
LETTER_THIN_MM = 0.25
LETTER_LINE_WEIGHT_MM = LETTER_THICK_MM + LETTER_LINE_GAP_MM + LETTER_THIN_MM
LETTER_LINES = 21
LETTER_BOX_BOTTOM_MM = LETTER_LINE_ABOVE_EDGE_MM + LETTER_LINE_WEIGHT_MM + CHARACTER_GAP_MM - HALF_GAP_MM
LETTER_MARK_LARGEST_PT = 56.0

# 10.3 Minutes (纪要) without a number: the red line below the mark.
MINUTES_LINE_BELOW_MARK_LINES = 1

# Tables. Two table lines are one body line, so that text after a table finds the grid again.
TABLE_RULE_MM = 0.18
TABLE_FRAME_MM = 0.35
TABLE_SIDE_PADDING_MM = 1.1
UPRIGHT_TABLE_SIZE_PT = 10.5
UPRIGHT_TABLE_LINE_MM = LINE_PITCH_MM / 2
UPRIGHT_TABLE_PADDING_MM = (UPRIGHT_TABLE_LINE_MM - TABLE_RULE_MM) / 2
LANDSCAPE_TABLE_SIZE_PT = 9.0
LANDSCAPE_TABLE_LINE_MM = 4.2
LANDSCAPE_TABLE_PADDING_MM = 1.2
WHOLE_ROW_LINES = 16
WHOLE_TABLE_LINES_IN_WORD = 18  # what a taller one would leave blank is too much
JOINED_ROWS_LINES = 20  # two rows no taller than this together are not parted where a table begins or ends

# Sheets such as a 呈批单. A field of one line is one body line high.
SHEET_SIZE_PT = 12.0
SHEET_LINE_MM = 6.6
SHEET_PADDING_MM = 1.2
SHEET_LABEL_CHARACTERS = 5
SHEET_MOST_LINES = 18
