"""Facts of every shape for hypothesis: plans with and without sections, every state, any span."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    MeasureFacts,
    PartFacts,
    PlanFacts,
    SectionFacts,
)
from app.composition.rules import TextFullness
from app.composition.scope import LAST_QUARTERS, DocumentScope, ScopeSpan
from app.directives.core.life_cycle import HANDLED, DirectiveState
from app.filing.core.content import PERCENT_CEILING
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.periods.rules import QUARTERS, Quarter
from tests.composition.contents import DUE, directive

YEAR = 2026
WORDS = st.sampled_from(
    (
        "完成走访",
        "一季度完成,形成清单。",
        "做法：一是走访。二是建档。",
        "《方案》(试行)已印发",
        "首段。\n次段",
    )
)
NOTHING_OR_WORDS = st.sampled_from(("", "无。", "暂无")) | WORDS
# Most filings are accepted, or there would seldom be a document.
STATES = (*[FilingState.ACCEPTED] * len(FilingState), None, *FilingState)
DEPARTMENTS = st.sampled_from(("甲办", "乙办", "丙中心", ""))


def reports(quarter: Quarter) -> SearchStrategy[AcceptedReport]:
    """Return reports on a quarter."""
    return st.builds(
        AcceptedReport,
        filing=st.integers(1, 9999),
        quarter=st.just(quarter),
        percent=st.integers(0, PERCENT_CEILING),
        status=st.sampled_from(MeasureStatus),
        light=st.sampled_from(Light),
        forecast=st.sampled_from(Forecast),
        progress=WORDS,
        problems=NOTHING_OR_WORDS,
        next_steps=NOTHING_OR_WORDS,
        status_reason=NOTHING_OR_WORDS,
        light_reason=NOTHING_OR_WORDS,
    )


@st.composite
def measures(draw: st.DrawFn, scope: DocumentScope) -> MeasureFacts:
    """Return a measure; what is accepted has its report. Its number is given by `facts_of`."""
    state = draw(st.sampled_from(STATES))
    earlier = [draw(st.none() | reports(quarter)) for quarter in scope.quarters[:-1]]
    return MeasureFacts(
        number=0,
        title="",
        lead=draw(DEPARTMENTS),
        supports=("各居民区",),
        target="",
        state=state,
        report=draw(reports(scope.quarter)) if state is FilingState.ACCEPTED else None,
        earlier=tuple(report for report in earlier if report),
        is_late=draw(st.booleans()),
        leader=draw(st.sampled_from(("周示例", ""))),
    )


@st.composite
def scopes(draw: st.DrawFn, spans: Collection[ScopeSpan]) -> DocumentScope:
    """Return a quarter, or a longer span with the quarter that it ends with."""
    span = draw(st.sampled_from(tuple(spans)))
    number = LAST_QUARTERS.get(span) or draw(st.sampled_from(QUARTERS))
    return DocumentScope(Quarter(YEAR, number), span)


@st.composite
def facts_of(draw: st.DrawFn, spans: Collection[ScopeSpan] = tuple(ScopeSpan)) -> DocumentFacts:
    """Return the facts of a plan, of a department in it."""
    scope = draw(scopes(spans))
    groups = st.lists(measures(scope), max_size=3)
    shape = draw(
        st.lists(st.tuples(st.sampled_from(("部分，发展", "")), groups, groups), min_size=1, max_size=3)
    )
    numbers = iter(range(1, 99))

    def named(found: list[MeasureFacts]) -> tuple[MeasureFacts, ...]:
        return tuple(replace(one, number=(n := next(numbers)), title=f"举措“{n}”") for one in found)

    parts = tuple(
        PartFacts(title, (SectionFacts("专项", named(in_section)),), named(own))
        for title, in_section, own in shape
    )
    states = draw(st.lists(st.tuples(st.sampled_from(HANDLED), st.booleans()), max_size=3))
    return DocumentFacts(
        plan=PlanFacts("示例街道 2026 年工作计划", YEAR),
        scope=scope,
        parts=parts,
        due=draw(st.sampled_from((DUE, None))),
        directives=tuple(
            directive(state, overdue=late and state is DirectiveState.OPEN) for state, late in states
        ),
        department="甲办",
        fullness=draw(st.sampled_from(TextFullness)),
    )
