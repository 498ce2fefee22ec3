"""Forms of measures: what was typed, and what was stored when the page was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.base.days import any_year
from app.base.tables.tabular import TableRow
from app.base.text import plain_text
from app.plan.assignments.revising import (
    REVISION_REASON_LENGTH,
    RevisionTerms,
    WantedMeasure,
    name_of,
)
from app.plan.core.models import PAPER_LENGTH, PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.web.forms import AtMost, DayField, MarkedRequired


class GridCell(NamedTuple):
    """A cell of the grid: its column, the list of names offered, and whether it holds sentences."""

    label: str
    known_names: str = ""
    has_sentences: bool = False


# The cells of a row by the columns of the table of assignments, in the order of the page.
GRID_CELLS: Mapping[str, GridCell] = {
    "lead": GridCell("牵头部门", "known-departments"),
    "supports": GridCell("配合部门"),
    "leader": GridCell("分管领导", "known-leaders"),
    "yearly_target": GridCell("年度目标", has_sentences=True),
}
CELL_COLUMNS: Mapping[str, str] = {name: cell.label for name, cell in GRID_CELLS.items()}


class TermsForm(FlaskForm):
    """Day, reason and paper of a revision; `confirmed` is the digest of the changes that were shown."""

    effective_on = DayField("生效日期", [Optional()], within=any_year)
    reason = TextAreaField("理由", [AtMost(REVISION_REASON_LENGTH)], filters=[plain_text])
    paper = StringField("依据（文号、会议）", [AtMost(PAPER_LENGTH)], filters=[plain_text])
    confirmed = HiddenField()

    @property
    def terms(self) -> RevisionTerms:
        return RevisionTerms(self.effective_on.data, self.reason.data or "", self.paper.data or "")


class MeasureForm(TermsForm):
    """The wording and the assignments of one measure."""

    title = StringField("名称", [MarkedRequired()], filters=[plain_text])
    text = TextAreaField("原文", filters=[plain_text])
    lead = StringField(CELL_COLUMNS["lead"], [MarkedRequired()], filters=[plain_text])
    supports = StringField(CELL_COLUMNS["supports"], filters=[plain_text])
    leader = StringField(CELL_COLUMNS["leader"], filters=[plain_text])
    yearly_target = TextAreaField(CELL_COLUMNS["yearly_target"], filters=[plain_text])


class AssignmentTableForm(FlaskForm):
    table = FileField("责任分工表（Excel 或 CSV）", [InputRequired("请选择文件。")])


class TargetTableForm(TermsForm):
    """A table of milestones or indicators; `shown` is the table already shown, as CSV, with its `name`."""

    table = FileField(
        "节点表或者量化指标表（Excel 或 CSV）", [MarkedRequired()], filters=(lambda file: file or None,)
    )
    shown = HiddenField()
    name = HiddenField()


@dataclass(frozen=True)
class TypedMeasure:
    """A measure as typed and as stored when the page was made, both by field name."""

    measure: PlanItem
    typed: Mapping[str, str]
    shown: Mapping[str, str]

    @property
    def changed_fields(self) -> frozenset[str]:
        return frozenset(name for name, value in self.typed.items() if value != self.shown.get(name, ""))

    @property
    def table_row(self) -> TableRow:
        """Return it as a row of the table of assignments."""
        cells = {column: self.typed.get(name, "") for name, column in CELL_COLUMNS.items()}
        return TableRow(
            self.measure.position, {"举措序号": str(self.measure.position), **cells}, counted="项"
        )

    def narrow_wanted(self, wanted: WantedMeasure) -> WantedMeasure:
        """Return the wanted values reduced to what the person changed."""
        changed = self.changed_fields
        kept: dict[str, Any] = {
            name: getattr(wanted, name) if name in changed else None for name in CELL_COLUMNS
        }
        kept |= {name: self.typed[name] for name in ("title", "text") if name in changed}
        return replace(wanted, **kept, sets_leader="leader" in changed)


def shown_fields(measure: PlanItem, duty: ResponsibleDepartments) -> dict[str, str]:
    """Return the stored values of a measure by field name."""
    return {
        "title": measure.title,
        "text": measure.text,
        "lead": name_of(duty.lead),
        "supports": duty.support_words,
        "leader": name_of(measure.leader),
        "yearly_target": measure.yearly_target,
    }


def typed_rows(
    measures: Iterable[PlanItem], sent: Mapping[str, str], standing: Mapping[int, Mapping[str, str]]
) -> list[TypedMeasure]:
    """Return the rows of the grid as sent; a missing cell is unchanged."""

    def cells(measure: PlanItem, prefix: str) -> dict[str, str]:
        stood = standing[measure.id]
        names = ((name, f"{prefix}{name}-{measure.id}") for name in CELL_COLUMNS)
        return {name: plain_text(sent.get(key, stood[name])).strip() for name, key in names}

    return [TypedMeasure(one, cells(one, ""), cells(one, "was-")) for one in measures]


def rows_of_table(
    rows: Sequence[TableRow], measures: Iterable[PlanItem], standing: Mapping[int, Mapping[str, str]]
) -> list[TypedMeasure]:
    """Return the grid with the rows of a table written into it; other measures stay."""
    named = {row["举措序号"]: row for row in rows}

    def typed(measure: PlanItem) -> dict[str, str]:
        row, stood = named.get(str(measure.position)), standing[measure.id]
        return {name: row[column] if row else stood[name] for name, column in CELL_COLUMNS.items()}

    return [TypedMeasure(one, typed(one), standing[one.id]) for one in measures]
