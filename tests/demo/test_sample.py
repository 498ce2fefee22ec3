"""The first run: the sample year is there, varied, and a second start changes nothing."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from flask import Flask

from app.access.passwords import matches
from app.access.queries import account_named
from app.audit.queries import verify
from app.demo.operations import load_sample
from app.filing.models import Filing, IndicatorValue
from app.filing.rules import FilingState
from app.periods.queries import period_of
from app.plan.models import Milestone
from app.plan.rules import AssignmentRole


def test_the_sample_year_is_varied_and_loaded_only_once(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "demo" / "accounts.csv"
    assert load_sample(file)
    third = period_of("2026Q3")
    leading = list(Filing.select().where((Filing.period == third) & (Filing.role == AssignmentRole.LEAD)))
    states = Counter(filing.state for filing in leading)
    assert len(leading) == 45
    assert all(states[state] for state in FilingState)
    assert any(f.submitted_at and f.submitted_at.date() > third.department_due for f in leading)
    assert not third.is_closed
    assert period_of("2026Q2").is_closed
    assert IndicatorValue.select().where(IndicatorValue.filing.in_(leading)).count() == 42
    assert Milestone.select().count() == 83
    assert verify() is None
    written = file.read_bytes()
    assert not load_sample(file)
    assert file.read_bytes() == written


def test_every_sample_account_opens_with_its_written_password(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    load_sample(file)
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert list(rows[0]) == ["role", "username", "password", "department"]
    for row in rows:
        account = account_named(row["username"])
        assert account is not None
        assert matches(row["password"], account.password_hash)
    assert file.stat().st_mode & 0o077 == 0
