"""How long failed log-ins make one wait. How long a log-in lasts, the settings say.

Failures are counted by the name that was tried and by the address that tried it:

- A name: three failures are free, then each doubles the wait, from a second up to a quarter of an hour. Counted apart
  are each browser and each address from which that account has logged in before, and all the rest of the world: what
  others do elsewhere makes nobody wait who sits where he always sits.
- An address, for names that never logged in from there: twenty failures are free, then the wait doubles; at thirty the
  address is locked for half an hour. A log-in that succeeds takes that name's failures at the address back, so an
  office that shares one address pays only for failures that were never put right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class LoginOrigin:
    """Where a log-in comes from: the visitor's address, and the secret by which a browser is known again, if any."""

    address: str
    browser: str = ""


@dataclass(frozen=True)
class FailureCount:
    """Failures that count together, and when the last of them was."""

    failures: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True)
class DelayRule:
    """How long failures make one wait.

    Attributes:
        free: how many cost nothing.
        longest: what the wait, which doubles from a second on, never exceeds.
        memory: how long after the last one they are forgotten.
    """

    free: int
    longest: timedelta
    memory: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Return for how long nothing is tried after so many failures."""
        if failures <= self.free:
            return timedelta(0)
        doublings, longest = failures - self.free - 1, self.longest // timedelta(seconds=1)
        return self.longest if doublings >= longest.bit_length() else timedelta(seconds=2**doublings)

    def wait_at(self, count: FailureCount, moment: datetime) -> timedelta:
        """Return how much of the wait is left at a moment."""
        if count.last_at is None or moment - count.last_at >= self.memory:
            return timedelta(0)
        return max(timedelta(0), count.last_at + self.wait_after(count.failures) - moment)

    def reaches_longest(self, failures: int) -> bool:
        """Return whether this failure is the first after which the wait is the longest."""
        return self.wait_after(failures) == self.longest > self.wait_after(failures - 1)


NAME_DELAY = DelayRule(free=3, longest=timedelta(minutes=15), memory=timedelta(days=1))
ADDRESS_DELAY = DelayRule(free=20, longest=timedelta(minutes=15), memory=timedelta(minutes=30))
ADDRESS_LOCKED_AFTER = 30
ADDRESS_LOCKED_FOR = timedelta(minutes=30)


def is_recorded(failures: int) -> bool:
    """Return whether the log names this failure: the 1st, 2nd, 4th, 8th …, so that guessing cannot fill it."""
    return failures.bit_count() == 1
