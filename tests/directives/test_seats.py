"""A directive belongs to a person and to a seat: who follows in the post finds the open ones and closes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.access.models import Account
from app.administration.hand_over.operations import order_hand_over
from app.administration.seats import find_seat
from app.authority.roles import Role
from app.base.clock import today
from app.base.errors import NotAllowed
from app.directives.core.life_cycle import DirectiveState
from app.directives.steps import operations as steps
from app.org.models import Leader
from tests.clients import log_in
from tests.directives.writing import WORDS, reload_directive, replied_directive, written_directive
from tests.filing.pages import seen
from tests.world import World, add_user


def successor_of(world: World, *, has_left: bool = True, post: str = "副主任") -> Leader:
    """Return a leader in some post, and let the world's leader have left his."""
    follower = Leader.create(name="吴示例", post=post, position=2, serves_from=today())
    world.users["leader:next"] = add_user("leader-9", Role.LEADER, leader=follower)
    if has_left:
        Leader.update(serves_until=today() - timedelta(days=1)).where(Leader.id == world.leader.id).execute()
    return follower


@pytest.mark.parametrize(
    ("has_left", "post", "may"),
    [(True, "副主任", True), (False, "副主任", False), (True, "副主任（分管城管）", False)],
)
def test_who_follows_in_the_post_of_one_who_left_closes(
    world: World, has_left: bool, post: str, may: bool
) -> None:
    directive = replied_directive(world)
    successor_of(world, has_left=has_left, post=post)
    directive = reload_directive(directive)
    if not may:
        with pytest.raises(NotAllowed):
            steps.close_directive(directive, by=world.users["leader:next"], version=directive.version)
        return
    steps.close_directive(directive, by=world.users["leader:next"], version=directive.version)
    assert reload_directive(directive).state is DirectiveState.CLOSED


def test_the_words_stay_their_authors(world: World) -> None:
    directive = written_directive(world)
    successor_of(world)
    for step in (steps.withdraw_directive, steps.supplement_directive):
        current = reload_directive(directive)
        with pytest.raises(NotAllowed):
            step(current, "改口。", by=world.users["leader:next"], version=current.version)


def test_the_successor_finds_it_on_the_home_and_in_the_list(app: Flask, world: World) -> None:
    written_directive(world)
    successor_of(world)
    browser = log_in(app, world, "leader:next")
    for place in ("/", "/directives"):
        shown = seen(browser.get(place))
        assert WORDS in shown
        assert "前任交办" in shown


@pytest.mark.usefixtures("in_app")
def test_what_was_handed_over_is_of_the_new_seat_and_keeps_its_author(world: World) -> None:
    directive = replied_directive(world)
    follower = successor_of(world, has_left=False, post="主任")
    giver, receiver = (
        find_seat(Account.get_by_id(world.users[name].account_id).id) for name in ("leader", "leader:next")
    )
    assert giver and receiver
    order_hand_over(giver, receiver, today(), by=world.users["office"])
    stored = reload_directive(directive)
    assert (stored.leader, stored.written_for, stored.author) == (follower, world.leader, "某街道领导")
    assert stored.is_inherited
    with pytest.raises(NotAllowed):
        steps.close_directive(stored, by=world.users["leader"], version=stored.version)
    steps.close_directive(stored, by=world.users["leader:next"], version=stored.version)
