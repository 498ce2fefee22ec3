"""Forms of new measures and of the end of one: wording, departments by name, day and reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from app.base.days import any_year
from app.base.tables.tabular import TableProblems, TableRow
from app.base.text import plain_text
from app.org import queries as org
from app.plan.assignments.assignment_table import NameDirectory, read_duties
from app.plan.assignments.forms import CELL_COLUMNS
from app.plan.assignments.revising import REVISION_REASON_LENGTH, RevisionTerms, WantedMeasure
from app.plan.core.models import PAPER_LENGTH, PlanItem
from app.web.forms import AtMost, Chosen, DayField, MarkedRequired, RowSelectField

PIECE_FIELDS = {
    "title": "名称",
    "text": "原文",
    "yearly_target": CELL_COLUMNS["yearly_target"],
    "lead": CELL_COLUMNS["lead"],
    "supports": CELL_COLUMNS["supports"],
    "leader": CELL_COLUMNS["leader"],
}
FIELD_OF_COLUMN = {label: name for name, label in PIECE_FIELDS.items()}
REQUIRED = ("title", "lead")
LONG = ("text", "yearly_target")


class NewTermsForm(FlaskForm):
    """Day, reason and paper of a change of the list of measures; `confirmed` is the digest of what was shown."""

    effective_on = DayField("生效日期", [MarkedRequired()], within=any_year)
    reason = TextAreaField("理由", [MarkedRequired(), AtMost(REVISION_REASON_LENGTH)], filters=[plain_text])
    paper = StringField("依据（文号、会议）", [AtMost(PAPER_LENGTH)], filters=[plain_text])
    confirmed = HiddenField()
    numbers: tuple[int, ...] = ()

    @property
    def terms(self) -> RevisionTerms:
        return RevisionTerms(self.effective_on.data, self.reason.data or "", self.paper.data or "")

    def typed(self, number: int) -> dict[str, str]:
        """Return what was typed for one measure, by field name."""
        return {name: (self[f"{name}_{number}"].data or "").strip() for name in PIECE_FIELDS}


class NewMeasuresForm(NewTermsForm):
    """A form of one measure, with the heading it stands under."""

    heading = RowSelectField("列在哪个部分、专项之下", [Chosen()])


class EndingForm(FlaskForm):
    """The quarter from which a measure ends, the reason, and the measure that continues it."""

    quarter = RowSelectField("从哪个季度起结束", [Chosen()])
    merged_into = RowSelectField("并入")
    reason = TextAreaField("理由", [MarkedRequired()], filters=[plain_text])
    paper = StringField("依据（文号、会议）", [AtMost(PAPER_LENGTH)], filters=[plain_text])


def measures_form(base: type[NewTermsForm], count: int) -> type[NewTermsForm]:
    """Return a form with the fields of several measures, numbered from 1."""
    fields: dict[str, Any] = {"numbers": tuple(range(1, count + 1))}
    for number in fields["numbers"]:
        for name, label in PIECE_FIELDS.items():
            kind = TextAreaField if name in LONG else StringField
            marks = [MarkedRequired()] if name in REQUIRED else []
            fields[f"{name}_{number}"] = kind(label, marks, filters=[plain_text])
    return type(base.__name__, (base,), fields)


def filled_numbers(form: NewTermsForm) -> list[int]:
    """Return the numbers of the measures with any input."""
    return [number for number in form.numbers if any(form.typed(number).values())]


def read_new_measures(
    form: NewTermsForm, numbers: Iterable[int]
) -> tuple[Sequence[WantedMeasure], dict[str, str]]:
    """Return the new measures and, by field, what is wrong with names: six queries."""
    directory = NameDirectory(
        measures={},
        departments=org.departments_by_name(),
        groups=org.group_members(),
        leaders={leader.name: leader for leader in org.active_leaders()},
    )
    wanted, problems = [], TableProblems()
    for number in numbers:
        typed = form.typed(number)
        blank = PlanItem(position=number)
        directory.measures[str(number)] = blank
        cells = {column: typed[name] for name, column in CELL_COLUMNS.items()}
        row = TableRow(number, {"举措序号": str(number), **cells})
        named = read_duties(row, directory, set(), problems) or WantedMeasure(blank)
        wanted.append(
            replace(
                named,
                title="".join(typed["title"].split()),
                text=typed["text"],
                yearly_target=typed["yearly_target"],
            )
        )
    found: dict[str, str] = {}
    for row, column, sentence in problems.found:
        found.setdefault(f"{FIELD_OF_COLUMN[column]}_{row.number}", sentence)
    return wanted, found
