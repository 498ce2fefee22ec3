"""Following and no longer, and the daily notice, and all that they change."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from app.authority.actor import SYSTEM, Actor
from app.authority.roles import Role
from app.base.clock import clock_stopped_at
from app.directives.core.models import Directive
from app.directives.steps.operations import supplement_directive
from app.filing.core.life_cycle import FilingState
from app.following.daily_notices import send_daily_notices
from app.following.operations import follow_subject, unfollow_subject
from app.org.models import Leader
from tests.directives.writing import reload_directive, written_directive
from tests.filing.pages import brought_to
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World, add_user

DAY = datetime(2026, 9, 24, 9)


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    with clock_stopped_at(DAY):
        colleague = Leader.create(name="吴示例", post="副主任", position=2)
        other = add_user("leader-9", Role.LEADER, leader=colleague)
        directive = written_directive(world)
        secret = written_directive(world, is_confidential=True)
        found = changes_beside(__file__)
        follow_subjects(found, world, directive, other)
        leader = world.users["leader"]
        found.record("follow a confidential one", partial(follow_subject, secret, by=leader))
        found.record("follow another's confidential one", partial(follow_subject, secret, by=other))
    with clock_stopped_at(DAY + timedelta(hours=6)):
        brought_to(FilingState.ACCEPTED, world)
        supplement_directive(
            reload_directive(directive), "再补一句。", by=world.users["leader"], version=directive.version
        )
    send_notices(found, world)
    with clock_stopped_at(DAY + timedelta(days=3)):
        leave_subjects(found, world, directive)
    found.compare()


def follow_subjects(found: RecordedChanges, world: World, directive: Directive, other: Actor) -> None:
    leader, measure = world.users["leader"], world.measures[0]
    found.record("follow as filer", partial(follow_subject, measure, by=world.users["filer"]))
    subjects = {"measure": measure, "directive": directive, "department": world.departments["经发办"]}
    for name, subject in subjects.items():
        found.record(f"follow a {name}", partial(follow_subject, subject, by=leader))
        found.record(f"follow a {name} again", partial(follow_subject, subject, by=leader))
    found.record("follow it as another", partial(follow_subject, measure, by=other))
    found.record("leave what is not followed", partial(unfollow_subject, directive, by=other))


def send_notices(found: RecordedChanges, world: World) -> None:
    for name, after in {
        "on the same day": timedelta(hours=7),
        "before work": timedelta(hours=22),
        "in the morning": timedelta(hours=24),
        "once more": timedelta(hours=25),
        "a day later": timedelta(hours=48),
    }.items():
        with clock_stopped_at(DAY + after):
            found.record(f"send notices {name}", partial(send_daily_notices, by=SYSTEM))
    found.record("send notices as leader", partial(send_daily_notices, by=world.users["leader"]))


def leave_subjects(found: RecordedChanges, world: World, directive: Directive) -> None:
    leader, measure = world.users["leader"], world.measures[0]
    found.record("leave as filer", partial(unfollow_subject, measure, by=world.users["filer"]))
    subjects = {"measure": measure, "directive": directive, "department": world.departments["经发办"]}
    for name, subject in subjects.items():
        found.record(f"leave the {name}", partial(unfollow_subject, subject, by=leader))
