"""The one source of the present moment.

Times are stored as naive China Standard Time (UTC+8, no daylight saving since 1991), the only time the
sub-district lives in: see docs/decisions/2026-11-24-time.md.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment in China Standard Time, without a zone mark."""
    return datetime.now(ZONE).replace(tzinfo=None)


def today() -> date:
    """Return the present calendar day in China."""
    return now().date()
