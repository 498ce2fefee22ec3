"""Downloading, uploading and importing forms; each is recorded.

Workbooks are written and read outside transactions, because that takes a while and others wait to save.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from app.audit.operations import file_detail, record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.days import day_with_weekday
from app.base.errors import BadInput, IllegalTransition, NotFound
from app.base.text import quoted_title
from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import (
    ReadContribution,
    WrittenContribution,
    mark_not_needed,
    mark_of_text,
    save_contribution,
    take_back_not_needed,
)
from app.filing.core.lights import LightThresholds
from app.filing.core.operations import batch_refusal, naming_obstacle, save_filing
from app.filing.core.queries import ReadFiling
from app.filing.workbook import queries
from app.filing.workbook.layout import ContributionAnswer, guidance_sentences
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.proposal import ProposedContribution
from app.filing.workbook.reading import ReportedForm, read_form
from app.filing.workbook.writing import form_workbook, quarter_workbook
from app.periods.models import Period

NOTHING_KEPT: Mapping[int, Collection[str]] = MappingProxyType({})
EXPIRED = "这份上传已经导入过，或者已过期（只保留 24 小时）。如还要导入，请重新上传。"


def download_form(period: Period, *, by: Actor) -> bytes:
    """Return a person's quarter as a form to fill in offline, and record the download."""
    require(by, Action.DOWNLOAD_FORM)
    rows = queries.form_rows(period, user=by)
    contributions = queries.contribution_rows(period, user=by)
    if not rows and not contributions:
        raise NotFound(f"{period.quarter.words}没有需要您部门填报或者配合的举措，不用下载填报表。")
    facts = [*(row.facts for row in rows), *(row.facts for row in contributions)]
    departments = "、".join(dict.fromkeys(str(one["department"]) for one in facts))
    data = form_workbook(
        rows,
        contributions,
        title=f"{period.quarter.words}填报表（{departments}）",
        note=f"只填白色的格；{day_with_weekday(period.department_due)}前上传并提交。填法见“填表说明”。",
        guidance=guidance_sentences(
            period.quarter,
            has_filings=bool(rows),
            has_milestones=any(row.milestones for row in rows),
            has_contributions=bool(contributions),
        ),
    )
    supported = f"，配合 {len(contributions)} 项" if contributions else ""
    summary = f"{departments}：{len(rows)} 项{supported}"
    record_form_event(Action.DOWNLOAD_FORM, period, data, by=by, summary=summary)
    return data


def export_quarter(period: Period, *, by: Actor) -> bytes:
    """Return all filings of a quarter as a workbook, and record who took it."""
    require(by, Action.EXPORT_QUARTER)
    rows, contributions = queries.quarter_rows(period), queries.quarter_contribution_rows(period)
    supported = f"、{len(contributions)} 项配合情况" if contributions else ""
    note = f"{now():%Y-%m-%d %H:%M} 导出，共 {len(rows)} 份填报{supported}。"
    data = quarter_workbook(rows, contributions, title=f"{period.quarter.words}填报汇总", note=note)
    record_form_event(Action.EXPORT_QUARTER, period, data, by=by, summary=f"全部部门：{len(rows)} 份")
    return data


def receive_form(data: bytes, name: str, period: Period, *, by: Actor) -> UploadedForm:
    """Store an uploaded form until it is confirmed; a refused form is recorded, too.

    Raises NotAllowed, BadInput for a file that is no form of this quarter, UnusableForm with all mistakes.
    """
    require(by, Action.UPLOAD_FORM)
    try:
        queries.proposal_of_form(data, period, user=by)
    except BadInput as refusal:
        record_form_event(
            Action.UPLOAD_FORM, period, data, by=by, summary=f"未收下：{name}", reason=refusal.sentence
        )
        raise
    return store_form(data, name, period, by=by)


@transaction
def store_form(data: bytes, name: str, period: Period, *, by: Actor) -> UploadedForm:
    """Store a form in place of the person's former upload, and delete expired ones."""
    forgotten = UploadedForm.uploaded_at <= now() - queries.FORM_KEPT_FOR
    UploadedForm.delete().where((UploadedForm.account == by.account_id) | forgotten).execute()
    upload = UploadedForm.create(
        account=by.account_id, period=period, name=name[-255:], sha256=sha256_of(data), data=data
    )
    record_form_event(Action.UPLOAD_FORM, period, data, by=by, summary=name)
    return upload


def import_form(
    upload: UploadedForm,
    chosen: Sequence[ReadFiling],
    *,
    by: Actor,
    thresholds: LightThresholds,
    kept: Mapping[int, Collection[str]] = NOTHING_KEPT,
    contributions: Sequence[ReadContribution] = (),
) -> None:
    """Save the chosen rows of a form, each at the version it was compared with: all or none.

    contributions: the chosen contributions, which go straight to their leads. kept: by filing id, the fields whose
    stored value is kept. Raises NotAllowed, NotFound if the form was imported already, IllegalTransition naming the
    filing that has changed, UnusableForm if the person is no longer responsible for what it is about.
    """
    require(by, Action.IMPORT_FORM)
    reported = read_form(bytes(upload.data), upload.period.quarter)
    save_chosen_rows(
        upload, reported, chosen, by=by, thresholds=thresholds, kept=kept, contributions=contributions
    )


@transaction
def save_chosen_rows(
    upload: UploadedForm,
    reported: ReportedForm,
    chosen: Sequence[ReadFiling],
    *,
    by: Actor,
    thresholds: LightThresholds,
    kept: Mapping[int, Collection[str]] = NOTHING_KEPT,
    contributions: Sequence[ReadContribution] = (),
) -> None:
    """Save the chosen rows of a form, and delete the form."""
    same = (UploadedForm.account == upload.account_id) & (UploadedForm.sha256 == upload.sha256)
    if not UploadedForm.delete().where(same).execute():
        raise NotFound(EXPIRED)
    proposal = queries.compare_reported(reported, upload.period, user=by)
    rows = {row.filing.id: row for row in proposal.rows}
    for filing, version in chosen:
        row = rows.get(filing.id)
        if row is None or not row.can_be_saved:
            why = row.obstacle if row else ""
            raise batch_refusal(filing, Action.WRITE_FILING, why or "表里对这一项没有改动。")
        with naming_obstacle(row.filing, Action.WRITE_FILING):
            content = row.content_keeping(kept.get(filing.id, ()))
            save_filing(row.filing, content, by=by, version=version, thresholds=thresholds)
    save_contributions(proposal.contributions, contributions, by=by)
    supported = f"，配合情况 {len(contributions)} 项" if contributions else ""
    summary = f"{upload.name}：保存 {len(chosen)} 项{supported}"
    record_form_event(Action.IMPORT_FORM, upload.period, bytes(upload.data), by=by, summary=summary)


def save_contributions(
    proposed: Iterable[ProposedContribution], chosen: Iterable[ReadContribution], *, by: Actor
) -> None:
    """Save the chosen contributions, submitting their texts. Raises IllegalTransition naming the one that cannot
    change.
    """
    rows = {row.contribution.id: row for row in proposed}
    for one, version in chosen:
        row = rows.get(one.id)
        if row is None or not row.can_be_saved:
            raise contribution_refusal(one, (row and row.obstacle) or "表里对这一项没有改动。")
        if row.contribution.version != version:
            raise contribution_refusal(one, "这一项在您勾选之后有了变化。")
        save_answer(row.contribution, row.answer, by=by)


def save_answer(contribution: Contribution, answer: ContributionAnswer, *, by: Actor) -> None:
    if answer.is_idle:
        mark_not_needed([ReadContribution(contribution, contribution.version)], by=by)
    elif contribution.is_idle and not answer.text:
        take_back_not_needed(contribution, by=by, version=contribution.version)
    else:
        written = WrittenContribution(answer.text, mark_of_text(contribution))
        save_contribution(contribution, written, by=by, hand_in=bool(answer.text))


def contribution_refusal(one: Contribution, why: str) -> IllegalTransition:
    return IllegalTransition(
        f"一项也没有保存。{one.department.short_name}{quoted_title(one.measure.title)}的配合情况：{why}请看过后再保存。"
    )


def record_form_event(
    action: Action, period: Period, data: bytes, *, by: Actor, summary: str, reason: str = ""
) -> None:
    detail = {"quarter": period.quarter.code, **file_detail(data)}
    record_event(action, period, by=by, summary=summary, reason=reason, detail=detail)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
