"""Password hashes: argon2id with the parameters of OWASP's cheat sheet (m = 19 MiB, t = 2, p = 1)."""

from __future__ import annotations

import secrets
import string

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Checking a password against this hash costs an unknown user name the same time as a known one.
NOBODYS_HASH = HASHER.hash(secrets.token_hex(16))

GENERATED_LENGTH = 16
UNMISTAKABLE = "".join(set(string.ascii_letters + string.digits) - set("Il1O0o"))


def hash_password(password: str) -> str:
    """Return the hash to be stored."""
    return HASHER.hash(password)


def matches(password: str, password_hash: str) -> bool:
    """Return whether `password` is the one behind `password_hash`."""
    try:
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
