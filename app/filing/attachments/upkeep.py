"""Keeping the store in order: nothing that is needed is missing or spoilt, nothing that is not needed stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.audit.operations import record
from app.audit.rules import SYSTEM, Actor
from app.clock import now
from app.db import transaction
from app.filing.attachments import queries
from app.filing.attachments.rules import SETTLED_AFTER
from app.filing.attachments.store import Store


@dataclass(frozen=True)
class Fault:
    """A file that is not as it was uploaded."""

    sha256: str
    sentence: str


def verify(store: Store) -> Iterator[Fault]:
    """Recompute the hash of every file that must be there; yield those that are missing or were changed."""
    for sha256, name in queries.kept_files().items():
        try:
            is_sound = store.digest(sha256) == sha256
        except FileNotFoundError:
            yield Fault(sha256, f"“{name}”不在存储里（{sha256}）。")
            continue
        if not is_sound:
            yield Fault(sha256, f"“{name}”的内容与上传时不同，被改动或已损坏（{sha256}）。")


def sweep(store: Store, *, by: Actor = SYSTEM) -> int:
    """Delete the files that no attachment needs; return how many. Safe to be called at any time."""
    settled = now() - SETTLED_AFTER
    store.drop_unfinished(before=settled)
    needed = queries.kept_files()
    unneeded = [name for name in store.names() if name not in needed and store.written_at(name) < settled]
    return drop(store, unneeded, by=by) if unneeded else 0


@transaction
def drop(store: Store, unneeded: Sequence[str], *, by: Actor) -> int:
    """Delete files that nobody needs, after a last look.

    An upload of the same content may have found its file in the store and not written it again. Recording comes
    first: it puts us in line, so that such an upload is either seen here or finds its file gone and writes it.
    """
    detail = {"sha256": list(unneeded)}
    record("sweep_attachments", by=by, summary=f"清理不再需要的文件 {len(unneeded)} 个", detail=detail)
    needed = queries.kept_files()
    dropped = [name for name in unneeded if name not in needed]
    for name in dropped:
        store.drop(name)
    return len(dropped)
