"""Every operation on accounts, and all that it changes: other accounts stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from app.access import delegations, grants, operations
from app.access.login.delays import LoginOrigin
from app.access.models import Account, Delegation, Grant, LoginSession
from app.access.rules import LONGEST_DELEGATION
from app.authority.actor import Actor
from app.authority.roles import Role
from app.base.clock import clock_stopped_at
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import PASSWORD, SETTINGS, World

MOMENT = datetime(2026, 9, 14, 9, 30)
HERE = LoginOrigin("10.0.0.1")
NEW = "Kranich-Lampe-73"


def test_each_operation_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__)
    with clock_stopped_at(MOMENT):
        change_accounts(found, world)
        delegate_seats(found, world)
        end_accounts(found, world)
        repeat_steps(found, world)
    change_passwords(found, world)
    found.compare()


def account_of(world: World, who: str) -> Account:
    return Account.get_by_id(world.users[who].account_id)


def change_accounts(found: RecordedChanges, world: World) -> None:
    by, administrator = world.users["security_admin"], world.users["system_admin"]
    filer, auditor = account_of(world, "filer"), account_of(world, "auditor")
    own, own_user = world.departments["经发办"], world.users["filer"]
    given: dict[str, Any] = {"seat": "填报员", "person": "新人", "password": PASSWORD, "by": administrator}
    grant = partial(grants.grant_role, by=by)
    new = found.record("add", lambda: operations.add_account(" New ", **given))
    found.record("add again", lambda: operations.add_account("new", **given))
    found.record("grant", lambda: grant(new, Role.FILER, department=own, until=date(2031, 12, 31)))
    found.record("grant for too long", lambda: grant(new, Role.FILER, department=own, until=date(2032, 1, 1)))
    found.record("grant backwards", lambda: grant(new, Role.FILER, department=own, until=date(2026, 9, 13)))
    found.record("grant without department", lambda: grant(new, Role.HEAD))
    found.record("grant without leader", lambda: grant(new, Role.LEADER))
    found.record(
        "grant a leader", lambda: grant(new, Role.LEADER, leader=world.leader, since=date(2027, 1, 1))
    )
    found.record("grant what clashes", lambda: grant(new, Role.AUDITOR))
    found.record("grant an administrator more", lambda: grant(auditor, Role.OFFICE))
    found.record(
        "give a mail address", lambda: operations.set_email(filer, " a@example.gov.cn ", by=own_user)
    )
    found.record("give no mail address", lambda: operations.set_email(filer, "a@b@c", by=own_user))
    found.record("take the mail address", lambda: operations.set_email(filer, "", by=own_user))
    seat = operations.set_phone_of_seat
    found.record("give a seat's telephone", lambda: seat(filer, " 010-12345678 ", by=administrator))
    found.record("give a seat's telephone as filer", lambda: seat(filer, "1", by=own_user))
    found.record("give no telephone number", lambda: seat(filer, "a" * 99, by=administrator))
    found.record("give one's own telephone", lambda: operations.set_own_phone(filer, "12345", by=own_user))
    found.record("give another's telephone", lambda: operations.set_own_phone(auditor, "12345", by=own_user))
    found.record("reset a password", lambda: operations.reset_password(filer, password=NEW, by=by))
    found.record("unlock no address", lambda: operations.unlock_address("10.9.9.9", by=by))
    found.record("disable", lambda: operations.disable_account(new, by=administrator))


def end_accounts(found: RecordedChanges, world: World) -> None:
    by, administrator = world.users["security_admin"], world.users["system_admin"]
    filer, office = account_of(world, "filer:城管办"), account_of(world, "office")
    found.record("disable as office", lambda: operations.disable_account(office, by=world.users["office"]))
    found.record("disable one of two", lambda: operations.disable_account(filer, by=administrator))
    found.record("disable again", lambda: operations.disable_account(reloaded(filer), by=administrator))
    found.record("enable", lambda: operations.enable_account(reloaded(filer), by=administrator))
    found.record("enable again", lambda: operations.enable_account(reloaded(filer), by=administrator))
    held = Grant.get(Grant.account == filer)
    found.record("revoke a grant", lambda: grants.revoke_grant(held, reason="调离", by=by))
    found.record(
        "revoke as office", lambda: grants.revoke_grant(held, reason="调离", by=world.users["office"])
    )
    yesterday = MOMENT.date() - timedelta(days=1)
    for name, since in {
        "of today": MOMENT.date(),
        "of yesterday": yesterday,
        "of before": date(2026, 9, 12),
    }.items():
        given = grants.grant_role(office, Role.LEADER, leader=world.leader, by=by, since=since)
        found.record(f"revoke one {name}", partial(grants.revoke_grant, given, reason="调离", by=by))
    found.record("enable as office", lambda: operations.enable_account(office, by=world.users["office"]))
    found.record(
        "unlock an address as office", lambda: operations.unlock_address("10.0.0.1", by=world.users["office"])
    )


def repeat_steps(found: RecordedChanges, world: World) -> None:
    """Do again what was done, and to oneself what another has to do."""
    by, administrator = world.users["security_admin"], world.users["system_admin"]
    office, held = account_of(world, "office"), Grant.get(Grant.account == account_of(world, "filer:城管办"))
    found.record("revoke what was revoked", lambda: grants.revoke_grant(held, reason="调离", by=by))
    own = Grant.get(Grant.account == by.account_id)
    found.record("revoke one's own grant", lambda: grants.revoke_grant(own, reason="调离", by=by))
    account = account_of(world, "security_admin")
    found.record("reset one's own password", lambda: operations.reset_password(account, password=NEW, by=by))
    wrong: dict[str, Any] = {"seat": "填报员", "person": "新人", "password": PASSWORD, "phone": "a1"}
    found.record("add with no telephone", lambda: operations.add_account("new2", **wrong, by=administrator))
    first, last = MOMENT.date(), date(2026, 12, 31)
    grant = partial(grants.grant_role, office, Role.LEADER, leader=world.leader, by=by, since=first)
    grant(until=last)
    untils = {"as long": last, "longer": date(2027, 1, 1), "shorter": first, "for good": None}
    for name, until in untils.items():
        given = found.record(f"grant the same {name}", partial(grant, until=until))
    late = partial(grants.revoke_grant, given, reason="调离", by=by)
    found.record("revoke a grant from too far a day on", partial(late, since=date(2032, 1, 1)))
    found.record("revoke a grant from the last day on", partial(late, since=date(2031, 12, 31)))


def reloaded(account: Account) -> Account:
    return Account.get_by_id(account.id)


def delegate_seats(found: RecordedChanges, world: World) -> None:
    head, deputy, third = (account_of(world, who) for who in ("head", "filer:城管办", "filer:一居"))
    first, last = MOMENT.date(), MOMENT.date() + timedelta(days=2)
    given: dict[str, Any] = {"first": first, "last": last, "by": world.users["head"]}

    def delegate(principal: Account = head, to: Account = deputy, **changes: Any) -> Callable[[], Delegation]:
        return lambda: delegations.delegate_seat(principal, to, **given | changes)

    furthest = first + LONGEST_DELEGATION
    found.record("delegate", delegate())
    found.record("delegate the next days", delegate(first=last + timedelta(1), last=furthest, to=third))
    found.record("delegate on a day that is taken", delegate(first=last, last=last, to=third))
    found.record("delegate for too long", delegate(first=furthest, last=furthest + timedelta(1)))
    found.record("delegate yesterday", delegate(first=first - timedelta(1), last=first - timedelta(1)))
    found.record("delegate backwards", delegate(first=last, last=first))
    found.record("delegate to oneself", delegate(to=head))
    found.record("delegate for another", delegate(principal=third))
    own = {"principal": deputy, "to": third, "by": world.users["filer:城管办"]}
    found.record("delegate as deputy on these days", delegate(**own))
    after = {"first": last + timedelta(1), "last": last + timedelta(1)}
    found.record("delegate as deputy afterwards", delegate(**own | after))
    found.record("delegate to an administrator", delegate(to=account_of(world, "auditor"), **after))
    act_at_seats(found, world, head, deputy)


def act_at_seats(found: RecordedChanges, world: World, head: Account, deputy: Account) -> None:
    user = world.users["filer:城管办"]
    session = LoginSession.create(account=deputy, token_hash="t")
    other = LoginSession.create(account=head, token_hash="u")
    now_given, later_given = Delegation.select().where(Delegation.principal == head).order_by(Delegation.id)
    acting = user.acting_for(world.users["head"].person, world.users["head"].seat, world.users["head"].grants)

    def act(delegation: Delegation, by: Actor = user) -> Callable[[], None]:
        return lambda: delegations.act_as_deputy(session, Delegation.get_by_id(delegation.id), by=by)

    def end(by: Actor) -> Callable[[], None]:
        return lambda: delegations.end_delegation(Delegation.get_by_id(now_given.id), by=by)

    found.record("act", act(now_given))
    found.record("act before it begins", act(later_given, by=world.users["filer:一居"]))
    found.record("act for somebody unasked", act(now_given, by=world.users["filer"]))
    found.record("end it as the deputy", end(acting))
    own = {"first": MOMENT.date(), "last": MOMENT.date(), "by": acting}
    found.record("delegate while acting", lambda: delegations.delegate_seat(deputy, head, **own))
    found.record("return", lambda: delegations.return_to_own_seat(session, by=user))
    found.record("return in another's log-in", lambda: delegations.return_to_own_seat(other, by=user))
    found.record("act again", act(now_given))
    found.record("end a delegation", end(world.users["head"]))
    found.record("act after it ended", act(now_given))


def change_passwords(found: RecordedChanges, world: World) -> None:
    def change(**changes: Any) -> Callable[[], None]:
        given = {"old": PASSWORD, "new": NEW, "by": world.users["office"], "origin": HERE} | changes
        return lambda: operations.change_password(account_of(world, "office"), **given, settings=SETTINGS)

    with clock_stopped_at(MOMENT):
        found.record("change with a wrong password", change(old="wrong"))
        found.record("change to a short one", change(new="kurz"))
        found.record("change to the same", change(new=PASSWORD))
        found.record("change to a word of the house", change(new="Shilijiedao-2026"))
        found.record("change", change())
        found.record("change within a day", change(old=NEW, new=PASSWORD))
        head = account_of(world, "head")
        Account.update(disabled_at=MOMENT).where(Account.id == head.id).execute()
        given = {"password": PASSWORD, "by": world.users["head"], "origin": HERE, "settings": SETTINGS}
        mail = partial(operations.change_email, head, "b@example.gov.cn", **given)
        found.record("change the mail of a closed one", mail)
        own = {"by": world.users["office"], "origin": HERE, "settings": SETTINGS}
        change_mail = partial(operations.change_email, account_of(world, "office"), **own)
        found.record("change the mail", partial(change_mail, " c@example.gov.cn ", password=NEW))
        found.record(
            "change it with a wrong password", partial(change_mail, "d@example.gov.cn", password="wrong")
        )
        found.record("change it to no address", partial(change_mail, "a@b@c", password=NEW))
        found.record("take the mail away", partial(change_mail, " ", password=NEW))
    with clock_stopped_at(MOMENT + timedelta(days=1)):
        found.record("change after a day", change(old=NEW, new="Storch-Fenster-88"))
