"""Counts requests from a process of its own: ``python -m tests.base.count_from_process URL TIMES``."""

from __future__ import annotations

import sys
from datetime import timedelta

from app.base.database import database, open_database
from app.base.errors import TooManyRequests
from app.base.rate_limits import RateLimit, count_request

SHARED = RateLimit("shared", "试验", 10, timedelta(hours=1))


def main(url: str, times: int) -> int:
    """Return how many requests were let through."""
    open_database(url)
    passed = 0
    with database.connection_context():
        for _ in range(times):
            try:
                count_request(SHARED, 1)
            except TooManyRequests:
                continue
            passed += 1
    return passed


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1], int(sys.argv[2]))))
