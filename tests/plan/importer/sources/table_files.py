"""A table of tasks as offices make it, and workbooks that hold such tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from app.plan.importer import PlanDraft, SourceText, plan_from_blocks
from app.plan.importer.sources.table_blocks import propose_source_blocks
from app.plan.importer.sources.workbook_sheets import read_workbook_sheets
from tests.plan.importer.sources.word_files import saved

Rows = Sequence[Sequence[Any]]

TITLE = "青山街道2026年重点工作责任分解表"
HEADER = [
    ["序号", "重点工作", "具体举措", "年度目标", "责任分工", None, None, "完成时限"],
    [None, None, None, None, "牵头单位", "配合单位", "分管领导", None],
]
BODY = [
    ["一、党建引领"],
    [1, "基层组织建设", "开展走访", "走访200家", "党建办", "各居民区\n平安办", "张三", "6月底"],
    [2, None, "组织学习", "学习12次", "党建办", None, "张三", "全年"],
    ["二、城市管理"],
    [3, "市容环境", "整治乱设摊", 0.95, "城管中队", "市容所", "李四", date(2026, 12, 31)],
    ["注：以上内容由党政办公室解释。"],
]
MERGED = ["A1:H1", "E2:G2", "A4:H4", "B5:B6", "A7:H7", *(f"{column}2:{column}3" for column in "ABCDH")]


def workbook_of(rows: Rows, merged: Sequence[str] = (), *, percent: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    if percent:
        book.active[percent].number_format = "0%"
    return saved(book)


def read_plan_of(data: bytes) -> PlanDraft:
    """Read a workbook with one sheet."""
    return plan_of(SourceText.from_json(read_workbook_sheets(io.BytesIO(data))))


def plan_of(source: SourceText) -> PlanDraft:
    proposal = propose_source_blocks(source)
    return plan_from_blocks(source, proposal.blocks, proposal.fields)
