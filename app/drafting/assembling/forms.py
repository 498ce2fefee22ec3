"""What the office fills in to have a document assembled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wtforms.validators import DataRequired

from app.base.days import any_year
from app.composition.deadlines import LABELS, DocumentDeadlines
from app.composition.kinds import spec_of
from app.composition.particulars import Particulars
from app.composition.rules import (
    DocumentKind,
    DocumentSubject,
    TextFullness,
)
from app.composition.scope import ScopeSpan
from app.drafting.assembling.order import NO_QUARTER
from app.drafting.core.forms import ParticularsForm
from app.org.models import Department, Leader
from app.periods.models import Period
from app.web.forms import NO_DATE, Chosen, DayField, OfferedSelectField, RowSelectField, parse_row_id
from reports.text_length import LONGEST_REPORT

NONE = ("", "请选择")
EACH = "each"  # what is chosen in place of one department or leader


def parse_subject(value: object) -> int | str | None:
    """Return the number of the row that was chosen, or `EACH`."""
    return EACH if value == EACH else parse_row_id(value)


class SubjectSelectField(RowSelectField):
    """A choice of one department or leader, or of all of them, a document each."""

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, read=parse_subject, **options)

    def offer_rows(self, rows: Iterable[Department | Leader], each: str) -> None:
        """Offer one of some rows, or a document for each."""
        named = [(row.id, row.name) for row in rows]
        self.choices = [NONE, (EACH, f"{each}各一份（共{len(named)}份）"), *named]


class AssembleForm(ParticularsForm):
    """What time a document of a kind covers, about whom it is, and what stands around its text."""

    period = RowSelectField("季度", [DataRequired(NO_QUARTER)])
    span = OfferedSelectField("时间范围", [Chosen()], offered=ScopeSpan)
    usual_length = LONGEST_REPORT
    fullness = OfferedSelectField("篇幅", offered=TextFullness, default=TextFullness.CONCISE)
    department = SubjectSelectField("部门", [Chosen()])
    leader = SubjectSelectField("呈送领导", [Chosen()])

    file_by = DayField(LABELS["file_by"], [DataRequired(NO_DATE)], within=any_year)
    mend_by = DayField(LABELS["mend_by"], [DataRequired(NO_DATE)], within=any_year)

    def read(self) -> Particulars:
        """Return what was filled in, once it is valid, with the days that the text sets."""
        days = self.field_data("file_by"), self.field_data("mend_by")
        return replace(super().read_particulars(), deadlines=DocumentDeadlines(*days) if all(days) else None)

    @property
    def asks_for_each(self) -> bool:
        """Return whether a document for each department or leader is wanted."""
        return EACH in (self.field_data("department"), self.field_data("leader"))

    def offer_choices(
        self,
        kind: DocumentKind,
        *,
        periods: Iterable[Period],
        departments: Iterable[Department],
        leaders: Iterable[Leader],
    ) -> None:
        """Ask for what the kind needs: the opened quarters, newest first, its spans, and whom it may be about."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]
        self.span.choices = [(one.value, one.label) for one in spec_of(kind).spans]
        self.department.offer_rows(departments, "各部门")
        self.leader.offer_rows(leaders, "各领导")
        self.ask_for(kind)
        if spec_of(kind).subject is DocumentSubject.DEPARTMENT:
            del self.issuer  # the department that is chosen signs its report
