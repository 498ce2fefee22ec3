"""How long a statement may run while somebody waits for a page. Commands and the worker have no such limit."""

from __future__ import annotations

from math import inf
from threading import local
from time import monotonic

# Between two looks at the clock SQLite does about a millisecond's work; looking costs under a thousandth of that.
INSTRUCTIONS_BETWEEN_LOOKS = 100_000


class StatementClock(local):
    """When the statement that a thread runs must end, on the monotonic clock."""

    seconds: float | None = None
    ends_at: float = inf

    def start(self) -> None:
        """Begin to count for a statement."""
        self.ends_at = inf if self.seconds is None else monotonic() + self.seconds

    def has_run_out(self) -> bool:
        """Return whether the statement has run for too long."""
        return monotonic() > self.ends_at


def is_cut_off(error: BaseException | None) -> bool:
    """Return whether a statement was ended because it ran too long, on either database."""
    if error is None:
        return False
    is_interrupted = getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
    is_canceled = getattr(error, "sqlstate", "") == "57014"
    return is_interrupted or is_canceled or is_cut_off(error.__context__)
