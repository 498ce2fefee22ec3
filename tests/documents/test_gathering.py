"""What is gathered: a filing that nobody has written is overdue only once its quarter's time is over."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from app.clock import standing_at
from app.documents.assembling.gathering import gather
from app.documents.composition.submissions import word_for
from app.documents.scope import Scope
from app.filing.rules import FilingState
from tests.world import World


@pytest.mark.parametrize(("days", "word"), [(-1, "未报送"), (0, "未报送"), (1, "逾期未报送")])
def test_what_is_not_due_yet_is_not_overdue(reported: World, days: int, word: str) -> None:
    period = reported.period
    day = period.due.grace_ends_on() + timedelta(days=days)
    with standing_at(datetime.combine(day, time(9))):
        facts = gather(reported.plan, Scope(period.quarter))
    words = {measure.number: word_for(measure) for measure in facts.missing}
    assert words == {2: "退回待补", 4: word}
    assert facts.measures[3].state is FilingState.DRAFT
