"""Reading what a form is made of, and the forms that wait to be confirmed."""

from __future__ import annotations

from datetime import timedelta

from app.access.policy import Action, allows
from app.access.user import User
from app.base.clock import now
from app.filing.core import queries as filings
from app.filing.workbook.layout import (
    FORM,
    INDICATORS,
    TASKS,
    FormRow,
)
from app.filing.workbook.mistakes import Mistakes
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.present import Present, as_they_stand
from app.filing.workbook.proposal import Proposal, proposed
from app.filing.workbook.reading import Reported, read_form
from app.filing.workbook.rows import form_row
from app.periods.models import Period
from app.plan.models import Plan

KEPT = timedelta(hours=24)

FOREIGN = "这一行不是本季度由您部门填报的举措，不能导入。请重新下载填报表再填。"
GONE = "这项任务或指标不在工作计划的这项举措中，可能计划已经调整。请重新下载填报表再填。"


def form_rows(period: Period, *, user: User) -> list[FormRow]:
    """Return the rows of the form that a person fills in: what their departments are assigned in a quarter."""
    mine = as_they_stand(filings.filings_of(period, user.department_ids))
    return [form_row(present) for present in mine if present.is_assigned]


def quarter_rows(period: Period) -> list[FormRow]:
    """Return the rows of a whole quarter, all departments."""
    return [form_row(present) for present in as_they_stand(filings.filings_in(period))]


def upload_of(user: User, sha256: str) -> UploadedForm | None:
    """Return a form with this content that the person uploaded and that has not expired.

    It goes by its content, not its id: what an old page confirms is never another file that came after it.
    """
    fresh = UploadedForm.uploaded_at > now() - KEPT
    own = (UploadedForm.sha256 == sha256) & (UploadedForm.account == user.account_id)
    return UploadedForm.select(UploadedForm, Period, Plan).join(Period).join(Plan).where(own & fresh).first()


def proposal(data: bytes, period: Period, *, user: User) -> Proposal:
    """Return what a form would change if this person took it over now.

    Raises BadInput for a file that is no form of this quarter, UnusableForm with every mistake in it.
    """
    return compared(read_form(data, period.quarter), period, user=user)


def compared(reported: list[Reported], period: Period, *, user: User) -> Proposal:
    """Return what was read from a form beside what stands in the base now. Raises UnusableForm."""
    found = as_they_stand(filings.filings_among(row.key.filing_id for row in reported))
    own = {
        present.filing.id: present
        for present in found
        if present.filing.period_id == period.id and allows(user, Action.WRITE_FILING, present.filing)
    }
    refuse_foreign(reported, own)
    return Proposal(tuple(proposed(row, own[row.key.filing_id]) for row in reported))


def refuse_foreign(reported: list[Reported], own: dict[int, Present]) -> None:
    """Raise UnusableForm where a row names a filing, a task or an indicator that is not the person's to write."""
    mistakes = Mistakes()
    for row in reported:
        present = own.get(row.key.filing_id)
        if present is None:
            mistakes.add(FORM, row.row, "key", FOREIGN)
            continue
        known = {TASKS: present.tasks, INDICATORS: present.indicators}
        for (sheet, part_id), number in row.part_rows.items():
            if part_id not in known[sheet]:
                mistakes.add(sheet, number, "key", GONE)
    mistakes.stop()
