"""Password hashes: argon2id with the parameters of OWASP's cheat sheet (m = 19 MiB, t = 2, p = 1)."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.base.errors import TooManyRequests

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Checking a password against this hash, of a word that was thrown away, costs an unknown user name the same time as a
# known one. To make one at each start would take a twentieth of it.
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$MadyHVR/W6TSu585TxBGxw$QpCg1eZRoY+t+6AnxusDfV5r5VlUQgYhQCTHHlAMonQ"
)

# A process hashes so many passwords at once, and nobody waits longer for his turn: log-ins must not eat up the
# processors and threads on which everybody else's pages depend.
HASHED_AT_ONCE = 2
LONGEST_QUEUE = timedelta(seconds=2)
turns = BoundedSemaphore(HASHED_AT_ONCE)

GENERATED_LENGTH = 16
UNMISTAKABLE = "".join(set(string.ascii_letters + string.digits) - set("Il1O0o"))


class HashingBusy(TooManyRequests):
    """More passwords are being hashed than this process admits at once."""

    def __init__(self) -> None:
        super().__init__("此刻登录的人较多，请过几秒再试一次。", wait=timedelta(seconds=5))


@contextmanager
def taking_turn() -> Iterator[None]:
    """Run the block once there is a free place for hashing. Raises HashingBusy."""
    if not turns.acquire(timeout=LONGEST_QUEUE.total_seconds()):
        raise HashingBusy
    try:
        yield
    finally:
        turns.release()


def hash_password(password: str) -> str:
    """Return the hash to be stored. Raises HashingBusy."""
    with taking_turn():
        return HASHER.hash(password)


def password_matches(password: str, password_hash: str) -> bool:
    """Raises HashingBusy."""
    try:
        with taking_turn():
            return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def generate_password() -> str:
    """Return a random password that satisfies the rules and can be read aloud."""
    while True:
        word = "".join(secrets.choice(UNMISTAKABLE) for _ in range(GENERATED_LENGTH))
        if (
            any(c.islower() for c in word)
            and any(c.isupper() for c in word)
            and any(c.isdigit() for c in word)
        ):
            return word
