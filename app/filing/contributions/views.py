"""The pages of contributions: a department's list, and the section beside the lead's filing."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.clock import now
from app.base.errors import BadInput, DomainError, FieldProblems, IllegalTransition, StaleVersion
from app.base.text import plain_text
from app.filing.contributions import operations, queries
from app.filing.contributions.contribution_pages import (
    ContributionsBeside,
    OwnContribution,
    contributions_beside,
    contributions_by_quarter,
    own_row,
)
from app.filing.contributions.forms import sent_contributions
from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import WrittenContribution
from app.filing.contributions.rules import CONTRIBUTION_LENGTH
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.periods.chosen_period import chosen_quarter, require_chosen_period
from app.periods.models import Period
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem
from app.web.forms import hidden_number
from app.web.responses import go_to, is_htmx_request, page_or_fragment, with_toast

bp = Blueprint("contributions", __name__)


@bp.get("/contributions", endpoint="list_own")
@allowed(Action.WRITE_CONTRIBUTION)
def list_own_contributions() -> Response:
    """Show the contributions of the person's departments in the current quarter or in ``?period=2026Q2``."""
    return list_page()


@bp.post("/contributions/<int:contribution_id>")
@allowed(Action.WRITE_CONTRIBUTION, contribution=queries.find_contribution)
def write_contribution(contribution: Contribution) -> Response:
    """Save the text; the button (``step``) may submit it to the lead."""
    written = WrittenContribution(plain_text(request.form.get("text")), request.form.get("mark", ""))
    is_handed_in = "step" in request.form
    try:
        saved = operations.save_contribution(contribution, written, by=current_person(), hand_in=is_handed_in)
    except (FieldProblems, IllegalTransition) as refusal:
        return refused_row(contribution, written, refusal)
    if saved.conflict:
        return conflicting_row(saved.contribution, written)
    if not is_handed_in and is_htmx_request():
        row = present_row(saved.contribution)
        return Response(render_template("filing/contributions/_saved.html", row=row, saved_at=now()))
    return whole_row(
        present_row(saved.contribution), toast=f"已报送第 {contribution.measure.position} 项的配合情况。"
    )


@bp.get("/contributions/<int:contribution_id>/texts")
@allowed(Action.WRITE_CONTRIBUTION, contribution=queries.find_contribution)
def show_earlier_texts(contribution: Contribution) -> Response:
    """Show the stored revisions of a contribution."""
    return page_or_fragment(
        "filing/contributions/texts.html", contribution=contribution, texts=queries.revisions_of(contribution)
    )


@bp.post("/contributions/not-needed")
@allowed(Action.WRITE_CONTRIBUTION)
def say_not_needed() -> Response:
    """Mark the named contributions as not needed: all or none."""
    try:
        read = sent_contributions(request.form.getlist("read"))
        count = operations.mark_not_needed(read, by=current_person())
    except (BadInput, IllegalTransition) as refusal:
        return list_page(refusal)
    return after_change(f"{count} 项记为本季无需配合。")


@bp.post("/contributions/<int:contribution_id>/needed")
@allowed(Action.WRITE_CONTRIBUTION, contribution=queries.find_contribution)
def say_needed(contribution: Contribution) -> Response:
    """Undo the mark that a contribution is not needed."""
    try:
        operations.take_back_not_needed(contribution, by=current_person(), version=hidden_number("version"))
    except IllegalTransition as refusal:
        return list_page(refusal)
    return after_change(f"第 {contribution.measure.position} 项恢复为未写。")


@bp.post("/contributions/<int:contribution_id>/ask")
@allowed(Action.ASK_CONTRIBUTION, contribution=queries.find_contribution)
def ask_for_more(contribution: Contribution) -> Response:
    """Ask a supporting department for more, and show the section again."""
    asked = plain_text(request.form.get("asked"))
    try:
        operations.ask_contribution(
            contribution, asked, by=current_person(), version=hidden_number("version")
        )
    except (FieldProblems, IllegalTransition, StaleVersion) as refusal:
        problem = "".join(refusal.problems) if isinstance(refusal, FieldProblems) else refusal.sentence
        return section_of(contribution.lead_filing, refusal.status, problem, {contribution.id: asked})
    return section_of(contribution.lead_filing, toast=f"已请{contribution.department.short_name}补充。")


@bp.post("/filings/<int:filing_id>/contributions/<int:contribution_id>/taken")
@allowed(Action.WRITE_FILING, filing=filings.find_filing, contribution=queries.find_contribution)
def note_taken_over(filing: Filing, contribution: Contribution) -> Response:
    """Record which version of a contribution the script has put into the filing."""
    operations.take_over_contribution(
        filing, contribution, by=current_person(), version=hidden_number("version")
    )
    return Response(status=204)


@bp.get("/filings/<int:filing_id>/contributions")
@allowed(Action.READ_FILING, filing=filings.find_filing)
def show_beside(filing: Filing) -> Response:
    """Show the contributions beside a filing."""
    return section_of(filing)


@bp.post("/filings/<int:filing_id>/contributions/remind")
@allowed(Action.ASK_CONTRIBUTION, filing=filings.find_filing)
def remind_supporters(filing: Filing) -> Response:
    """Remind all supporting departments that owe the lead a contribution."""
    try:
        names = operations.remind_supporters(filing, by=current_person())
    except (BadInput, IllegalTransition) as refusal:
        return section_of(filing, refusal.status, refusal.sentence)
    return section_of(filing, toast=f"已提醒{'、'.join(names)}。")


@bp.post("/contributions/waive")
@allowed(Action.WAIVE_CONTRIBUTIONS)
def waive_from_form() -> Response:
    """Waive the contributions owed in a quarter, to one ``measure`` or to all."""
    period, measure = require_chosen_period(), chosen_measure()
    count = operations.waive_contributions(period, measure, by=current_person())
    return go_to_review(period.quarter.code, f"已免报 {count} 项配合情况。")


@bp.post("/contributions/restore")
@allowed(Action.WAIVE_CONTRIBUTIONS)
def restore_from_form() -> Response:
    """Ask again for the waived contributions."""
    period, measure = require_chosen_period(), chosen_measure()
    count = operations.restore_contributions(period, measure, by=current_person())
    return go_to_review(period.quarter.code, f"已恢复 {count} 项配合情况，由配合部门填写。")


def chosen_measure() -> PlanItem | None:
    """Return the measure named in the form. Raises BadInput if there is no such measure."""
    number = request.form.get("measure", type=int)
    measure = plans.measure_by_id(number) if number else None
    if number and measure is None:
        raise BadInput("没有这项举措，没有办理。请刷新页面后重试。")
    return measure


def go_to_review(code: str, toast: str) -> Response:
    filing_id = request.form.get("filing", type=int)
    if filing_id:
        return go_to("review.show_reviewed", filing_id=filing_id, toast=toast)
    return go_to("review.show_matrix", period=code, toast=toast)


def after_change(toast: str) -> Response:
    """Go on to the page that the form was on: the department's home, or the list of the quarter."""
    if request.form.get("then") == "home":
        return go_to("filing.task_list", period=request.form.get("period"), toast=toast)
    return go_to("contributions.list_own", period=request.form.get("period"), toast=toast)


def list_page(refusal: DomainError | None = None) -> Response:
    choice = chosen_quarter()
    period = choice.period
    shown = contributions_by_quarter([period], current_person().department_ids) if period else {}
    return page_or_fragment(
        "filing/contributions/list.html",
        "contributions",
        status=refusal.status if refusal else 200,
        choice=choice,
        contributions=shown[period.id] if period else None,
        obstacle=refusal.sentence if refusal else "",
        text_length=CONTRIBUTION_LENGTH,
    )


def present_row(contribution: Contribution) -> OwnContribution:
    current = queries.contribution_as_stored(contribution)
    return own_row(current, queries.locked_contributions([current]))


def refused_row(
    contribution: Contribution, written: WrittenContribution, refusal: FieldProblems | IllegalTransition
) -> Response:
    """Return the text box with what was typed, and why it was not stored."""
    problem = "".join(refusal.problems) if isinstance(refusal, FieldProblems) else refusal.sentence
    row = replace(present_row(contribution), text=written.text, mark=written.mark, problem=problem)
    if isinstance(refusal, IllegalTransition):
        row = replace(row, stored=row.contribution.text, whose=row.contribution.updated_by)
    return whole_row(row, status=refusal.status)


def conflicting_row(contribution: Contribution, written: WrittenContribution) -> Response:
    """Return the text box with what was typed beside what was stored meanwhile; sent again, what was
    typed is stored.
    """
    whose = contribution.updated_by
    whose = "您在另一个窗口" if whose == current_person().person else whose
    row = replace(present_row(contribution), text=written.text, stored=contribution.text, whose=whose)
    return whole_row(row, status=409)


def whole_row(row: OwnContribution, *, status: int = 200, toast: str = "") -> Response:
    """Return the text box to replace the one that was sent; without a script, the list."""
    if not is_htmx_request():
        if status == 200:
            return after_change(toast)
        html = render_template("filing/contributions/box.html", row=row, text_length=CONTRIBUTION_LENGTH)
        return Response(html, status)
    then = request.form.get("then", "")
    html = render_template(
        "filing/contributions/_row.html", row=row, then=then, text_length=CONTRIBUTION_LENGTH
    )
    if status == 200:
        html += updated_counts(row.contribution.period, then)
    answer = Response(html, status)
    answer.headers["HX-Retarget"] = f"#contribution-{row.contribution.id}"
    answer.headers["HX-Reswap"] = "outerHTML"
    return with_toast(answer, toast, "contribution-handed-in") if toast else answer


def updated_counts(period: Period, then: str) -> str:
    """Return the counts of a quarter's contributions, to replace those on the page."""
    shown = contributions_by_quarter([period], current_person().department_ids)[period.id]
    return render_template(
        "filing/contributions/_counts.html", contributions=shown, then=then, is_update=True
    )


def section_of(
    filing: Filing | None,
    status: int = 200,
    problem: str = "",
    asked: dict[int, str] | None = None,
    *,
    toast: str = "",
) -> Response:
    """Return the section beside a filing; without a script, the page of the filing."""
    if filing is None:
        raise BadInput("牵头部门的填报还没有，这一步没有办成。请刷新页面后重试。")
    current = filings.find_filing(filing.id) or filing
    if not is_htmx_request() and status == 200 and toast:
        return go_to("contributions.show_beside", filing_id=filing.id, toast=toast)
    groups = plans.responsible_for_measure(current.measure, on=current.period.last_day).groups
    beside: ContributionsBeside = contributions_beside(current, groups, reader=current_person())
    answer = page_or_fragment(
        "filing/contributions/beside.html",
        status=status,
        beside=replace(beside, problem=problem, asked=asked or {}),
        form=None,
    )
    return with_toast(answer, toast) if toast else answer
