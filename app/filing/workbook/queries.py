"""Reading the content of forms, and the uploaded forms that wait to be confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.clock import now
from app.base.days import written_moment
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import (
    contributions_among,
    contributions_in_quarter,
    contributions_of_departments,
    locked_contributions,
)
from app.filing.core import queries as filings
from app.filing.core.life_cycle import FilingState
from app.filing.core.merging import marks_of
from app.filing.core.models import Filing
from app.filing.workbook.carried import (
    carried_answer,
    carried_fields,
    digest_of_content,
)
from app.filing.workbook.current_filings import PresentFiling, present_filings
from app.filing.workbook.layout import (
    CONTRIBUTIONS,
    FORM,
    INDICATORS,
    MILESTONES,
    TASKS,
    ContributionKey,
    ContributionRow,
    FormRow,
    RowKey,
    ShownIndicator,
)
from app.filing.workbook.mistakes import FormMistakes
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.proposal import FormProposal, propose_contribution, propose_row
from app.filing.workbook.reading import (
    ReportedContribution,
    ReportedFiling,
    ReportedForm,
    read_form,
)
from app.periods.models import Period
from app.plan.core.models import Plan
from app.plan.core.rules import AssignmentRole

FORM_KEPT_FOR = timedelta(hours=24)

FOREIGN = "这一行不是本季度由您部门填报的举措，不能导入。请重新下载填报表再填。"
FOREIGN_CONTRIBUTION = "这一行不是本季度由您部门配合的举措，不能导入。请重新下载填报表再填。"
EMPTIED = "这一项已经报送，不能改成空的。请写一句；本季没有的，在“本季无需配合”中选“是”。"
GONE = "这项任务、指标或节点不在工作计划的这项举措中，可能计划已经调整。请重新下载填报表再填。"


def form_rows(period: Period, *, user: Actor) -> list[FormRow]:
    """Return the filing rows of a person's form: the measures of his departments in a quarter."""
    mine = present_filings(filings.filings_of_departments(user.department_ids, period))
    return [form_row(present) for present in mine if present.is_assigned]


def contribution_rows(period: Period, *, user: Actor) -> list[ContributionRow]:
    """Return the contribution rows of a person's form."""
    return rows_of_contributions(contributions_of_departments(user.department_ids, period))


def quarter_contribution_rows(period: Period) -> list[ContributionRow]:
    """Return all contributions of a quarter as rows."""
    return rows_of_contributions(contributions_in_quarter(period))


def rows_of_contributions(found: Collection[Contribution]) -> list[ContributionRow]:
    locked = locked_contributions(found)
    return [
        ContributionRow(
            key=ContributionKey(one.period.quarter.code, one.id, carried_answer(one).mark),
            facts=contribution_facts(one),
            answer=carried_answer(one),
            is_open=not (one.is_settled or one.id in locked),
        )
        for one in found
    ]


def quarter_rows(period: Period) -> list[FormRow]:
    """Return all filings of a quarter as rows."""
    return [form_row(present) for present in present_filings(filings.filings_in_quarter(period))]


def upload_of(user: Actor, sha256: str) -> UploadedForm | None:
    """Return the person's uploaded form with this content, if it has not expired.

    The key is a digest of the content, not an id, so that an old page never confirms another file.
    """
    fresh = UploadedForm.uploaded_at > now() - FORM_KEPT_FOR
    own = (UploadedForm.sha256 == sha256) & (UploadedForm.account == user.account_id)
    return UploadedForm.select(UploadedForm, Period, Plan).join(Period).join(Plan).where(own & fresh).first()


def proposal_of_form(data: bytes, period: Period, *, user: Actor) -> FormProposal:
    """Return what a form would change if this person imported it now.

    Raises BadInput for a file that is no form of this quarter, UnusableForm with all mistakes.
    """
    return compare_reported(read_form(data, period.quarter), period, user=user)


def compare_reported(reported: ReportedForm, period: Period, *, user: Actor) -> FormProposal:
    """Return what a form reports beside what is stored now. Raises UnusableForm."""
    found = present_filings(filings.filings_among(row.key.filing_id for row in reported.filings))
    own = {
        present.filing.id: present
        for present in found
        if present.filing.period_id == period.id and is_allowed(user, Action.WRITE_FILING, present.filing)
    }
    among = contributions_among(row.key.contribution_id for row in reported.contributions)
    supported = {
        one.id: one
        for one in among
        if one.period_id == period.id and is_allowed(user, Action.WRITE_CONTRIBUTION, one)
    }
    mistakes = FormMistakes()
    note_foreign_rows(mistakes, reported.filings, own)
    note_wrong_contributions(mistakes, reported.contributions, supported)
    mistakes.raise_mistakes()
    locked = locked_contributions(supported.values())
    return FormProposal(
        tuple(propose_row(row, own[row.key.filing_id]) for row in reported.filings),
        tuple(
            propose_contribution(row, one, obstacle=contribution_obstacle(one, locked))
            for row in reported.contributions
            for one in [supported[row.key.contribution_id]]
        ),
    )


def contribution_obstacle(one: Contribution, locked: Collection[int]) -> str:
    """Return why a contribution cannot be written now, or ""."""
    if one.id in locked:
        return f"{one.period.lock_words}。"
    return "牵头部门的填报已采用，不能再改写配合情况。" if one.is_settled else ""


def note_wrong_contributions(
    mistakes: FormMistakes, reported: Iterable[ReportedContribution], supported: Mapping[int, Contribution]
) -> None:
    """Record as mistakes the rows of contributions that are not the person's, and those that were emptied."""
    for row in reported:
        one = supported.get(row.key.contribution_id)
        if one is None:
            mistakes.add_mistake(CONTRIBUTIONS, row.row, "key", FOREIGN_CONTRIBUTION)
        elif one.is_written and not any(row.answer) and row.answer.mark != row.key.mark:
            mistakes.add_mistake(CONTRIBUTIONS, row.row, "text", EMPTIED)


def note_foreign_rows(
    mistakes: FormMistakes, reported: Iterable[ReportedFiling], own: Mapping[int, PresentFiling]
) -> None:
    """Record as mistakes the rows of filings, tasks, indicators or milestones that are not the person's."""
    for row in reported:
        present = own.get(row.key.filing_id)
        if present is None:
            mistakes.add_mistake(FORM, row.row, "key", FOREIGN)
            continue
        known = {TASKS: present.tasks, INDICATORS: present.indicators, MILESTONES: present.milestones}
        for (sheet, part_id), number in row.part_rows.items():
            if part_id not in known[sheet]:
                mistakes.add_mistake(sheet, number, "key", GONE)


def form_row(present: PresentFiling) -> FormRow:
    filing = present.filing
    content = present.carried
    return FormRow(
        key=RowKey(
            filing.period.quarter.code,
            filing.id,
            filing.version,
            digest_of_content(content),
            marks_of(carried_fields(content)),
        ),
        facts=filing_facts(filing),
        content=content,
        tasks=present.tasks,
        indicators={
            key: ShownIndicator(one.name, one.target_words, one.cumulation_rule.filed_words, one.is_ratio)
            for key, one in present.indicators.items()
        },
        milestones=present.milestones,
        is_open=not present.writing_obstacle,
    )


def filing_facts(filing: Filing) -> dict[str, str | int]:
    measure = filing.measure
    return {
        "number": measure.position,
        "department": filing.department.short_name,
        "role": AssignmentRole.LEAD.label,
        "measure": measure.title,
        "wording": measure.text,
        "target": measure.yearly_target,
        "stage": stage_in_words(filing),
        "shown_light": "" if filing.is_blank else filing.light.label,
        "updated": f"{filing.updated_by} {written_moment(filing.updated_at)}" if filing.updated_by else "",
    }


def contribution_facts(one: Contribution) -> dict[str, str | int]:
    standing = one.standing.label
    return {
        "number": one.measure.position,
        "department": one.department.short_name,
        "measure": one.measure.title,
        "lead": one.lead.short_name if one.lead else "未定",
        "standing": f"{standing}：{one.asked}" if one.asked else standing,
    }


def stage_in_words(filing: Filing) -> str:
    """Return the stage of a filing and, if it was returned, the reason."""
    returned = filing.state is FilingState.RETURNED and filing.returned_reason
    return f"{filing.state.label}：{filing.returned_reason}" if returned else filing.state.label
