"""What a document is made of: the accepted filings of a quarter as plain frozen values that can be kept as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

from app.documents.rules import missing_words
from app.filing.rules import FilingState, Forecast, Light, Status
from app.periods.rules import Quarter


@dataclass(frozen=True)
class Report:
    """What the lead department reported and the office accepted. `percent` is in per cent of the yearly target."""

    percent: int
    status: Status
    light: Light
    forecast: Forecast
    progress: str
    problems: str = ""
    next_steps: str = ""
    status_reason: str = ""
    light_reason: str = ""

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `QuarterFacts.as_json` wrote."""
        words = {"status": Status, "light": Light, "forecast": Forecast}
        return cls(**plain | {name: kind(plain[name]) for name, kind in words.items()})


@dataclass(frozen=True)
class MeasureFacts:
    """A measure, who answers for it, and its report; without an accepted one, where its filing stands."""

    number: int
    title: str
    lead: str
    supports: tuple[str, ...]
    target: str
    state: FilingState | None
    report: Report | None = None

    @property
    def missing_words(self) -> str:
        """Return, for a measure without an accepted report, what that waits for."""
        return missing_words(self.state)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `QuarterFacts.as_json` wrote."""
        return cls(
            **plain
            | {
                "supports": tuple(plain["supports"]),
                "state": FilingState(plain["state"]) if plain["state"] else None,
                "report": Report.from_json(plain["report"]) if plain["report"] else None,
            }
        )


@dataclass(frozen=True)
class SectionFacts:
    """A section with its measures."""

    title: str
    measures: tuple[MeasureFacts, ...]

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `QuarterFacts.as_json` wrote."""
        return cls(plain["title"], tuple(map(MeasureFacts.from_json, plain["measures"])))


@dataclass(frozen=True)
class PartFacts:
    """A part with its sections; a part without sections holds its measures itself."""

    title: str
    sections: tuple[SectionFacts, ...] = ()
    own_measures: tuple[MeasureFacts, ...] = ()

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """Return all measures of the part in the plan's order."""
        return (*(measure for section in self.sections for measure in section.measures), *self.own_measures)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `QuarterFacts.as_json` wrote."""
        return cls(
            plain["title"],
            tuple(map(SectionFacts.from_json, plain["sections"])),
            tuple(map(MeasureFacts.from_json, plain["own_measures"])),
        )


@dataclass(frozen=True)
class QuarterFacts:
    """A plan in one quarter, as far as it was reported and accepted."""

    plan_title: str
    quarter: Quarter
    parts: tuple[PartFacts, ...]

    @property
    def measures(self) -> tuple[MeasureFacts, ...]:
        """Return all measures in the plan's order."""
        return tuple(measure for part in self.parts for measure in part.measures)

    @property
    def missing(self) -> tuple[MeasureFacts, ...]:
        """Return the measures without an accepted report."""
        return tuple(measure for measure in self.measures if measure.report is None)

    @property
    def reported(self) -> tuple[tuple[MeasureFacts, Report], ...]:
        """Return the measures that have an accepted report, with it."""
        return tuple(reported(self.measures))

    def as_json(self) -> dict[str, Any]:
        """Return plain values to be frozen with a document."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            plain["plan_title"],
            Quarter(**plain["quarter"]),
            tuple(map(PartFacts.from_json, plain["parts"])),
        )


def reported(measures: tuple[MeasureFacts, ...]) -> Iterator[tuple[MeasureFacts, Report]]:
    """Yield those measures that have an accepted report, with it."""
    for measure in measures:
        if measure.report is not None:
            yield measure, measure.report
