"""The form for assembling a document."""

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
EACH = "each"  # chosen instead of one department or leader


def parse_subject(value: object) -> int | str | None:
    """Return the id of the chosen row, or `EACH`; None if it is neither."""
    return EACH if value == EACH else parse_row_id(value)


class SubjectSelectField(RowSelectField):
    """A choice of one department or leader, or of a document for each of them."""

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, read=parse_subject, **options)

    def offer_rows(self, rows: Iterable[Department | Leader], each: str) -> None:
        """Offer the given rows, and a document for each of them."""
        named = [(row.id, row.name) for row in rows]
        self.choices = [NONE, (EACH, f"{each}各一份（共{len(named)}份）"), *named]


class AssembleForm(ParticularsForm):
    """The period of a document, whom it is about, and its particulars."""

    period = RowSelectField("季度", [DataRequired(NO_QUARTER)])
    span = OfferedSelectField("时间范围", [Chosen()], offered=ScopeSpan)
    usual_length = LONGEST_REPORT
    fullness = OfferedSelectField("篇幅", offered=TextFullness, default=TextFullness.CONCISE)
    department = SubjectSelectField("部门", [Chosen()])
    leader = SubjectSelectField("呈送领导", [Chosen()])

    file_by = DayField(LABELS["file_by"], [DataRequired(NO_DATE)], within=any_year)
    mend_by = DayField(LABELS["mend_by"], [DataRequired(NO_DATE)], within=any_year)

    def read(self) -> Particulars:
        """Return the particulars as filled in, with the deadlines. Only for a valid form."""
        days = self.field_data("file_by"), self.field_data("mend_by")
        return replace(super().read_particulars(), deadlines=DocumentDeadlines(*days) if all(days) else None)

    @property
    def asks_for_each(self) -> bool:
        """Return whether a document for each department or leader is requested."""
        return EACH in (self.field_data("department"), self.field_data("leader"))

    def offer_choices(
        self,
        kind: DocumentKind,
        *,
        periods: Iterable[Period],
        departments: Iterable[Department],
        leaders: Iterable[Leader],
    ) -> None:
        """Set the choices that the kind needs: opened quarters (newest first), spans, and departments or leaders."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]
        self.span.choices = [(one.value, one.label) for one in spec_of(kind).spans]
        self.department.offer_rows(departments, "各部门")
        self.leader.offer_rows(leaders, "各领导")
        self.ask_for(kind)
        if spec_of(kind).subject is DocumentSubject.DEPARTMENT:
            del self.issuer  # the chosen department signs its own report
