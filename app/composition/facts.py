"""What a document is made of: the plan and its accepted filings as plain frozen values that can be kept as JSON."""

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

LEAST_BASE = 80  # per cent of the measures

_converter = make_converter()


@dataclass(frozen=True)
class AcceptedReport:
    """What a department reported in a quarter and the office accepted.

    percent: of the yearly target.
    red_points: how many percentage points behind 序时进度 turned a light red when this was gathered.
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
    red_points: int = 15  # of what was gathered before this was kept

    @property
    def labelled_texts(self) -> dict[str, str]:
        """Return what the department wrote, by the labels of the form."""
        return {LONG_TEXTS[name]: getattr(self, name) for name in ("progress", "problems", "next_steps")}

    @property
    def is_far_behind(self) -> bool:
        """Return whether its light would be red, had nobody moved it."""
        return measure_risk.is_far_behind(self)

    @property
    def is_light_moved(self) -> bool:
        """Return whether its department moved a light that would be red."""
        return self.is_far_behind and self.light is not Light.RED and bool(self.light_reason.strip())


@dataclass(frozen=True)
class ContributedText:
    """What a department contributed to another's measure in a quarter; `measure` is its id in the plan."""

    measure: int
    quarter: Quarter
    text: str


@dataclass(frozen=True)
class IndicatorFacts:
    """Where an indicator stands with what was accepted up to the scope's end.

    reached, target: as they are printed, with their unit: 48个.
    share: of the yearly target, in whole per cent.
    is_ratio: whether it is a rate itself, of which a share says nothing.
    """

    name: str
    reached: str
    target: str
    share: int
    is_ratio: bool = False


@dataclass(frozen=True)
class FormerLead:
    """Which department led a measure at the end of a quarter, where it is another than at the end of the scope."""

    quarter: Quarter
    department: str


@dataclass(frozen=True)
class MeasureFacts:
    """A measure, who answers for it, and what was reported.

    state: where the filing of the scope's last quarter stands; None where there is none.
    report: that filing, once accepted.
    earlier: what was accepted in the scope's earlier quarters, oldest first.
    previous: what was accepted in the quarter before the scope's last one, to compare with.
    is_late: whether the filing was, or is to be, handed in after the quarter's grace.
    is_over: whether that quarter is closed: what was not handed in is awaited no more.
    contribution: in a document about a department that supports it, how that stands in the scope's last quarter.
    contributed: what the department contributed in the scope's quarters, oldest first.
    indicators: where its indicators stand, as far as anything was accepted of them.
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
        """Return the lead, and who led in earlier quarters of the scope: 城管办（第一季度：经发办）."""
        quarters = (f"{QUARTER_WORDS[one.quarter.number]}：{one.department}" for one in self.former_leads)
        former = "；".join(quarters)
        return f"{self.lead}（{former}）" if former else self.lead

    @property
    def missing_words(self) -> str:
        """Return, for a measure without an accepted report, what that waits for, in a document's words."""
        return missing_words(self.state)

    @property
    def standing(self) -> FilingStanding:
        """Return where its filing stands, in the pages' words."""
        return standing_of(self.state or FilingState.DRAFT, overdue=self.is_late)


@dataclass(frozen=True)
class SectionFacts:
    """A section with its measures; `item` is its id in the plan."""

    title: str
    measures: tuple[MeasureFacts, ...]
    item: int | None = None


@dataclass(frozen=True)
class PartFacts:
    """A part with its sections; a part without sections holds its measures itself. `item` is its id in the plan."""

    title: str
    sections: tuple[SectionFacts, ...] = ()
    own_measures: tuple[MeasureFacts, ...] = ()
    item: int | None = None

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """Return all measures of the part in the plan's order."""
        return (*(measure for section in self.sections for measure in section.measures), *self.own_measures)


@dataclass(frozen=True)
class ReplyFacts:
    """What a department answered to a directive, and when; facts kept before that was noted have no day."""

    department: str
    text: str
    given_on: date | None = None


@dataclass(frozen=True)
class DirectiveFacts:
    """A leader's words, written by the scope's end and open at some time in it, and how they were handled.

    measure: what it is about, in one line. titles: of the measures among that; facts kept before there could be several
    have none. directive: its id; facts kept before that was noted have none.
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
    """A passage of a plan as published: its heading with the number before it, both as printed, and its text."""

    kind: ItemKind
    label: str
    heading: str
    text: str = ""


@dataclass(frozen=True)
class PublishedPlan:
    """A plan's whole wording in the order of the page.

    addressee, notice: to whom it was issued, and by what words; empty where no notice came with it.
    byline: what stands between its title and its lead-in.
    closing: what follows its last measure.
    """

    passages: tuple[PlanPassage, ...]
    addressee: str = ""
    notice: str = ""
    byline: str = ""
    closing: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """A plan; its whole wording only where a document encloses it."""

    title: str
    year: int
    issuer: str = ""
    issued_on: date | None = None
    lead_in: str = ""
    published: PublishedPlan | None = None


@dataclass(frozen=True)
class DocumentFacts:
    """A plan in a span of its year, as far as it was reported and accepted.

    department, leader: whom the document is about, or written to, where it is about one.
    in_overall_charge: whether that leader looks after the whole plan (全面).
    calendar: the working days that count here, for the days that a document sets.
    fullness: how much of the departments' words the text is to repeat.
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
        """Return all measures in the plan's order."""
        return tuple(measure for part in self.parts for measure in part.measures)

    @property
    def is_of_one(self) -> bool:
        """Return whether there is a single measure: it needs no heading that tells it from others."""
        return len(self.measures) == 1

    @property
    def titled_parts(self) -> tuple[PartFacts, ...]:
        """Return the parts of a plan that has several."""
        parts = tuple(part for part in self.parts if part.title and part.measures)
        return parts if len(parts) > 1 else ()

    @property
    def missing(self) -> tuple[MeasureFacts, ...]:
        """Return the measures without an accepted report."""
        return tuple(measure for measure in self.measures if measure.report is None)

    @property
    def reported(self) -> tuple[tuple[MeasureFacts, AcceptedReport], ...]:
        """Return the measures that have an accepted report, with it."""
        return tuple(measures_with_report(self.measures))

    @property
    def has_small_base(self) -> bool:
        """Return whether so few measures are counted that their figures say little of the plan."""
        return 100 * len(self.reported) < LEAST_BASE * len(self.measures)

    def narrowed(self, wanted: Callable[[MeasureFacts], bool]) -> DocumentFacts:
        """Return the facts of some measures only; parts and sections stay, be they empty."""

        def kept(measures: tuple[MeasureFacts, ...]) -> tuple[MeasureFacts, ...]:
            return tuple(filter(wanted, measures))

        def thinned(part: PartFacts) -> PartFacts:
            sections = tuple(replace(one, measures=kept(one.measures)) for one in part.sections)
            return replace(part, sections=sections, own_measures=kept(part.own_measures))

        return replace(self, parts=tuple(map(thinned, self.parts)))

    def as_json(self) -> dict[str, Any]:
        """Return plain values to be kept with a document."""
        plain: dict[str, Any] = _converter.unstructure(self)
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> DocumentFacts:
        """Read what `as_json` wrote."""
        return _converter.structure(plain, cls)


def measures_with_report(measures: tuple[MeasureFacts, ...]) -> Iterator[tuple[MeasureFacts, AcceptedReport]]:
    """Yield those measures that have an accepted report, with it."""
    for measure in measures:
        if measure.report is not None:
            yield measure, measure.report
