"""The content of a department's quarter sheet: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from app.authority.actor import Actor
from app.filing.attachments.queries import attachment_names_among
from app.filing.core import content_reading, queries
from app.filing.core.models import Filing
from app.filing.core.short_answers import short_answers_of
from app.org.models import Department
from app.org.queries import all_departments
from app.periods.models import Period


@dataclass(frozen=True)
class FiledMeasure:
    """A measure with its filing and what was accepted before. `answers` are the given answers by label, `evidence` the
    names of the attachments.
    """

    filing: Filing
    answers: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    last: Filing | None

    @property
    def answers_in_words(self) -> str:
        return "；".join(f"{label}：{words}" for label, words in self.answers)

    @property
    def last_quarter_words(self) -> str:
        """Return the quarter of the texts accepted before."""
        return f"{self.last.period.quarter.words}采用的" if self.last else ""


@dataclass(frozen=True)
class QuarterSheet:
    """The filings of one department in a quarter, in the plan's order."""

    period: Period
    department: Department
    rows: tuple[FiledMeasure, ...]

    @property
    def title(self) -> str:
        return f"{self.department.short_name}{self.period.quarter.words}填报表"

    @property
    def unwritten_count(self) -> int:
        return sum(row.filing.is_blank for row in self.rows)


def quarter_sheets(period: Period, *, user: Actor) -> list[QuarterSheet]:
    """Return a sheet for each of a person's departments; it is empty for one that leads no measure."""
    filings = queries.filings_of_departments(user.department_ids, period)
    contents = dict(
        zip((one.id for one in filings), content_reading.contents_of_filings(filings), strict=True)
    )
    indicators = content_reading.asked_indicators_among(filings)
    evidence = attachment_names_among([one.id for one in filings])
    accepted = queries.last_accepted_among(filings)

    def row_of(filing: Filing) -> FiledMeasure:
        answers = short_answers_of(contents[filing.id], (), indicators.get(filing.id, ()))
        return FiledMeasure(
            filing,
            tuple((label, words) for label, words in answers if words),
            evidence.get(filing.id, ()),
            accepted.get(filing.id),
        )

    departments = all_departments(on=period.last_day)
    return [
        QuarterSheet(
            period, department, tuple(row_of(one) for one in filings if one.department_id == department_id)
        )
        for department_id, department in departments.items()
        if department_id in user.department_ids
    ]
