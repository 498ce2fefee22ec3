"""Limits that all processes share: so many and not one more, a time to wait, and a table that stays small."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.base import rate_limits
from app.base.database import database
from app.base.errors import TooManyRequests
from app.base.rate_limits import (
    RateBucket,
    RateLimit,
    address_subject,
    check_limit,
    count_request,
    duration_text,
    emptied_at,
)
from app.base.settings.settings import ROOT
from tests.clients import browser, count_queries
from tests.databases import on_both

LIMIT = RateLimit("documents", "汇编公文", 6, timedelta(minutes=10))
NINE = datetime(2026, 10, 9, 9)
PROCESSES = 2


def count_at(moment: datetime, times: int = 1, subject: object = 7) -> None:
    for _ in range(times):
        count_request(LIMIT, subject, moment=moment)


def counted_at(moment: datetime, subject: object = 7) -> int:
    return round((emptied_at(LIMIT, subject, moment) - moment) / LIMIT.request_interval)


@on_both
def test_so_many_pass_and_the_next_hears_how_long_to_wait(app: Flask) -> None:
    count_at(NINE, 6)
    with pytest.raises(TooManyRequests) as refused:
        count_at(NINE + timedelta(seconds=40))
    assert refused.value.wait == timedelta(seconds=60)
    assert "汇编公文太频繁（每 10 分钟最多 6 次）" in refused.value.sentence
    assert "请过 1 分钟再试" in refused.value.sentence


@on_both
def test_after_the_wait_one_more_passes_and_after_the_period_all(app: Flask) -> None:
    count_at(NINE, 6)
    count_at(NINE + timedelta(seconds=100))
    with pytest.raises(TooManyRequests):
        count_at(NINE + timedelta(seconds=199))
    count_at(NINE + timedelta(hours=1), 6)


@on_both
def test_a_refused_request_is_not_counted_and_writes_nothing(app: Flask) -> None:
    count_at(NINE, 6)
    with count_queries() as statements:
        for _ in range(20):
            with pytest.raises(TooManyRequests):
                count_at(NINE)
    assert {statement.split()[0] for statement in statements} == {"SELECT"}
    assert counted_at(NINE) == 6


def test_subjects_and_limits_are_counted_apart(app: Flask) -> None:
    count_at(NINE, 6)
    count_at(NINE, 6, subject=8)
    count_request(RateLimit("uploads", "上传", 1, timedelta(minutes=1)), 7, moment=NINE)
    with pytest.raises(TooManyRequests):
        check_limit(LIMIT, 7, moment=NINE)


@on_both
def test_the_table_forgets_and_never_grows_beyond_its_bound(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "MOST_BUCKETS", 5)
    for number in range(20):
        count_at(NINE + timedelta(seconds=number), subject=number)
    assert RateBucket.select().count() == 5
    assert counted_at(NINE + timedelta(seconds=19), 19) == 1
    count_at(NINE + timedelta(hours=1))
    assert RateBucket.select().count() == 1


@on_both
def test_two_processes_let_no_more_through_than_one(app: Flask, database_url: str) -> None:
    command = [sys.executable, "-m", "tests.base.count_from_process", database_url, "20"]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) == 10


def test_the_refusal_is_answered_429_with_its_wait(own_pages: None, app: Flask) -> None:
    @app.get("/limited")
    def limited() -> str:
        count_at(NINE, 7)
        return ""

    answer = browser(app).get("/limited")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "100")
    assert "请过 2 分钟再试" in answer.text


def test_a_count_that_is_taken_back_was_none(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), database.atomic():
        count_at(NINE)
        raise ZeroDivisionError
    assert counted_at(NINE) == 0


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("", "unknown"),
        ("no address", "unknown"),
    ],
)
def test_a_network_of_ipv6_is_one_visitor(address: str, subject: str) -> None:
    assert address_subject(address) == subject


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, " 1 秒"), (59, " 59 秒"), (61, " 2 分钟"), (3600, " 1 小时"), (7201, " 3 小时")],
)
def test_a_wait_is_never_announced_shorter_than_it_is(seconds: float, text: str) -> None:
    assert duration_text(timedelta(seconds=seconds)) == text


def test_the_first_request_costs_as_many_queries_as_any_other(app: Flask) -> None:
    costs = []
    for subject in (1, 1, 2):
        with count_queries() as statements:
            count_at(NINE, subject=subject)
        costs.append(len(statements))
    assert len(set(costs)) == 1 and costs[0] <= 6
