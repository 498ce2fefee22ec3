"""Upkeep of the file store: checking the files that are needed, deleting those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.filing.attachments import queries
from app.filing.attachments.models import Attachment
from app.uploads.rules import KEPT_AFTER_REMOVAL, SETTLED_AFTER
from app.uploads.store import FileStore


@dataclass(frozen=True)
class StoreFault:
    """A file that is missing or changed."""

    sha256: str
    sentence: str


def verify_store(store: FileStore) -> Iterator[StoreFault]:
    """Recompute the hash of every file that is needed; yield those that are missing or changed."""
    for sha256, name in queries.kept_files().items():
        try:
            is_sound = store.digest_of_stored(sha256) == sha256
        except FileNotFoundError:
            yield StoreFault(sha256, f"“{name}”不在存储里（{sha256}）。")
            continue
        if not is_sound:
            yield StoreFault(sha256, f"“{name}”的内容与上传时不同，被改动或已损坏（{sha256}）。")


def unknown_files(store: FileStore) -> list[str]:
    """Return the places of files that this database does not know. They are never deleted: they may belong to another
    database, or to a later state of this one.
    """
    known = queries.known_files()
    return [place for sha256, place in store.stored_places() if sha256 not in known]


def delete_unneeded(store: FileStore, *, by: Actor) -> int:
    """Delete removed files that nothing needs any more; return how many.

    Safe to call at any time, even if another database uses the same store: files that no attachment here names are left
    alone. Raises NotAllowed.
    """
    require(by, Action.SWEEP_ATTACHMENTS)
    store.delete_unfinished(before=now() - SETTLED_AFTER)
    unneeded = [sha256 for sha256 in queries.unneeded_files() if is_settled_file(store, sha256)]
    return delete_files(store, unneeded, by=by) if unneeded else 0


def is_settled_file(store: FileStore, sha256: str) -> bool:
    """Return whether a file is missing, or was neither written nor attached again recently."""
    try:
        return store.written_at(sha256) < now() - KEPT_AFTER_REMOVAL
    except FileNotFoundError:
        return True


@transaction
def delete_files(store: FileStore, unneeded: Sequence[str], *, by: Actor) -> int:
    """Delete files after a last check; return how many there were.

    An upload of the same content may rely on the file being there. Recording comes first and takes the write lock, so
    that such an upload is either seen here, or finds the file gone and writes it again.
    """
    detail = {"sha256": list(unneeded)}
    record_event(
        Action.SWEEP_ATTACHMENTS, by=by, summary=f"清理不再需要的文件 {len(unneeded)} 个", detail=detail
    )
    still_unneeded = set(queries.unneeded_files()) & set(unneeded)
    gone = Attachment.sha256.in_(still_unneeded) & Attachment.swept_at.is_null()
    Attachment.update(swept_at=now()).where(gone).execute()
    present = [sha256 for sha256 in still_unneeded if store.holds_file(sha256)]
    for sha256 in present:
        store.delete_file(sha256)
    return len(present)
