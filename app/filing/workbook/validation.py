"""What Excel itself is to accept in the cells that are filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.filing.core.content import NOTE_CEILING
from app.filing.core.rules import PERCENT_CEILING
from app.filing.workbook.layout import SheetColumn

MOST = "999999999999"  # what app.plan.core.numbers reads at most


def validate_cells(sheet: Worksheet, column: SheetColumn, cells: Iterable[str]) -> None:
    """Let Excel check what is filled into these cells of a column: drop-downs, the percent, the length of a note."""
    validation = validation_of(column)
    if validation is None:
        return
    for cell in cells:
        validation.add(cell)
    if validation.sqref:
        sheet.add_data_validation(validation)


def validation_of(column: SheetColumn) -> DataValidation | None:
    """Return what Excel is to accept in a column to be filled in, or None for any text."""
    if column.choices:
        listed = ",".join(column.choices)
        return refusing_rule(f"请从下拉列表中选择：{listed}。", type="list", formula1=f'"{listed}"')
    if column.name == "percent":
        sentence = f"完成率请填 0 至 {PERCENT_CEILING} 之间的整数，不写百分号。"
        return refusing_rule(
            sentence, type="whole", operator="between", formula1="0", formula2=str(PERCENT_CEILING)
        )
    if column.name in ("value", "base"):
        return refusing_rule(
            "请只填数字，不写单位。", type="decimal", operator="between", formula1=f"-{MOST}", formula2=MOST
        )
    if column.name == "note":
        sentence = f"说明请控制在 {NOTE_CEILING} 字以内。"
        return refusing_rule(
            sentence, type="textLength", operator="lessThanOrEqual", formula1=str(NOTE_CEILING)
        )
    return None


def refusing_rule(sentence: str, **rule: Any) -> DataValidation:
    """Return a rule that refuses anything else with a sentence; an empty cell is always taken."""
    validation = DataValidation(allow_blank=True, showErrorMessage=True, errorStyle="stop", **rule)
    validation.errorTitle, validation.error = "请核对", sentence
    return validation
