"""The register of directives as a workbook: the rows of the page, for reading, sorting and filing away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.days import written_day
from app.base.tables.sheet_writing import (
    HEAD_ROW,
    freeze_head,
    style_body,
    workbook_bytes,
    write_head,
    write_text,
)
from app.directives.core.life_cycle import AddresseeRole
from app.directives.core.models import Directive
from app.directives.core.queries import directives_where, readable_by

DIRECTIVES_EXPORTED = "export_directives"
COLUMNS = (
    ("编号", 16),
    ("类别", 8),
    ("批示领导", 14),
    ("批示日期", 12),
    ("关于", 28),
    ("内容", 52),
    ("主办", 14),
    ("协办", 20),
    ("期限", 12),
    ("状态", 10),
    ("办理情况", 52),
    ("销号", 30),
)
SHORT = 20  # characters: what stands in narrower columns is centred


def directives_workbook(directives: Iterable[Directive], *, title: str, note: str) -> bytes:
    """Return the bytes of a workbook with a row for each directive."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "批示登记"
    write_head(sheet, COLUMNS, title=title, note=note)
    for row, directive in enumerate(directives, HEAD_ROW + 1):
        for place, value in enumerate(values_of(directive), 1):
            is_short = COLUMNS[place - 1][1] < SHORT
            style_body(write_text(sheet, row, place, value), shown_as="@", is_short=is_short)
    freeze_head(sheet)
    return workbook_bytes(workbook)


def values_of(directive: Directive) -> tuple[str, ...]:
    """Return what stands in the cells of a directive's row."""
    by_role = {
        role: "、".join(one.department.short_name for one in directive.addressees if one.role is role)
        for role in AddresseeRole
    }
    replies = (f"{one.title}（{written_day(one.at)}）：{one.text}" for one in directive.replies)
    return (
        directive.number_words,
        directive.kind.label,
        directive.author,
        f"{directive.created_at:%Y-%m-%d}",
        "\n".join(one.words for one in directive.subjects),
        directive.text,
        by_role[AddresseeRole.MAIN],
        by_role[AddresseeRole.SUPPORT],
        f"{directive.due_on:%Y-%m-%d}" if directive.due_on else "",
        "已逾期" if directive.is_overdue else directive.state.label,
        "\n".join(replies),
        directive.closing.closing_words if directive.closing else "",
    )


def export_directives(condition: Any, *, title: str, sought: str, by: Actor) -> bytes:
    """Return what somebody may read of the directives for which a condition holds, and write down who took it."""
    require(by, Action.READ_DIRECTIVE)
    rows = directives_where(condition & readable_by(by))
    note = f"{written_day(now())}，共 {len(rows)} 件。{f'筛选：{sought}。' if sought else ''}"
    data = directives_workbook(rows, title=title, note=note)
    detail = {"sought": sought, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    record_event(DIRECTIVES_EXPORTED, by=by, summary="批示登记", detail=detail)
    return data
