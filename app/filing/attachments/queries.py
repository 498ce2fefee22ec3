"""Reading attachments: a fixed number of queries however many there are."""

from __future__ import annotations

from peewee import Expression, fn

from app.clock import now
from app.filing.attachments.models import Attachment
from app.filing.attachments.rules import KEPT_AFTER_REMOVAL
from app.filing.models import Filing, FilingRevision
from app.org.models import Department
from app.periods.models import Period
from app.plan.models import PlanItem


def attachment(attachment_id: int) -> Attachment | None:
    """Return an attachment that has not been removed, with its filing, measure, period and department."""
    return (
        Attachment.select(Attachment, Filing, PlanItem, Period, Department)
        .join(Filing)
        .join(PlanItem)
        .switch(Filing)
        .join(Period)
        .switch(Filing)
        .join(Department, on=(Filing.department == Department.id))
        .where((Attachment.id == attachment_id) & Attachment.removed_at.is_null())
        .first()
    )


def attachments_of(filing: Filing) -> list[Attachment]:
    """Return what is attached to a filing now, oldest first."""
    present = (Attachment.filing == filing) & Attachment.removed_at.is_null()
    query = Attachment.select(Attachment, Filing).join(Filing).where(present)
    return list(query.order_by(Attachment.id))


def kept_files() -> dict[str, str]:
    """Return the files that must lie in the store: by their hash, a name that one of them was uploaded under."""
    rows = Attachment.select(Attachment.sha256, Attachment.name).where(is_kept())
    return {row.sha256: row.name for row in rows.order_by(Attachment.id)}


def is_kept() -> Expression:
    """Return the condition that an attachment's bytes are kept: it is there, or went lately, or was handed in once."""
    handed_in = FilingRevision.select().where(
        (FilingRevision.filing == Attachment.filing)
        & FilingRevision.at.between(Attachment.uploaded_at, Attachment.removed_at)
    )
    went_lately = Attachment.removed_at > now() - KEPT_AFTER_REMOVAL
    return Attachment.removed_at.is_null() | went_lately | fn.EXISTS(handed_in)
