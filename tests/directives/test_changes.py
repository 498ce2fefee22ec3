"""Every operation on directives, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from app.base.clock import clock_stopped_at
from app.directives import operations
from app.directives.models import Directive
from app.directives.rules import TEXT_LENGTH, DirectiveKind
from app.org.models import Leader
from tests.directives.writing import reload_directive, sample_content
from tests.recorded_changes import changes_beside
from tests.world import World

MOMENT = datetime(2026, 9, 14, 9, 30)


def test_each_operation_changes_what_it_names_and_nothing_else(world: World) -> None:
    found, users, measure = changes_beside(__file__), world.users, world.measures[0]
    other = Leader.create(name="李示例", post="主任", position=2)

    def write(by: str, *addressees: str, **changes: object) -> Callable[[], Directive]:
        content = sample_content(world, *addressees, **changes)
        return partial(operations.write_directive, measure, content, by=users[by])

    def reply(directive: Directive, name: str, by: str, text: str = " 已办结。 ") -> Callable[[], None]:
        stored = reload_directive(directive)
        values = {"department": world.departments[name], "by": users[by], "version": stored.version}
        return partial(operations.reply_to_directive, stored, text, **values)

    def close(directive: Directive, by: str, late: int = 0) -> Callable[[], None]:
        stored = reload_directive(directive)
        return partial(operations.close_directive, stored, by=users[by], version=stored.version - late)

    with clock_stopped_at(MOMENT):
        due = {"due_on": date(2026, 9, 30)}
        first = found.record("write", write("leader", "经发办", "城管办", **due))
        second = found.record("enter for a leader", write("office", "经发办", leader=other))
        found.record("enter", write("office", "一居", kind=DirectiveKind.NOTED, text="已阅。"))
        found.record("write nothing", write("leader", text=" "))
        found.record("write too much", write("leader", text="长" * (TEXT_LENGTH + 1)))
        found.record("due yesterday", write("leader", due_on=MOMENT.date() - timedelta(days=1)))
        found.record("due in years", write("leader", due_on=date(2029, 1, 1)))
        found.record("close unanswered", close(first, "leader"))
        found.record("reply nothing", reply(first, "经发办", "filer", " "))
        found.record("reply too much", reply(first, "经发办", "filer", "长" * (TEXT_LENGTH + 1)))
        found.record("reply for another", reply(first, "城管办", "filer"))
        found.record("reply unasked", reply(second, "城管办", "filer:城管办"))
        found.record("reply", reply(first, "经发办", "filer"))
        found.record("reply once more", reply(first, "经发办", "head"))
        found.record("reply as the last", reply(first, "城管办", "filer:城管办"))
        found.record("close as filer", close(first, "filer"))
        found.record("close what was changed", close(first, "leader", late=1))
        found.record("close", close(first, "leader"))
        found.record("close again", close(first, "leader"))
        found.record("reply to a closed one", reply(first, "经发办", "filer"))
    found.compare()
