"""Grants: what excludes what, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from app.access import operations, queries
from app.access.grants import grant_role
from app.access.login.delays import LoginOrigin
from app.access.models import Account, Grant
from app.access.rules import role_clash
from app.authority.actor import SAMPLE_LOADER, Actor
from app.authority.roles import Role
from app.base.clock import today
from app.base.errors import BadInput, NotAllowed
from tests.world import PASSWORD, SETTINGS, World

ADMINS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}


@pytest.mark.parametrize(("held", "given"), list(product(Role, Role)))
def test_administrators_exclude_each_other_and_every_business_role(held: Role, given: Role) -> None:
    separate = held is not given and bool({held, given} & ADMINS)
    assert (role_clash(frozenset({held}), given) is not None) == separate


def test_a_grant_that_excludes_is_refused_and_nothing_is_written(world: World) -> None:
    account = Account.get(Account.username == world.users["office"].username)
    before = Grant.select().count()
    with pytest.raises(BadInput, match="不得兼任"):
        grant_role(account, Role.AUDITOR, by=SAMPLE_LOADER)
    assert Grant.select().count() == before


def test_a_departmental_role_needs_its_department(world: World) -> None:
    account = Account.get(Account.username == world.users["office"].username)
    with pytest.raises(BadInput, match="要写明部门"):
        grant_role(account, Role.FILER, by=SAMPLE_LOADER)


@pytest.mark.parametrize(
    ("role", "has_department", "has_leader", "words"),
    [
        (Role.LEADER, False, False, "要写明是哪位领导"),
        (Role.OFFICE, True, False, "不要写部门"),
        (Role.LEADER, True, True, "不要写部门"),
        (Role.FILER, True, True, "不要写领导"),
    ],
)
def test_a_role_is_given_for_a_department_or_a_leader_and_never_for_both(
    world: World, role: Role, has_department: bool, has_leader: bool, words: str
) -> None:
    account = Account.get(Account.username == world.users["office"].username)
    department = world.departments["经发办"] if has_department else None
    before = Grant.select().count()
    with pytest.raises(BadInput, match=words):
        leader = world.leader if has_leader else None
        grant_role(account, role, by=SAMPLE_LOADER, department=department, leader=leader)
    assert Grant.select().count() == before


def test_a_grant_ends_with_its_last_day(world: World) -> None:
    account = Account.get(Account.username == world.users["filer"].username)
    Grant.update(valid_until=today()).where(Grant.account == account).execute()
    assert queries.user_of(account).roles == {Role.FILER}
    Grant.update(valid_until=today() - timedelta(days=1)).where(Grant.account == account).execute()
    assert queries.user_of(account).roles == frozenset()


@pytest.mark.parametrize(
    "use",
    [
        lambda head, by: operations.add_account(
            "x", seat="席", person="人", password="十二个字符以上Aa1", by=by
        ),
        lambda head, by: grant_role(head, Role.FILER, by=by),
        lambda head, by: operations.reset_password(head, password="十二个字符以上Aa1", by=by),
        lambda head, by: operations.unlock_account(head, by=by, key="key"),
        lambda head, by: operations.unlock_address("10.0.0.1", by=by),
        lambda head, by: operations.disable_account(head, by=by),
        lambda head, by: operations.change_email(
            head, "", password=PASSWORD, by=by, origin=LoginOrigin("10.0.0.1"), settings=SETTINGS
        ),
        lambda head, by: operations.change_password(
            head, old=PASSWORD, new="x", by=by, origin=LoginOrigin("10.0.0.1"), settings=SETTINGS
        ),
    ],
)
@pytest.mark.parametrize("who", ["filer", "office"])
def test_nobody_in_the_business_changes_the_accounts_of_others(
    world: World, who: str, use: Callable[[Account, Actor], object]
) -> None:
    head = Account.get_by_id(world.users["head"].account_id)
    with pytest.raises(NotAllowed):
        use(head, world.users[who])
