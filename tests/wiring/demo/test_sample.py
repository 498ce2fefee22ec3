"""The first run: the sample year is there, varied, and a second start changes nothing."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.access.models import Account, Grant
from app.access.passwords.hashes import password_matches
from app.access.queries import account_named
from app.audit.models import Event
from app.audit.queries import verify_chain
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput, NotAllowed
from app.directives.core.models import Directive
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing, IndicatorValue
from app.notices.models import Notice
from app.org.models import Department, Issuer, Leader
from app.periods.queries import period_by_code
from app.plan.core.models import Milestone
from app.wiring.demo.operations import (
    SAMPLE_FOLDER,
    load_plan_and_quarters,
    load_sample,
    renew_passwords,
    restore_accounts_file,
)
from app.wiring.demo.sample_accounts import AccountsFile, create_accounts
from app.wiring.demo.sample_directives import SAMPLE_DIRECTIVES
from tests.world import THRESHOLDS, World


def test_the_sample_year_is_varied_and_loaded_only_once(app: Flask, tmp_path: Path) -> None:
    accounts = AccountsFile(tmp_path / "demo" / "accounts.csv")
    assert load_sample(accounts, THRESHOLDS, by=SAMPLE_LOADER)
    assert {grant.valid_from for grant in Grant.select()} == {date(2026, 1, 1)}
    opened = [event.at for event in Event.select().where(Event.action == "open_period").order_by(Event.id)]
    assert opened == [datetime(2026, month, 20, 10, 30) for month in (3, 6, 9)]
    third = period_by_code("2026Q3")
    leading = list(Filing.select().where(Filing.period == third))
    states = Counter(filing.state for filing in leading)
    assert len(leading) == 45
    assert all(states[state] for state in FilingState)
    assert any(f.submitted_at and f.submitted_at.date() > third.department_due for f in leading)
    assert not third.is_closed
    second = period_by_code("2026Q2")
    assert second.is_closed
    of_the_past = (Notice.created_at <= second.closed_at) & Notice.read_at.is_null()
    assert not Notice.select().where(of_the_past).exists()
    assert IndicatorValue.select().where(IndicatorValue.filing.in_(leading)).count() == 42
    assert Milestone.select().count() == 83
    assert Directive.select().count() == len(SAMPLE_DIRECTIVES) > 0
    for table, model in (("organisation", Department), ("leaders", Leader), ("issuers", Issuer)):
        with (SAMPLE_FOLDER / f"2026-{table}.csv").open(encoding="utf-8-sig") as file:
            assert model.select().count() == sum(1 for _ in csv.DictReader(file)) > 0
    assert verify_chain() is None
    written = accounts.path.read_bytes()
    assert not load_sample(accounts, THRESHOLDS, by=SAMPLE_LOADER)
    assert accounts.path.read_bytes() == written


def test_every_sample_account_opens_with_its_written_password_whenever_the_start_was_killed(
    app: Flask, tmp_path: Path
) -> None:
    accounts = AccountsFile(tmp_path / "demo" / "accounts.csv")
    accounts.write_temporary([("of a start", "that was killed", "before it committed", "")])
    load_plan_and_quarters(accounts, THRESHOLDS, by=SAMPLE_LOADER)  # and killed as soon as this was committed
    assert not accounts.path.exists()
    assert not load_sample(accounts, THRESHOLDS, by=SAMPLE_LOADER)
    first = opening_accounts(accounts)
    assert len(first) == Account.select().where(Account.is_sample).count() > 50
    assert [path.name for path in accounts.path.parent.iterdir()] == ["accounts.csv"]
    accounts.path.unlink()
    renew_passwords(accounts, by=SAMPLE_LOADER)  # and killed again
    assert not load_sample(accounts, THRESHOLDS, by=SAMPLE_LOADER)
    assert opening_accounts(accounts).keys() == first.keys()
    assert not set(opening_accounts(accounts).values()) & set(first.values())


def test_what_somebody_else_filled_is_left_alone(world: World, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="示例数据不会载入"):
        load_sample(AccountsFile(tmp_path / "accounts.csv"), THRESHOLDS, by=SAMPLE_LOADER)
    with pytest.raises(NotAllowed):
        renew_passwords(AccountsFile(tmp_path / "accounts.csv"), by=world.users["system_admin"])


def test_a_password_that_somebody_changed_stays(app: Flask, tmp_path: Path) -> None:
    accounts = AccountsFile(tmp_path / "accounts.csv")
    create_accounts(since=date(2026, 1, 1), by=SAMPLE_LOADER)
    accounts.write_temporary([])
    accounts.put_in_place()
    account = account_named("office")
    before = account.password_hash
    restore_accounts_file(accounts, by=SAMPLE_LOADER)
    assert account_named("office").password_hash == before


def opening_accounts(accounts: AccountsFile) -> dict[str, str]:
    """Return user names and passwords of the table, having tried each."""
    with accounts.path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert list(rows[0]) == ["role", "username", "password", "department"]
    for row in rows:
        account = account_named(row["username"])
        assert account is not None
        assert password_matches(row["password"], account.password_hash)
        assert not account.must_change_password
    assert accounts.path.stat().st_mode & 0o077 == 0
    return {row["username"]: row["password"] for row in rows}
