"""The facts of a document: the plan and its accepted filings as frozen values that can be stored as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter

from app.composition.rules import TextFullness, missing_words
from app.composition.scope import DocumentScope
from app.directives.core.life_cycle import DirectiveKind, DirectiveState
from app.filing.contributions.rules import ContributionState
from app.filing.core import measure_risk
from app.filing.core.content import LONG_TEXTS
from app.filing.core.life_cycle import FilingStanding, FilingState, standing_of
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import DueDates
from app.periods.rules import QUARTER_WORDS, Quarter
from app.plan.core.rules import ItemKind

LEAST_BASE = 80  # per cent of the measures that must be counted for the figures to describe the plan

_converter = make_converter()


@dataclass(frozen=True)
class AcceptedReport:
    """A department's report of one quarter, accepted by the office.

    percent: completion rate of the yearly target.
    red_points: percentage points behind 序时进度 that made a light red when the facts were gathered.
    """

    filing: int
    quarter: Quarter
    percent: int
    status: MeasureStatus
    light: Light
    forecast: Forecast
    progress: str
    problems: str = ""
    next_steps: str = ""
    status_reason: str = ""
    light_reason: str = ""
    red_points: int = 15  # the value for facts stored before this field existed

    @property
    def labelled_texts(self) -> dict[str, str]:
        return {LONG_TEXTS[name]: getattr(self, name) for name in ("progress", "problems", "next_steps")}

    @property
    def is_far_behind(self) -> bool:
        """Return whether the light would be red if nobody had moved it."""
        return measure_risk.is_far_behind(self)

    @property
    def is_light_moved(self) -> bool:
        """Return whether the department moved a light that would be red."""
        return self.is_far_behind and self.light is not Light.RED and bool(self.light_reason.strip())


@dataclass(frozen=True)
class ContributedText:
    """What a department contributed to another's measure in a quarter; `measure` is the plan item's id."""

    measure: int
    quarter: Quarter
    text: str


@dataclass(frozen=True)
class IndicatorFacts:
    """The state of an indicator at the end of the scope, from accepted reports.

    reached, target: printed values with their unit: 48个.
    share: of the yearly target, in whole per cent.
    is_ratio: whether the indicator is a rate, for which a share means nothing.
    """

    name: str
    reached: str
    target: str
    share: int
    is_ratio: bool = False


@dataclass(frozen=True)
class FormerLead:
    """The department that led a measure at the end of a quarter, if it differs from the one at the end of the scope."""

    quarter: Quarter
    department: str


@dataclass(frozen=True)
class MeasureFacts:
    """A measure, who is responsible for it, and what was reported.

    state: the state of the filing of the scope's last quarter; None if there is no filing.
    report: that filing, once accepted.
    earlier: the accepted reports of the scope's earlier quarters, oldest first.
    previous: the accepted report of the quarter before the scope's last one, for comparison.
    is_late: whether that filing was handed in after the grace of the quarter, or is missing and past it.
    is_over: whether that quarter is closed, so that a missing filing is no longer expected.
    contribution: in a document about a supporting department, the state of its contribution in the last quarter.
    contributed: what that department contributed in the scope's quarters, oldest first.
    indicators: the state of its indicators, if anything about them was accepted.
    """

    number: int
    title: str
    lead: str
    supports: tuple[str, ...]
    target: str
    state: FilingState | None
    report: AcceptedReport | None = None
    earlier: tuple[AcceptedReport, ...] = ()
    previous: AcceptedReport | None = None
    is_late: bool = False
    is_over: bool = False
    leader: str = ""
    text: str = ""
    contribution: ContributionState | None = None
    contributed: tuple[ContributedText, ...] = ()
    former_leads: tuple[FormerLead, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()

    @property
    def lead_words(self) -> str:
        """Return the lead, with those who led in earlier quarters of the scope: 城管办（第一季度：经发办）."""
        quarters = (f"{QUARTER_WORDS[one.quarter.number]}：{one.department}" for one in self.former_leads)
        former = "；".join(quarters)
        return f"{self.lead}（{former}）" if former else self.lead

    @property
    def missing_words(self) -> str:
        """Return why there is no accepted report, in a document's words."""
        return missing_words(self.state)

    @property
    def standing(self) -> FilingStanding:
        """Return the standing of its filing, as pages show it."""
        return standing_of(self.state or FilingState.DRAFT, overdue=self.is_late)


@dataclass(frozen=True)
class SectionFacts:
    """A section with its measures; `item` is the plan item's id."""

    title: str
    measures: tuple[MeasureFacts, ...]
    item: int | None = None


@dataclass(frozen=True)
class PartFacts:
    """A part with its sections; `item` is the plan item's id.

    own_measures: the measures outside a section.
    """

    title: str
    sections: tuple[SectionFacts, ...] = ()
    own_measures: tuple[MeasureFacts, ...] = ()
    item: int | None = None

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """Return all measures of the part: those in sections first."""
        return (*(measure for section in self.sections for measure in section.measures), *self.own_measures)


@dataclass(frozen=True)
class ReplyFacts:
    """A department's answer to a directive; `given_on` is None in facts stored before that field existed."""

    department: str
    text: str
    given_on: date | None = None


@dataclass(frozen=True)
class DirectiveFacts:
    """A directive that was given by the scope's end and was open at some time in the scope.

    measure: its subject in one line.
    titles: the measures among its subjects; empty in facts stored before there could be several.
    directive: its id; None in facts stored before that field existed.
    """

    kind: DirectiveKind
    state: DirectiveState
    author: str
    measure: str
    text: str
    given_on: date
    due_on: date | None
    departments: tuple[str, ...]
    replies: tuple[ReplyFacts, ...] = ()
    is_overdue: bool = False
    directive: int | None = None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanPassage:
    """A passage of a plan as published: heading and the number before it, both as printed, and text."""

    kind: ItemKind
    label: str
    heading: str
    text: str = ""


@dataclass(frozen=True)
class PublishedPlan:
    """The whole wording of a plan in printed order.

    addressee, notice: the recipient and the text of the notice that issued it; empty if it came without one.
    byline: the lines between its title and its lead-in.
    closing: the text after its last measure.
    """

    passages: tuple[PlanPassage, ...]
    addressee: str = ""
    notice: str = ""
    byline: str = ""
    closing: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """A plan; `published` (its whole wording) only if the document encloses it."""

    title: str
    year: int
    issuer: str = ""
    issued_on: date | None = None
    lead_in: str = ""
    published: PublishedPlan | None = None


@dataclass(frozen=True)
class DocumentFacts:
    """A plan in a scope of its year, with what was reported and accepted.

    department, leader: the department or leader that the document is about or written to; empty if none.
    in_overall_charge: whether that leader is responsible for the whole plan (全面).
    calendar: the working days for deadlines that the document sets.
    fullness: how much of the departments' words the text repeats.
    """

    plan: PlanFacts
    scope: DocumentScope
    parts: tuple[PartFacts, ...]
    due: DueDates | None = None
    directives: tuple[DirectiveFacts, ...] = ()
    department: str = ""
    leader: str = ""
    in_overall_charge: bool = False
    calendar: WorkCalendar = CHINA
    fullness: TextFullness = TextFullness.FULL

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        return tuple(measure for part in self.parts for measure in part.measures)

    @property
    def is_of_one(self) -> bool:
        """Return whether there is only one measure, which needs no headings to tell it from others."""
        return len(self.measures) == 1

    @property
    def titled_parts(self) -> tuple[PartFacts, ...]:
        """Return the parts with a title and measures; empty unless there are several."""
        parts = tuple(part for part in self.parts if part.title and part.measures)
        return parts if len(parts) > 1 else ()

    @property
    def missing(self) -> tuple[MeasureFacts, ...]:
        """Return the measures without an accepted report."""
        return tuple(measure for measure in self.measures if measure.report is None)

    @property
    def reported(self) -> tuple[tuple[MeasureFacts, AcceptedReport], ...]:
        """Return the measures with an accepted report, and the report."""
        return tuple(measures_with_report(self.measures))

    @property
    def has_small_base(self) -> bool:
        """Return whether too few measures are counted for the figures to describe the plan."""
        return 100 * len(self.reported) < LEAST_BASE * len(self.measures)

    def narrowed(self, wanted: Callable[[MeasureFacts], bool]) -> DocumentFacts:
        """Return the facts of some measures only; parts and sections stay, even if empty."""

        def kept(measures: tuple[MeasureFacts, ...]) -> tuple[MeasureFacts, ...]:
            return tuple(filter(wanted, measures))

        def thinned(part: PartFacts) -> PartFacts:
            sections = tuple(replace(one, measures=kept(one.measures)) for one in part.sections)
            return replace(part, sections=sections, own_measures=kept(part.own_measures))

        return replace(self, parts=tuple(map(thinned, self.parts)))

    def as_json(self) -> dict[str, Any]:
        """Return plain values to be stored with a document."""
        plain: dict[str, Any] = _converter.unstructure(self)
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> DocumentFacts:
        """Read what `as_json` wrote."""
        return _converter.structure(plain, cls)


def measures_with_report(measures: tuple[MeasureFacts, ...]) -> Iterator[tuple[MeasureFacts, AcceptedReport]]:
    """Yield the measures that have an accepted report, and the report."""
    for measure in measures:
        if measure.report is not None:
            yield measure, measure.report
