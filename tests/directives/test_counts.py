"""How many directives wait for what: on the bar, the map and the homes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from app.base.clock import now, today
from app.directives.core.directive_counts import open_by_department, open_counts_by_measure, tally_of_seats
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import DirectiveKind, DirectiveState
from app.directives.core.models import Directive
from app.directives.core.queries import reach_of, unclosed_in_seats
from app.directives.steps.operations import withdraw_directive
from tests.clients import log_in
from tests.databases import on_both
from tests.directives.writing import make_overdue, replied_directive, written_directive
from tests.filing.pages import seen
from tests.world import World


@on_both
def test_what_is_not_settled_is_counted_by_measure_leader_and_department(world: World) -> None:
    replied_directive(world)
    make_overdue(written_directive(world, "经发办", "城管办"))
    written_directive(world, "城管办", measure=3)
    counts = open_counts_by_measure(reach_of(world.users["leader"]))
    assert counts == {world.measures[0].id: 2, world.measures[2].id: 1}
    tally = tally_of_seats([world.leader.id], quarter_begins=today())
    assert (tally.words, tally.total, tally.change_words) == ("待销号1、在办2、逾期1", 3, "比上季末多 3 件")
    first_and_answered = unclosed_in_seats(world.leader.id, [world.leader.id], most=1)
    assert [(one.is_overdue, one.is_replied) for one in first_and_answered] == [(True, False), (False, True)]
    rows = [(one.department.short_name, one.open, one.overdue) for one in open_by_department()]
    assert rows == [("经发办", 1, 1), ("城管办", 2, 1)]


@pytest.mark.parametrize(
    ("who", "count"), [("filer", "1"), ("head", "1"), ("filer:城管办", "2"), ("leader", "1"), ("office", "")]
)
def test_the_bar_counts_what_somebody_has_to_answer_or_to_read(
    app: Flask, world: World, who: str, count: str
) -> None:
    replied_directive(world)
    written_directive(world, "经发办", "城管办")
    written_directive(world, "城管办", measure=3)
    shown = seen(log_in(app, world, who).get("/directives"))
    assert ("批示 待办 " in shown) is bool(count)
    assert f"批示 待办 {count} 件" in shown or not count


def test_what_was_not_settled_when_the_quarter_began_is_counted_by_what_became_of_it_since(
    world: World,
) -> None:
    begun, closed = (replied_directive(world) for _ in range(2))
    closed_before, withdrawn_before, withdrawn = (written_directive(world) for _ in range(3))
    for one in (withdrawn_before, withdrawn):
        withdraw_directive(one, "已另行部署。", by=world.users["leader"], version=one.version)
    written_directive(world, kind=DirectiveKind.NOTED)
    long_ago = datetime.combine(today() - timedelta(days=90), time(9))
    Directive.update(created_at=long_ago).execute()
    later = written_directive(world)
    for one, values in (
        (closed, {"state": DirectiveState.CLOSED, "closed_at": now()}),
        (closed_before, {"state": DirectiveState.CLOSED, "closed_at": long_ago}),
    ):
        Directive.update(**values).where(Directive.id == one.id).execute()
    DirectiveStep.update(at=long_ago).where(DirectiveStep.directive == withdrawn_before).execute()
    tally = tally_of_seats([world.leader.id], quarter_begins=today() - timedelta(days=30))
    assert (tally.before, tally.total, tally.change_words) == (3, 2, "比上季末少 1 件")
    assert {begun.id, later.id} == {
        one.id for one in Directive.select().where(Directive.state.in_(("open", "replied")))
    }


def test_what_a_department_has_to_answer_stands_above_its_list(app: Flask, world: World) -> None:
    written_directive(world)
    shown = seen(log_in(app, world, "filer").get("/filings"))
    assert shown.index("批示待回复（1）") < shown.index("未填写（2）")
    assert "批示 1 件待回复" in shown
