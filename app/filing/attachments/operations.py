"""Adding, downloading and removing attachments.

They do not raise the version of the filing: a colleague's photograph must not make the text that somebody is writing
stale. The row of the filing is locked instead, so that it cannot be submitted at the same moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition, NotFound
from app.filing.attachments import queries
from app.filing.attachments.models import Attachment, AttachmentOwner
from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import refuse_unless_open as refuse_contribution_unless_open
from app.filing.contributions.queries import contribution_as_stored
from app.filing.core import queries as filings
from app.filing.core.life_cycle import can_happen
from app.filing.core.models import Filing
from app.uploads.inspection import NOTHING_KEPT, ExaminedFile, SentFile, examine_each
from app.uploads.rules import FileQuota, shortened_name
from app.uploads.store import FileStore

WRITING = {Filing: Action.WRITE_FILING, Contribution: Action.WRITE_CONTRIBUTION}
GONE = "这个文件已经移除，或者不存在。请刷新页面看现有的文件。"


@dataclass(frozen=True)
class AddedFiles:
    """The files that were attached, and why each of the others was not."""

    kept: list[Attachment]
    problems: tuple[str, ...] = ()


def add_attachments(
    owner: AttachmentOwner,
    uploads: Sequence[SentFile],
    *,
    by: Actor,
    quota: FileQuota,
    store: FileStore,
) -> AddedFiles:
    """Attach to a filing or a contribution those files that can be accepted.

    The files are stored before their rows are written. Raises NotAllowed, IllegalTransition, BadInput with a problem
    for every file if none can be accepted or they are too many, OSError if the store fails.
    """
    require(by, WRITING[type(owner)], owner)
    refuse_unless_open(owner)
    if not uploads:
        raise BadInput("没有选择文件。请先选择要上传的文件。")
    found = fitting_files(owner, *examine_each(uploads, quota), quota)
    for file in found.new:
        store.put_file(file.file, file.sha256)
    return record_attachments(owner, found, by=by, quota=quota, store=store)


@dataclass(frozen=True)
class FittingFiles:
    """The files that can be attached, and why each of the others cannot."""

    new: list[ExaminedFile]
    problems: tuple[str, ...]


@transaction
def record_attachments(
    owner: AttachmentOwner, found: FittingFiles, *, by: Actor, quota: FileQuota, store: FileStore
) -> AddedFiles:
    """Write the rows of the stored files, unless something has changed meanwhile."""
    refuse_unless_open(lock_owner(owner))
    left = fitting_files(owner, found.new, found.problems, quota)
    kept = [record_attachment(owner, file, by=by) for file in left.new]
    for file in left.new:
        # Recording put us in line with the sweep, which may just have taken an old file of the same content.
        store.put_file(file.file, file.sha256)
    return AddedFiles(kept, left.problems)


def record_attachment(owner: AttachmentOwner, file: ExaminedFile, *, by: Actor) -> Attachment:
    attachment = Attachment.create(
        filing=owner if isinstance(owner, Filing) else None,
        contribution=owner if isinstance(owner, Contribution) else None,
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        uploaded_by=by.person,
    )
    record_file_event(EventKind.ATTACH_FILE, attachment, by=by)
    return attachment


@transaction
def remove_attachment(attachment: Attachment, *, by: Actor) -> None:
    """Remove a file. Raises NotAllowed, IllegalTransition, NotFound if it is removed already."""
    require(by, WRITING[type(attachment.owner)], attachment)
    refuse_unless_open(lock_owner(attachment.owner))
    present = (Attachment.id == attachment.id) & Attachment.removed_at.is_null()
    if not Attachment.update(removed_at=now(), removed_by=by.person).where(present).execute():
        raise NotFound(GONE)
    record_file_event(EventKind.REMOVE_ATTACHMENT, attachment, by=by)


@transaction
def open_attachment(attachment: Attachment, *, by: Actor, store: FileStore) -> IO[bytes]:
    """Open a file for download and record who took it. Raises NotAllowed, NotFound."""
    require(by, Action.READ_ATTACHMENT, attachment)
    record_file_event(EventKind.DOWNLOAD_ATTACHMENT, attachment, by=by)
    return store.open_kept(attachment.sha256)


def fitting_files(
    owner: AttachmentOwner, examined: Sequence[ExaminedFile], problems: tuple[str, ...], quota: FileQuota
) -> FittingFiles:
    """Return the files that are not attached yet. Raises BadInput if there are none, or if they exceed the limits of
    the filing or contribution.
    """
    stored = queries.stored_attachments_of(owner)
    present = [attachment for attachment in stored if attachment.removed_at is None]
    names = {attachment.sha256: attachment.name for attachment in present}
    new, repeated = [], []
    for file in examined:
        if file.sha256 in names:
            repeated.append(
                f"“{shortened_name(file.name)}”：与“{shortened_name(names[file.sha256])}”内容相同，不必再传。"
            )
        else:
            names[file.sha256] = file.name
            new.append(file)
    attached = {attachment.sha256: attachment.size for attachment in present}
    attached |= {file.sha256: file.size for file in new}
    removed = {file.sha256: file.size for file in stored if file.sha256 not in attached}
    excess = quota.excess_problem(attached=[*attached.values()], removed=[*removed.values()]) if new else ""
    if excess or not new:
        raise BadInput(NOTHING_KEPT, (*problems, *repeated, *filter(None, [excess])))
    return FittingFiles(new, (*problems, *repeated))


def lock_owner(owner: AttachmentOwner) -> AttachmentOwner:
    """Return a filing or contribution as it is stored now, locked until the transaction ends; on SQLite the transaction
    itself holds the write lock.
    """
    model = type(owner)
    row = model.select().where(model.id == owner.id)
    if model._meta.database.for_update:
        row = row.for_update()
    locked: AttachmentOwner = row.get()
    return contribution_as_stored(locked) if isinstance(locked, Contribution) else locked


def refuse_unless_open(owner: AttachmentOwner) -> None:
    if isinstance(owner, Contribution):
        refuse_contribution_unless_open(owner, Action.WRITE_CONTRIBUTION)
        return
    if filings.is_filing_locked(owner):
        raise IllegalTransition(owner.period.lock_sentence("增减佐证材料"))
    if not can_happen(Action.WRITE_FILING, owner.state):
        raise IllegalTransition(f"这份填报现在是“{owner.state.label}”，不能增减佐证材料。")


def record_file_event(action: EventKind, attachment: Attachment, *, by: Actor) -> None:
    owner = attachment.owner
    place = f"{owner.department.short_name}：{owner.measure.title}（{owner.period.quarter.code}）"
    detail = {type(owner).__name__.lower(): owner.id, "sha256": attachment.sha256, "bytes": attachment.size}
    record_event(
        action, attachment, by=by, summary=f"{shortened_name(attachment.name)}，{place}", detail=detail
    )
