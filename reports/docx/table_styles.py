"""The styles of tables: their rules and the room in their cells; what is written in them has styles of its own."""

from dataclasses import dataclass

from reports import gbt9704 as standard


@dataclass(frozen=True)
class TableStyle:
    """A table's rules and what its cells leave free above and below, left and right (all mm)."""

    id: str
    name: str
    outer: float = 0.0
    inner: float = 0.0
    sides: bool = True
    padding: float = 0.0
    side_padding: float = 0.0


CELL_SIDE_MM = 1.1
RULES = (standard.TABLE_FRAME_MM, standard.TABLE_RULE_MM)
TABLE_STYLES = (
    TableStyle(
        "OfficialTable",
        "公文表格",
        *RULES,
        padding=(standard.TABLE_LINE_MM - standard.TABLE_RULE_MM) / 2,
        side_padding=CELL_SIDE_MM,
    ),
    TableStyle(
        "TurnedTable",
        "公文横排表格",
        *RULES,
        padding=standard.TURNED_TABLE_PADDING_MM,
        side_padding=CELL_SIDE_MM,
    ),
    TableStyle(
        "SheetTable",
        "公文表单",
        *RULES,
        padding=(standard.LINE_PITCH_MM - standard.SHEET_LINE_MM - standard.TABLE_RULE_MM) / 2,
        side_padding=standard.SHEET_PADDING_MM,
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
