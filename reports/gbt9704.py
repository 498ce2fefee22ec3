"""The numbers of GB/T 9704-2012 《党政机关公文格式》, each once, with its clause.

Lengths are millimetres (names in _MM) or points (names in _PT). What it leaves open stands in chosen_sizes.py.
"""

MM_PER_PT = 25.4 / 72
MM_PER_PIXEL = 25.4 / 96  # a CSS pixel

# 5.1, 5.2.1 Paper and type area (版心).
PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0
TOP_MM = 37.0
LEFT_MM = 28.0
TYPE_AREA_WIDTH_MM = 156.0
TYPE_AREA_HEIGHT_MM = 225.0
RIGHT_MM = PAGE_WIDTH_MM - LEFT_MM - TYPE_AREA_WIDTH_MM
BOTTOM_MM = PAGE_HEIGHT_MM - TOP_MM - TYPE_AREA_HEIGHT_MM
TYPE_AREA_BOTTOM_MM = TOP_MM + TYPE_AREA_HEIGHT_MM

# 5.2.2-4 Sizes (字号) and the grid of the body.
SIZE_2_PT = 22.0
SIZE_3_PT = 16.0
SIZE_4_PT = 14.0
LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28

# 3.1-3.3 define a line as one character's height and seven eighths of it: 22 h + 21 × 7/8 h = 225 mm. The
# pitch used is 10.447 mm, by which 22 lines are the type area and half a gap above and below it.
LINE_PITCH_MM = 10.447
HALF_GAP_MM = (LINES_PER_PAGE * LINE_PITCH_MM - TYPE_AREA_HEIGHT_MM) / 2
BOX_TOP_MM = 34.56
BOX_BOTTOM_MM = PAGE_HEIGHT_MM - BOX_TOP_MM - LINES_PER_PAGE * LINE_PITCH_MM - 0.04
# 28 characters of exactly 16 pt are 158 mm: each gives up a quarter of a point to fit into 156 mm.
LETTER_SPACING_PT = -0.25
CHARACTER_PT = SIZE_3_PT + LETTER_SPACING_PT
CHARACTER_MM = CHARACTER_PT * MM_PER_PT
INDENT_CHARACTERS = 2  # 7.3.3
# The gap that 3.1 puts between two lines, and that 10.1 puts between a letter's red lines and the text.
CHARACTER_GAP_MM = 7 / 8 * CHARACTER_MM

# 7.2.4 The mark (发文机关标志): its ink begins 35 mm below the top of the type area. Names of joint issuers
# stand one below the other, 文件 beside them.
MARK_INK_TOP_MM = 35.0
RED = "#ff0000"

# 7.2.5-7 Number, signatories, red line.
NUMBER_BELOW_MARK_LINES = 2
NUMBER_SIDE_CHARACTERS = 1
SIGNATORIES_PER_LINE = 2
RED_LINE_BELOW_NUMBER_MM = 4.0

# 7.3.1-2 Title and addressee.
TITLE_BELOW_RED_LINE_LINES = 2

# 7.3.5 Signature, as characters left free on the right.
UNSEALED_RIGHT_CHARACTERS = 2
UNSEALED_DATE_SHIFT_CHARACTERS = 2
SEALED_RIGHT_CHARACTERS = 4
SEALS_PER_ROW = 3
SEAL_MM = 42.0  # 《国务院关于国家行政机关和企业事业单位社会团体印章管理的规定》 (国发〔1999〕25号)

# 7.4 Imprint (版记).
IMPRINT_OUTER_LINE_MM = 0.35
IMPRINT_INNER_LINE_MM = 0.25
IMPRINT_SIDE_CHARACTERS = 1

# 7.5 Page number.
PAGE_NUMBER_BELOW_MM = 7.0
PAGE_NUMBER_SIDE_MM = SIZE_4_PT * MM_PER_PT

# 10.1 Letter (信函): the mark below the paper's edge, two red double lines, the text ⅞ of a character from them.
LETTER_MARK_INK_TOP_MM = 30.0
LETTER_LINE_BELOW_MARK_MM = 4.0
LETTER_LINE_ABOVE_EDGE_MM = 20.0
LETTER_LINE_WIDTH_MM = 170.0
LETTER_LINE_LEFT_MM = (PAGE_WIDTH_MM - LETTER_LINE_WIDTH_MM) / 2
