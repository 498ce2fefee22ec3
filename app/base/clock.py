"""The one source of the present moment.

Times are stored as naive China Standard Time (UTC+8, no daylight saving since 1991), the only time the
sub-district lives in: see docs/decisions/times-are-china-standard-time.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_stopped_at: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """Return the present moment in China Standard Time, without a zone mark."""
    return _stopped_at.get() or datetime.now(ZONE).replace(tzinfo=None)


def from_utc(moment: datetime) -> datetime:
    """Return a moment that was given in UTC, with or without a zone mark, in China Standard Time."""
    return moment.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None)


def today() -> date:
    return now().date()


@contextmanager
def clock_stopped_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still inside the block: for tests, and for sample data that has a history."""
    token = _stopped_at.set(moment)
    try:
        yield
    finally:
        _stopped_at.reset(token)
