"""The Word styles of an official document: all formatting is done by styles, not directly.

Built-in styles keep the English names by which Word recognises them in any language; ours have Chinese names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports import chosen_sizes as chosen
from reports import gbt9704 as standard
from reports.docx.units import (
    CHARACTER,
    CLOSER_CHARACTER,
    CLOSER_PITCH,
    CLOSER_SPACING,
    FOLIO_LINE,
    IMPRINT_LINE,
    LEAST_LINE,
    LETTER_SPACING,
    PITCH,
    SMALL_CHARACTER,
    TYPE_AREA_WIDTH,
    mm_to_twips,
)
from reports.fonts import FontRole
from reports.text_fitting import LineSetting

BLACK = "000000"
RED = standard.RED.lstrip("#")
LEVEL_FACES = {1: FontRole.LEVEL1, 2: FontRole.LEVEL2, 3: FontRole.TEXT, 4: FontRole.TEXT}
LABEL, NAME = "Label", "SignatoryName"  # character styles
INDENT = standard.INDENT_CHARACTERS
SIDE = standard.NUMBER_SIDE_CHARACTERS * CHARACTER
SMALL_SIDE = standard.IMPRINT_SIDE_CHARACTERS * SMALL_CHARACTER
AUTOMATIC = 0
# A note of one line is as high as a line of the body; if it wraps, its lines are as close as the table's.
TABLE_LINE = mm_to_twips(chosen.UPRIGHT_TABLE_LINE_MM)
TABLE_GAP = (PITCH - TABLE_LINE) // 2
# Word sets letters low in their lines, so text directly above a table or chart gets this much space below it.
ABOVE_TABLE = TABLE_GAP // 2
# How far a title may extend into the margins: LibreOffice always adds space between hanzi and figures.
TITLE_SPARE = CHARACTER


@dataclass(frozen=True)
class ParagraphStyle:
    """A paragraph style; properties that are None are inherited from the base style. Lengths are in twips.

    size: in points.
    line: the exact height of a line, or AUTOMATIC for a line with a picture.
    first_line: the first line's indent in characters, each `character` wide; negative for a hanging indent.
    tabs: the kind and position of each tab stop.
    rules: the edge and weight (mm) of each rule, drawn in the style's colour.
    follower: the id of the style of the next paragraph that an editor types.
    offered: whether Word shows the style to editors; not those that only carry a rule or a page number.
    """

    id: str
    name: str
    base: str = "Normal"
    face: FontRole | None = None
    size: float | None = None
    spacing: int | None = None
    color: str | None = None
    align: str | None = None
    line: int | None = None
    before: int | None = None
    after: int | None = None
    left: int | None = None
    right: int | None = None
    first_line: int | None = None
    character: int = CHARACTER
    tabs: tuple[tuple[str, int], ...] = ()
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    outline: int | None = None
    follower: str = ""
    rules: tuple[tuple[str, float], ...] = ()
    offered: bool = True


def run_in_style(level: int) -> str:
    """Return the id of the character style for a run-in heading of this level."""
    return f"RunIn{level}"


def _heading_styles() -> Iterator[ParagraphStyle]:
    """Yield the styles of headings (7.3.3); their outline levels make them appear in Word's navigation."""
    for level, face in LEVEL_FACES.items():
        yield ParagraphStyle(
            f"Heading{level}",
            f"heading {level}",
            "BodyText",
            face,
            keep_next=True,
            keep_lines=True,
            outline=level - 1,
            follower="BodyText",
        )


def _cell_styles(prefix: str, name: str, size: float, line_mm: float) -> Iterator[ParagraphStyle]:
    """Yield the styles of a table's cells and head row; `size` is in points."""
    text = f"{prefix}TableText"
    yield ParagraphStyle(text, f"{name}文字", size=size, spacing=0, line=mm_to_twips(line_mm), align="left")
    yield ParagraphStyle(f"{text}Center", f"{name}文字居中", text, align="center")
    yield ParagraphStyle(f"{text}Right", f"{name}文字居右", text, align="right")
    yield ParagraphStyle(
        f"{prefix}TableHead", f"{name}表头", text, FontRole.LEVEL1, align="center", keep_next=True
    )


NORMAL = ParagraphStyle(
    "Normal",
    "Normal",
    face=FontRole.TEXT,
    size=standard.SIZE_3_PT,
    spacing=LETTER_SPACING,
    align="both",
    line=PITCH,
    before=0,
    after=0,
)
THICK_THIN = (("top", chosen.LETTER_THICK_MM), ("bottom", chosen.LETTER_THIN_MM))
THIN_THICK = (("top", chosen.LETTER_THIN_MM), ("bottom", chosen.LETTER_THICK_MM))

HEAD = (
    ParagraphStyle(
        "Mark", "发文机关标志", face=FontRole.TITLE, color=RED, spacing=0, align="left", offered=False
    ),
    ParagraphStyle("CopyNumber", "份号", align="left"),
    ParagraphStyle("Marking", "密级和紧急程度", "CopyNumber", FontRole.LEVEL1),
    ParagraphStyle("Number", "发文字号", align="center", keep_next=True),
    ParagraphStyle("UpwardNumber", "上行文发文字号", "Number", align="left", left=SIDE),
    ParagraphStyle(
        "LetterNumber", "信函发文字号", "Number", align="left", tabs=(("right", TYPE_AREA_WIDTH),)
    ),
    ParagraphStyle(
        "RedLine",
        "红色分隔线",
        rules=(("top", chosen.RED_LINE_WEIGHT_MM),),
        color=RED,
        keep_next=True,
        offered=False,
    ),
    ParagraphStyle(
        "DoubleLine",
        "信函上红色双线",
        rules=THICK_THIN,
        color=RED,
        keep_next=True,
        left=mm_to_twips(standard.LETTER_LINE_LEFT_MM - standard.LEFT_MM),
        right=mm_to_twips(standard.LETTER_LINE_LEFT_MM - standard.RIGHT_MM),
        offered=False,
    ),
    ParagraphStyle("LowerDoubleLine", "信函下红色双线", rules=THIN_THICK, color=RED, offered=False),
)
TEXT = (
    ParagraphStyle("BodyText", "Body Text", first_line=INDENT),
    ParagraphStyle(
        "Title",
        "Title",
        face=FontRole.TITLE,
        size=standard.SIZE_2_PT,
        spacing=0,
        align="center",
        before=PITCH,
        after=PITCH,
        left=-TITLE_SPARE,
        right=-TITLE_SPARE,
        keep_next=True,
        follower="BodyText",
    ),
    ParagraphStyle("LetterTitle", "信函标题", "Title", before=standard.TITLE_BELOW_RED_LINE_LINES * PITCH),
    ParagraphStyle("Addressee", "主送机关", keep_next=True, follower="BodyText"),
    *_heading_styles(),
    ParagraphStyle("TextAboveTable", "表前正文", "BodyText", after=ABOVE_TABLE),
)
CLOSING = (
    ParagraphStyle("SingleAnnex", "附件说明（一件）", before=PITCH, left=5 * CHARACTER, first_line=-3),
    ParagraphStyle("FirstAnnex", "附件说明（首件）", before=PITCH, left=6 * CHARACTER, first_line=-4),
    ParagraphStyle("NextAnnex", "附件说明（其余）", "FirstAnnex", before=0, first_line=-1),
    ParagraphStyle("Attendance", "出席", before=PITCH, left=(INDENT + 3) * CHARACTER, first_line=-3),
    ParagraphStyle("NextAttendance", "请假和列席", "Attendance", before=0),
    ParagraphStyle("Signature", "Signature", align="right", keep_next=True),
    ParagraphStyle("SignatureRow", "并列署名", "Signature", align="left"),
    ParagraphStyle("Date", "Date", align="left"),
    ParagraphStyle("SealedDate", "用印日期", "Date", align="center"),
    ParagraphStyle("Note", "附注", "BodyText"),
    ParagraphStyle("EnclosureTitle", "印发文本标题", "Title", page_break=True),
    ParagraphStyle(
        "Byline", "印发文本题注", face=FontRole.LEVEL2, align="center", after=PITCH, keep_next=True
    ),
    ParagraphStyle(
        "AnnexNumber", "附件序号", face=FontRole.LEVEL1, align="left", keep_next=True, page_break=True
    ),
    ParagraphStyle("AnnexTitle", "附件标题", "Title"),
    ParagraphStyle(
        "Imprint",
        "版记",
        size=standard.SIZE_4_PT,
        spacing=0,
        align="left",
        line=IMPRINT_LINE,
        left=SMALL_SIDE,
        right=SMALL_SIDE,
        tabs=(("right", TYPE_AREA_WIDTH - SMALL_SIDE),),
    ),
    ParagraphStyle(
        "Copies",
        "抄送",
        "Imprint",
        align="both",
        left=SMALL_SIDE + 3 * SMALL_CHARACTER,
        first_line=-3,
        character=SMALL_CHARACTER,
    ),
)
TABLES = (
    ParagraphStyle(
        "Caption",
        "caption",
        face=FontRole.LEVEL1,
        align="center",
        after=ABOVE_TABLE,
        keep_next=True,
        keep_lines=True,
    ),
    ParagraphStyle(
        "TableNote",
        "表注",
        size=chosen.UPRIGHT_TABLE_SIZE_PT,
        spacing=0,
        align="left",
        line=TABLE_LINE,
        before=TABLE_GAP,
        after=TABLE_GAP,
        keep_lines=True,
    ),
    ParagraphStyle(
        "TableUnit",
        "表格单位",
        size=chosen.UPRIGHT_TABLE_SIZE_PT,
        spacing=0,
        align="right",
        line=TABLE_LINE,
        before=TABLE_GAP,
        after=TABLE_GAP,
        keep_next=True,
    ),
    ParagraphStyle("Picture", "图", align="center", line=AUTOMATIC),
    *_cell_styles("", "表格", chosen.UPRIGHT_TABLE_SIZE_PT, chosen.UPRIGHT_TABLE_LINE_MM),
    *_cell_styles("Turned", "横排表格", chosen.LANDSCAPE_TABLE_SIZE_PT, chosen.LANDSCAPE_TABLE_LINE_MM),
    ParagraphStyle(
        "SheetText",
        "表单文字",
        size=chosen.SHEET_SIZE_PT,
        spacing=0,
        align="both",
        line=mm_to_twips(chosen.SHEET_LINE_MM),
    ),
    ParagraphStyle("SheetParagraph", "表单段落", "SheetText", first_line=INDENT, character=SMALL_CHARACTER),
    ParagraphStyle("SheetLabel", "表单栏目", "SheetText", FontRole.LEVEL1, align="center"),
)
PAGES = (
    ParagraphStyle("End", "节末", size=1, line=LEAST_LINE, offered=False),
    ParagraphStyle("Header", "header", offered=False),
    ParagraphStyle(
        "Footer",
        "footer",
        face=FontRole.FOLIO,
        size=standard.SIZE_4_PT,
        spacing=0,
        align="right",
        line=FOLIO_LINE,
        right=SMALL_CHARACTER,
        offered=False,
    ),
    ParagraphStyle(
        "EvenFooter", "双页页码", "Footer", align="left", left=SMALL_CHARACTER, right=0, offered=False
    ),
    ParagraphStyle("TurnedFooter", "横排单页页码", "Footer", line=SMALL_CHARACTER, offered=False),
    ParagraphStyle("TurnedEvenFooter", "横排双页页码", "EvenFooter", line=SMALL_CHARACTER, offered=False),
)
# In the order in which Word shows them.
PARAGRAPH_STYLES = (*TEXT, *CLOSING, *TABLES, *HEAD, *PAGES)
# Styles that are set closer if the signature would otherwise be on a page without text (7.3.5.5).
CLOSER_LINES = frozenset({"BodyText", "SingleAnnex", "FirstAnnex", "Attendance", "Signature", "Date"})
CLOSER_CHARACTERS = frozenset({"BodyText"})


def styles_in(setting: LineSetting) -> Iterator[ParagraphStyle]:
    """Yield the paragraph styles, with the closer lines or characters that the setting asks for."""
    for style in PARAGRAPH_STYLES:
        if setting.has_closer_lines and style.id in CLOSER_LINES:
            style = replace(style, line=CLOSER_PITCH)
        if setting.has_closer_characters and style.id in CLOSER_CHARACTERS:
            style = replace(style, spacing=CLOSER_SPACING, character=CLOSER_CHARACTER)
        yield style


@dataclass(frozen=True)
class TableStyle:
    """A table style; all lengths are in mm.

    outer, inner: the weights of the outer and inner rules; without outer ones the table has no rules.
    sides: whether there are vertical rules.
    padding, side_padding: the space in cells above and below, and on the left and right.
    """

    id: str
    name: str
    outer: float = 0.0
    inner: float = 0.0
    sides: bool = True
    padding: float = 0.0
    side_padding: float = 0.0


TABLE_RULES = (chosen.TABLE_FRAME_MM, chosen.TABLE_RULE_MM)
TABLE_STYLES = (
    TableStyle(
        "OfficialTable",
        "公文表格",
        *TABLE_RULES,
        padding=chosen.UPRIGHT_TABLE_PADDING_MM,
        side_padding=chosen.TABLE_SIDE_PADDING_MM,
    ),
    TableStyle(
        "TurnedTable",
        "公文横排表格",
        *TABLE_RULES,
        padding=chosen.LANDSCAPE_TABLE_PADDING_MM,
        side_padding=chosen.TABLE_SIDE_PADDING_MM,
    ),
    TableStyle(
        "SheetTable",
        "公文表单",
        *TABLE_RULES,
        padding=(standard.LINE_PITCH_MM - chosen.SHEET_LINE_MM - chosen.TABLE_RULE_MM) / 2,
        side_padding=chosen.SHEET_PADDING_MM,
    ),
    TableStyle(
        "ImprintTable",
        "公文版记",
        standard.IMPRINT_OUTER_LINE_MM,
        standard.IMPRINT_INNER_LINE_MM,
        sides=False,
    ),
    TableStyle("PlainTable", "无线表格"),
)
