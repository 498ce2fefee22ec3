"""Who is shown as present on the page of a filing, and how often presence is recorded: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.authority.policy import Action
from app.base.labels import LabelledEnum, LabelTone
from app.filing.core.life_cycle import FilingState, can_happen

# A page asks every 25 seconds: one answer that gets lost takes nobody away.
SHOWN_FOR = timedelta(minutes=1)
NOTED_EVERY = timedelta(seconds=20)
# While one of its department may still change its words, or sign them.
WATCHED_STATES = frozenset({FilingState.DRAFT, FilingState.RETURNED, FilingState.SUBMITTED})


class PresenceKind(LabelledEnum):
    """What a person does on the page of a filing."""

    WRITING = "writing", "正在填写", LabelTone.ATTENTION
    OPEN = "open", "也打开着这一页", LabelTone.WAITING


@dataclass(frozen=True)
class PresentPerson:
    account_id: int
    person: str
    seat: str
    kind: PresenceKind

    @property
    def words(self) -> str:
        return f"{self.person}（{self.seat}）{self.kind.label}"


@dataclass(frozen=True)
class OthersPresent:
    """The other persons on a page. `key` tells whether the page shows them already."""

    people: Sequence[PresentPerson] = ()

    @property
    def key(self) -> str:
        return " ".join(f"{one.account_id}:{one.kind.value}" for one in self.people)

    @property
    def words(self) -> str:
        return "，".join(one.words for one in self.people)


def presence_kind(
    seen_at: datetime, wrote_at: datetime | None, moment: datetime, *, state: FilingState
) -> PresenceKind | None:
    """Return what a person does who was seen and last saved at these times; None if that is too long ago.

    `state` is the filing's present state: one that was just submitted is not being written.
    """
    if seen_at <= moment - SHOWN_FOR:
        return None
    can_write = can_happen(Action.WRITE_FILING, state)
    is_writing = can_write and wrote_at is not None and wrote_at > moment - SHOWN_FOR
    return PresenceKind.WRITING if is_writing else PresenceKind.OPEN


def is_note_due(seen_at: datetime, wrote_at: datetime | None, moment: datetime, *, writes: bool) -> bool:
    """Return whether the presence has to be recorded again, or now because the person `writes`."""
    noted_at = wrote_at if writes else seen_at
    return noted_at is None or noted_at <= moment - NOTED_EVERY
