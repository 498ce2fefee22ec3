"""Directives from before they had numbers, 主办 and steps: every state goes along, and who closed what is known."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.base.clock import clock_stopped_at
from app.base.database import database, known_migrations, migration_runner
from app.directives.core.life_cycle import DirectiveKind, DirectiveState
from app.directives.core.models import Directive
from app.directives.steps import operations as steps
from app.notices.models import Notice
from tests.databases import on_both
from tests.directives.writing import reload_directive, replied_directive, written_directive
from tests.world import World

MIGRATION = next(name for name in known_migrations() if name.endswith("_directive_life_cycle"))
ADDRESSES = next(name for name in known_migrations() if name.endswith("_directive_address"))
YEARS = (datetime(2026, 10, 9, 9, 0), datetime(2026, 11, 9, 9, 0), datetime(2027, 1, 11, 9, 0))


@on_both
@pytest.mark.usefixtures("in_app")
def test_what_was_stored_before_goes_along(world: World) -> None:
    with clock_stopped_at(YEARS[0]):
        closed = replied_directive(world)
        steps.close_directive(closed, by=world.users["leader"], version=closed.version)
    with clock_stopped_at(YEARS[1]):
        noted = written_directive(world, kind=DirectiveKind.NOTED)
        half = replied_directive(world, "经发办", "城管办")
    with clock_stopped_at(YEARS[2]):
        foreign = written_directive(world, "城管办", "一居", measure=2)
    runner = migration_runner()
    undone = runner.down(MIGRATION)
    database.execute_sql(
        "DELETE FROM directive_reply WHERE id = (SELECT MIN(id) FROM directive_reply WHERE"
        f" directive_id = {half.id})"
    )
    database.execute_sql(f"UPDATE directive SET state = 'open' WHERE id = {half.id}")
    database.execute_sql(f"UPDATE directive SET due_on = '2026-10-30' WHERE id = {noted.id}")
    stored = "SELECT state FROM directive WHERE id = "
    assert database.execute_sql(f"{stored}{noted.id}").fetchone() == ("closed",)
    runner.up()
    assert MIGRATION in undone
    closed, noted, half, foreign = map(reload_directive, (closed, noted, half, foreign))
    assert [one.number_words for one in (closed, noted, half, foreign)] == [
        "批示〔2026〕1号",
        "批示〔2026〕2号",
        "批示〔2026〕3号",
        "批示〔2027〕1号",
    ]
    assert (noted.state, noted.closed_at, noted.due_on) == (DirectiveState.NOTED, None, None)
    assert closed.closing is not None
    assert closed.closing.closing_words == "某街道领导2026年10月9日销号"
    assert (half.state, half.unanswered_supports) == (DirectiveState.REPLIED, ("城管办",))
    assert (foreign.state, foreign.addressees_in_words) == (
        DirectiveState.OPEN,
        "主办城管办，协办一居，均未回复",
    )
    assert {one.written_for for one in Directive.select()} == {world.leader}
    assert date(2026, 10, 9) == closed.created_at.date()


@on_both
@pytest.mark.usefixtures("in_app")
def test_notices_go_on_to_lead_to_their_directives(world: World) -> None:
    shared, hidden = written_directive(world), written_directive(world, is_confidential=True)

    def places() -> set[str]:
        return {row.path for row in Notice.select(Notice.path)}

    before = places()
    assert before == {f"/directives/{one.key}" for one in (shared, hidden)}
    runner = migration_runner()
    runner.down(ADDRESSES)
    assert places() == {f"/directives/{one.id}" for one in (shared, hidden)}
    runner.up()
    assert places() == before
