"""What is gathered: a filing that nobody has written is overdue only once its quarter's time is over."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from app.base.clock import clock_stopped_at
from app.composition.chapters.submissions import word_for
from app.composition.scope import DocumentScope
from app.directives.models import Directive
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.rules import FilingState
from tests.world import THRESHOLDS, World


@pytest.mark.parametrize(("days", "word"), [(-1, "未报送"), (0, "未报送"), (1, "逾期未报送")])
def test_what_is_not_due_yet_is_not_overdue(reported: World, days: int, word: str) -> None:
    period = reported.period
    day = period.due_dates.grace_ends_on() + timedelta(days=days)
    with clock_stopped_at(datetime.combine(day, time(9))):
        facts = gather_facts(reported.plan, DocumentScope(period.quarter), thresholds=THRESHOLDS)
    words = {measure.number: word_for(measure) for measure in facts.missing}
    assert words == {2: "退回待补", 4: word}
    assert facts.measures[3].state is FilingState.DRAFT


def test_a_directive_written_after_the_quarter_stands_in_a_later_document(reported: World) -> None:
    quarter = reported.period.quarter
    last = datetime.combine(quarter.last_day, time(23, 59))
    for at, text in ((last, "季末"), (last + timedelta(minutes=1), "季后")):
        Directive.create(author="周示例", measure=reported.measures[0], text=text, created_at=at)
    directives = [
        one.text
        for one in gather_facts(reported.plan, DocumentScope(quarter), thresholds=THRESHOLDS).directives
    ]
    assert directives == ["季末"]
    assert [
        one.text
        for one in gather_facts(
            reported.plan, DocumentScope(quarter.next_quarter), thresholds=THRESHOLDS
        ).directives
    ] == ["季末", "季后"]
