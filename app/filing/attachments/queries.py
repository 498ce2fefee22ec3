"""Reading attachments with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from peewee import Expression, fn

from app.authority.policy import Action
from app.base.clock import now
from app.filing.attachments.models import Attachment, AttachmentOwner
from app.filing.contributions.models import Contribution, ContributionRevision
from app.filing.contributions.queries import find_contribution
from app.filing.contributions.rules import ContributionState
from app.filing.core.models import FilingRevision
from app.filing.core.queries import find_filing
from app.filing.core.signals import evidence_names_asked
from app.uploads.rules import KEPT_AFTER_REMOVAL
from app.uploads.signals import stored_files_asked


def find_attachment(attachment_id: int) -> Attachment | None:
    """Return an attachment that is not removed, with its filing or contribution."""
    attachment = Attachment.get_or_none((Attachment.id == attachment_id) & Attachment.removed_at.is_null())
    if attachment is None:
        return None
    if attachment.contribution_id is not None:
        attachment.contribution = find_contribution(attachment.contribution_id)
    else:
        attachment.filing = find_filing(cast(int, attachment.filing_id))
    return attachment


def attachments_of(owner: AttachmentOwner) -> list[Attachment]:
    """Return the present attachments of a filing or a contribution, oldest first."""
    present = belongs_to(owner) & Attachment.removed_at.is_null()
    rows = list(Attachment.select().where(present).order_by(Attachment.id))
    for row in rows:
        setattr(row, "contribution" if isinstance(owner, Contribution) else "filing", owner)
    return rows


@evidence_names_asked.connect
def name_evidence(_sender: object, *, filing_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    return attachment_names_among(filing_ids)


def attachment_names_among(filing_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the present attachments by filing id, oldest first: one query for all."""
    present = Attachment.filing.in_(list(filing_ids)) & Attachment.removed_at.is_null()
    query = Attachment.select(Attachment.filing, Attachment.name).where(present).order_by(Attachment.id)
    found: dict[int, list[str]] = {}
    for row in query:
        found.setdefault(cast(int, row.filing_id), []).append(row.name)
    return {filing_id: tuple(names) for filing_id, names in found.items()}


def stored_attachments_of(owner: AttachmentOwner) -> list[Attachment]:
    """Return the attachments whose files take room in the store, removed ones included until they are swept."""
    takes_room = belongs_to(owner) & Attachment.swept_at.is_null()
    return list(Attachment.select().where(takes_room).order_by(Attachment.id))


def belongs_to(owner: AttachmentOwner) -> Expression:
    column = Attachment.contribution if isinstance(owner, Contribution) else Attachment.filing
    condition: Expression = column == owner.id
    return condition


def kept_files() -> dict[str, str]:
    """Return the files that must be in the store: a name by hash."""
    rows = Attachment.select(Attachment.sha256, Attachment.name).where(is_kept())
    return {row.sha256: row.name for row in rows.order_by(Attachment.id)} | files_kept_by_others()


def files_kept_by_others() -> dict[str, str]:
    """Return the files that other features need in the store: a name by hash."""
    answers = (answer for _, answer in stored_files_asked.send())
    return {sha256: name for answer in answers for sha256, name in answer.items()}


def known_files() -> set[str]:
    """Return the hashes of all files that were ever attached."""
    return {row.sha256 for row in Attachment.select(Attachment.sha256).distinct()} | set(
        files_kept_by_others()
    )


def unneeded_files() -> list[str]:
    """Return the hashes of removed files that no attachment needs and that are not swept yet."""
    other = Attachment.alias()
    needed = other.select(other.sha256).where(is_kept(other))
    to_sweep = ~is_kept(Attachment) & Attachment.swept_at.is_null() & Attachment.sha256.not_in(needed)
    rows = Attachment.select(Attachment.sha256).where(to_sweep).distinct()
    kept = files_kept_by_others()
    return [row.sha256 for row in rows.order_by(Attachment.sha256) if row.sha256 not in kept]


def is_kept(attachment: Any = Attachment) -> Expression:
    """Return the condition that an attachment's file is kept: it is attached, was removed recently, or was submitted
    once.
    """
    handed_in = FilingRevision.select().where(
        (FilingRevision.filing == attachment.filing)
        & (FilingRevision.action != Action.WRITE_FILING)
        & FilingRevision.at.between(attachment.uploaded_at, attachment.removed_at)
    )
    contributed = ContributionRevision.select().where(
        (ContributionRevision.contribution == attachment.contribution)
        & (ContributionRevision.state == ContributionState.WRITTEN)
        & ContributionRevision.at.between(attachment.uploaded_at, attachment.removed_at)
    )
    went_lately = attachment.removed_at > now() - KEPT_AFTER_REMOVAL
    return attachment.removed_at.is_null() | went_lately | fn.EXISTS(handed_in) | fn.EXISTS(contributed)
