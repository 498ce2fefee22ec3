"""How an event is sealed to the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

SEALED = (
    "at",
    "account_id",
    "person",
    "seat",
    "address",
    "action",
    "object_kind",
    "object_id",
    "summary",
    "reason",
    "detail",
    "previous_hash",
)


@dataclass(frozen=True)
class Actor:
    """Who acts, as it is written down: the seat's account and the person who sits there now."""

    account_id: int | None
    person: str
    seat: str
    address: str = ""


SYSTEM = Actor(None, "系统", "系统")


class Acting(Protocol):
    """Anyone who can be named as the doer of a deed."""

    @property
    def actor(self) -> Actor: ...


def seal(values: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hexadecimal, over every sealed value of an event in a canonical form."""
    canonical = {name: values[name] for name in SEALED}
    canonical["at"] = values["at"].isoformat()
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
