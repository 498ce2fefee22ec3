"""The time limit of a page's statements, and recognising a lock that was waited for in vain.

Commands and the worker have no time limit; the wait for locks is the same for all.
"""

from __future__ import annotations

from math import inf
from threading import local
from time import monotonic

# Between two looks at the clock SQLite does about a millisecond's work; looking costs under a thousandth of that.
INSTRUCTIONS_BETWEEN_LOOKS = 100_000


class StatementClock(local):
    """When the present statement of a thread must end, on the monotonic clock."""

    seconds: float | None = None
    ends_at: float = inf

    def start_statement(self) -> None:
        self.ends_at = inf if self.seconds is None else monotonic() + self.seconds

    def has_run_out(self) -> bool:
        return monotonic() > self.ends_at


def is_cut_off(error: BaseException | None) -> bool:
    """Return whether a statement was interrupted because it ran too long, on either database."""
    if error is None:
        return False
    is_interrupted = getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
    is_canceled = getattr(error, "sqlstate", "") == "57014"
    return is_interrupted or is_canceled or is_cut_off(error.__context__)


def is_lock_failure(error: BaseException | None) -> bool:
    """Return whether the database was locked for longer than the wait, or two processes waited for each other."""
    if error is None:
        return False
    is_busy = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    is_unavailable = getattr(error, "sqlstate", "") in ("55P03", "40P01")
    return is_busy or is_unavailable or is_lock_failure(error.__context__)
