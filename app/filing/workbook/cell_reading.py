"""Reading single cells. A wrong value raises ValueError with a sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from app.base.labels import LabelledEnum
from app.base.tables.sheet_writing import carried_text
from app.base.tables.spreadsheets import SheetCell
from app.base.tables.tabular import NO, YES
from app.base.text import quoted_input
from app.plan.core.numbers import parse_decimal

L = TypeVar("L", bound=LabelledEnum)

FORMULA, ERROR, DAY = "f", "e", "d"
ROUNDED_BELOW = 10**9  # from here on a float has no digits left to be dusty
LARGEST = 10**9  # 1E999999 is written quickly, and its digits fill the memory
CARRIAGE_RETURN = re.compile(r"_x000[Dd]_\n?")  # how Excel writes it in XML


def plain_value(cell: SheetCell) -> object:
    """Return the value of a cell; formulas and errors are refused."""
    if cell.kind == FORMULA:
        raise ValueError("这一格是公式。请改成文字或数字（复制后“选择性粘贴”为“值”）。")
    if cell.kind == ERROR:
        raise ValueError("这一格是公式出错的结果。请重新填写。")
    if cell.kind == DAY:
        raise ValueError("这一格被 Excel 当成了日期或时间。请把单元格格式改为“文本”，再重新填写。")
    return cell.value


def cell_text(cell: SheetCell) -> str:
    """Return the text of a cell; a number as it is shown."""
    value = plain_value(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return written_number(value, cell.is_percent)
    return carried_text(CARRIAGE_RETURN.sub("\n", str(value)))


def written_number(value: int | float, is_percent: bool) -> str:
    """Return a number as it is shown: 32, 0.5, 76%."""
    return f"{exact_number(value, is_percent):f}{'%' if is_percent else ''}"


def exact_number(value: int | float, is_percent: bool) -> Decimal:
    """Return a number without binary rounding errors; 0.76 shown as 76% is 76."""
    number = Decimal(str(value)) * (100 if is_percent else 1)
    return round(number, 6).normalize() if abs(number) < ROUNDED_BELOW else number


def cell_percent(cell: SheetCell) -> int | None:
    """Return the completion in per cent: 76, "76", "76%", "７６％", or 0.76 shown as 76%."""
    value = plain_value(cell)
    if cell.has_no_text:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return whole_percent(exact_number(value, cell.is_percent), written_number(value, cell.is_percent))
    written = unicodedata.normalize("NFKC", str(value)).strip()
    try:
        return whole_percent(Decimal(written.removesuffix("%").rstrip()), written)
    except InvalidOperation:
        raise ValueError(f"{quoted_input(written)}不是数字。完成率请填整数，如 76。") from None


def whole_percent(number: Decimal, written: str) -> int:
    if not number.is_finite():
        raise ValueError(f"{quoted_input(written)}不是数字。完成率请填整数，如 76。")
    if abs(number) > LARGEST:
        raise ValueError(f"{quoted_input(written)}超出范围。完成率请填整数，如 76。")
    if number != number.to_integral_value():
        meant = f"（如果是 {number * 100:.0f}%，请填 {number * 100:.0f}）" if 0 < number < 1 else "，如 76"
        raise ValueError(f"{quoted_input(written)}不是整数。完成率请填整数{meant}。")
    return int(number)


def cell_number(cell: SheetCell) -> Decimal | None:
    """Return a number without its unit: 1200, "1,200.5", or 0.95 shown as 95%, which is 95."""
    value = plain_value(cell)
    if cell.has_no_text:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return parse_decimal(f"{exact_number(value, cell.is_percent):f}")
    return parse_decimal(str(value))


def cell_choice(cell: SheetCell, members: type[L]) -> L | None:
    """Return the enumeration member with the chosen label, None for an empty cell."""
    written = cell_text(cell).strip()
    if not written:
        return None
    member = members.from_label(written)
    if member is None:
        offered = "、".join(member.label for member in members)
        raise ValueError(f"{quoted_input(written)}不在可选之列。请从下拉列表中选择：{offered}。")
    return member


def is_marked_yes(cell: SheetCell) -> bool:
    """Return whether a cell was marked with yes; an empty cell means no."""
    written = cell_text(cell).strip()
    if written not in (YES, NO, ""):
        raise ValueError(f"{quoted_input(written)}不在可选之列。请填“{YES}”或“{NO}”。")
    return written == YES
