"""The register of directives as an Excel workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from openpyxl import Workbook

from app.audit.event_kinds import EventKind
from app.audit.operations import file_detail, record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.days import written_day
from app.base.tables.list_sheet import ListColumn, write_list_sheet
from app.base.tables.sheet_writing import workbook_bytes
from app.directives.core.life_cycle import AddresseeRole
from app.directives.core.models import Directive
from app.directives.core.queries import directives_where, readable_by


def departments_as(role: AddresseeRole) -> Callable[[Directive], str]:
    return lambda directive: "、".join(
        one.department.short_name for one in directive.addressees if one.role is role
    )


def replies_in_words(directive: Directive) -> str:
    return "\n".join(f"{one.title}（{written_day(one.at)}）：{one.text}" for one in directive.replies)


COLUMNS: tuple[ListColumn[Directive], ...] = (
    ListColumn("编号", 16, lambda one: one.number_words),
    ListColumn("类别", 8, lambda one: one.kind.label),
    ListColumn("批示领导", 14, lambda one: one.author),
    ListColumn("批示日期", 12, lambda one: f"{one.created_at:%Y-%m-%d}"),
    ListColumn("关于", 28, lambda one: "\n".join(subject.words for subject in one.subjects)),
    ListColumn("内容", 52, lambda one: one.text),
    ListColumn("主办", 14, departments_as(AddresseeRole.MAIN)),
    ListColumn("协办", 20, departments_as(AddresseeRole.SUPPORT)),
    ListColumn("期限", 12, lambda one: f"{one.due_on:%Y-%m-%d}" if one.due_on else ""),
    ListColumn("状态", 10, lambda one: "已逾期" if one.is_overdue else one.state.label),
    ListColumn("办理情况", 52, replies_in_words),
    ListColumn("销号", 30, lambda one: one.closing.closing_words if one.closing else ""),
)


def directives_workbook(directives: Iterable[Directive], *, title: str, note: str) -> bytes:
    """Return a workbook with a row for each directive, as bytes."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "批示登记"
    write_list_sheet(sheet, COLUMNS, directives, title=title, note=note)
    return workbook_bytes(workbook)


def export_directives(condition: Any, *, title: str, sought: str, by: Actor) -> bytes:
    """Return the workbook of the directives that this person may read, and record who took it."""
    require(by, Action.READ_DIRECTIVE)
    rows = directives_where(condition & readable_by(by))
    note = f"{written_day(now())}，共 {len(rows)} 件。{f'筛选：{sought}。' if sought else ''}"
    data = directives_workbook(rows, title=title, note=note)
    detail = {"sought": sought, **file_detail(data)}
    record_event(EventKind.EXPORT_DIRECTIVES, by=by, summary="批示登记", detail=detail)
    return data
