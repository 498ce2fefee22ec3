"""三权分立: an administrator holds no business role on any day, and sees nothing of the business on any page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.access.grants import grant_role
from app.access.models import Account, Grant
from app.access.operations import add_account
from app.authority.actor import SAMPLE_LOADER
from app.authority.roles import ADMINISTRATION, DEPARTMENTAL, Role
from app.base.clock import today
from app.base.errors import BadInput
from app.org.models import Department, Leader
from app.plan.core.models import PlanItem
from tests.clients import HTMX, log_in
from tests.security.payload_world import walk_the_life_cycle
from tests.web.access_table import ROUTES
from tests.web.subjects import one_of_everything, path_to
from tests.world import PASSWORD, World, full_content

DAY = timedelta(days=1)
# Where administrators see departments and leaders by name: they keep them, or whose seat an account is.
KEPT_BY = {
    Role.SYSTEM_ADMIN: ("/admin/organisation", "/admin/accounts"),
    Role.SECURITY_ADMIN: ("/admin/grants",),
    Role.AUDITOR: ("/audit",),
}
ADMINS = sorted(ADMINISTRATION)


@pytest.fixture
def account(world: World) -> Account:
    return add_account("seat", seat="席位", person="某人", password=PASSWORD, by=SAMPLE_LOADER)


def give(account: Account, role: Role, world: World, *, first: int = 0, last: int | None = None) -> Grant:
    """Grant a role from and to days counted from today."""
    return grant_role(
        account,
        role,
        by=SAMPLE_LOADER,
        department=world.departments["经发办"] if role in DEPARTMENTAL else None,
        leader=world.leader if role is Role.LEADER else None,
        since=today() + first * DAY,
        until=None if last is None else today() + last * DAY,
    )


@pytest.mark.parametrize("held", Role)
def test_no_order_of_granting_combines_them(world: World, account: Account, held: Role) -> None:
    give(account, held, world)
    for given in set(Role) - {held}:
        if {held, given} & ADMINISTRATION:
            for first, last in ((0, None), (0, 0), (5, None)):
                with pytest.raises(BadInput, match="不得兼任"):
                    give(account, given, world, first=first, last=last)
    assert Grant.select().where(Grant.account == account).count() == 1


@pytest.mark.parametrize("spans", [((5, None), (0, None)), ((5, 9), (0, 5)), ((0, 5), (5, None))])
def test_no_day_to_come_combines_them(
    world: World, account: Account, spans: tuple[tuple[int, int | None], ...]
) -> None:
    (first, last), (then_first, then_last) = spans
    give(account, Role.AUDITOR, world, first=first, last=last)
    with pytest.raises(BadInput, match="不得兼任"):
        give(account, Role.OFFICE, world, first=then_first, last=then_last)


def test_one_after_the_other_is_no_combination(world: World, account: Account) -> None:
    give(account, Role.OFFICE, world, last=5)
    give(account, Role.AUDITOR, world, first=6)
    assert Grant.select().where(Grant.account == account).count() == 2


@pytest.mark.parametrize("admin", ADMINS)
def test_no_page_shows_an_administrator_anything_of_the_business(
    app: Flask, world: World, admin: Role
) -> None:
    subjects = one_of_everything(app, world)
    walk_the_life_cycle(world)
    client = log_in(app, world, admin.value)
    for route in ROUTES:
        words = business_words()
        if route.rule.startswith(KEPT_BY[admin]):
            words -= organisation_names()
        if route.method == "GET" and not route.rule.startswith("/static"):
            for headers in ({}, HTMX):
                text = client.get(path_to(route, subjects), headers=headers, buffered=True).get_data(
                    as_text=True
                )
                assert [word for word in words if word in text] == [], route


def business_words() -> set[str]:
    """Return what only people of the business may read."""
    written = full_content()
    titles = {item.title for item in PlanItem.select() if item.title}
    return organisation_names() | titles | {written.progress, written.problems, "请抓紧。", "a.pdf", "补改。"}


def organisation_names() -> set[str]:
    return {row.name for model in (Department, Leader) for row in model.select()}


def test_the_words_do_stand_on_the_pages_of_the_business(app: Flask, world: World) -> None:
    subjects = one_of_everything(app, world)
    walk_the_life_cycle(world)
    client, words = log_in(app, world, "office"), business_words()
    text = "".join(client.get(path).text for path in ("/plan", "/review", "/directives", "/periods"))
    text += client.get(f"/filings/{subjects['filing_id']}").text
    assert {"推进旧区改造", "经济发展办公室", "请抓紧。", "补改。", full_content().progress} <= words
    assert [
        word for word in ("推进旧区改造", "经济发展办公室", "请抓紧。", "补改。") if word not in text
    ] == []
    assert full_content().progress in text
