"""The page on which the office sets milestones and indicators of one measure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.authority.policy import Action
from app.base.errors import BadInput
from app.base.tables.tabular import TableRow
from app.base.text import plain_text
from app.plan.assignments.forms import TermsForm
from app.plan.assignments.measure_targets import (
    planned_indicators,
    planned_milestones,
    rule_changes,
    rule_examples,
    rule_warnings,
    set_measure_indicators,
    set_measure_milestones,
)
from app.plan.assignments.revising import AspectChange, RevisionTerms, target_problems
from app.plan.assignments.target_changes import indicators_change, milestones_change
from app.plan.assignments.views import ShownDifference
from app.plan.core import queries
from app.plan.core.models import PlanItem
from app.plan.core.numbers import plain_number
from app.plan.core.rules import CumulationRule, ItemAspect, ItemKind
from app.web.forms import write_further_problems
from app.web.responses import go_to, page_or_fragment

SPARE_ROWS = 3
INDICATOR_CELLS = {"name": "指标", "unit": "单位", "target": "年度目标值", "rule": "汇总方式"}
MILESTONE_CELLS = {"quarter": "季度", "task": "任务序号", "text": "节点", "number": "目标值"}

CHANGED_MEANWHILE = "在您填写期间，别人改过这些内容，还没有保存。您填写的都在下面，请核对后再保存。"

Cells = Mapping[str, str]
NO_DIFFERENCE = ShownDifference()

bp = Blueprint("targets", __name__)


@bp.get("/measures/<int:measure_id>/targets")
@allowed(Action.SET_TARGETS, measure=queries.measure_by_id)
def show_targets(measure: PlanItem) -> Response:
    return targets_page(measure, TargetForms())


@bp.post("/measures/<int:measure_id>/indicators")
@allowed(Action.SET_TARGETS, measure=queries.measure_by_id)
def submit_indicators(measure: PlanItem) -> Response:
    """Set the indicators. Changes from a day on are shown first, and so are effects of a cumulation rule on filed
    numbers.
    """
    typed = typed_cells("indicator", INDICATOR_CELLS)
    rows = rows_of_cells(measure, typed, INDICATOR_CELLS, needed="name")
    forms = TargetForms(indicators=terms_form(ItemAspect.INDICATORS))
    terms, confirmed = forms.indicators.terms, request.form.getlist("confirmed")
    try:
        planned = planned_indicators(measure, rows)
        change = indicators_change(measure, planned, terms.reading_day)
        refuse_if_changed(standing_indicators(measure), change)
        difference = examined_targets(measure, forms.indicators, change)
        warnings = rule_warnings(rule_changes(measure, planned))
        if (
            forms.indicators.errors
            or not is_confirmed(difference, terms)
            or (warnings and "yes" not in confirmed)
        ):
            status = 422 if forms.indicators.errors else 200
            return targets_page(
                measure, forms, indicators=typed, warnings=warnings, difference=difference, status=status
            )
        set_measure_indicators(measure, rows, terms, by=current_person())
    except BadInput as refusal:
        return targets_page(measure, forms, indicators=typed, problem=refusal, status=422)
    return go_to("overview.show_measure", measure_id=measure.id, toast="量化指标已保存。")


@bp.post("/measures/<int:measure_id>/milestones")
@allowed(Action.SET_TARGETS, measure=queries.measure_by_id)
def submit_milestones(measure: PlanItem) -> Response:
    """Set the milestones; changes from a day on are shown first."""
    typed = typed_cells("milestone", MILESTONE_CELLS)
    rows = rows_of_cells(measure, typed, MILESTONE_CELLS, needed="text")
    forms = TargetForms(milestones=terms_form(ItemAspect.MILESTONES))
    terms = forms.milestones.terms
    try:
        change = milestones_change(measure, planned_milestones(measure, rows, terms), terms.reading_day)
        refuse_if_changed(standing_milestones(measure), change)
        difference = examined_targets(measure, forms.milestones, change)
        if forms.milestones.errors or not is_confirmed(difference, terms):
            status = 422 if forms.milestones.errors else 200
            return targets_page(measure, forms, milestones=typed, difference=difference, status=status)
        set_measure_milestones(measure, rows, terms, by=current_person())
    except BadInput as refusal:
        return targets_page(measure, forms, milestones=typed, problem=refusal, status=422)
    return go_to("overview.show_measure", measure_id=measure.id, toast="各季度节点已保存。")


def terms_form(aspect: ItemAspect, *, sent: bool = True) -> TermsForm:
    """Return day, reason and paper of one of the two forms of the page."""
    return (
        TermsForm(prefix=f"{aspect.value}-") if sent else TermsForm(formdata=None, prefix=f"{aspect.value}-")
    )


@dataclass
class TargetForms:
    """Day, reason and paper of both forms of the page; blank for a form that was not sent."""

    indicators: TermsForm = field(default_factory=lambda: terms_form(ItemAspect.INDICATORS, sent=False))
    milestones: TermsForm = field(default_factory=lambda: terms_form(ItemAspect.MILESTONES, sent=False))


def examined_targets(measure: PlanItem, form: TermsForm, change: AspectChange) -> ShownDifference:
    """Return what would change, with problems of day, reason and paper beside their fields."""
    form.validate()
    problems = target_problems(measure.plan, form.terms, [change])
    write_further_problems(form, problems)
    changes = (change,) if change.before != change.after and not form.errors else ()
    return ShownDifference(changes, form.terms.effective_on)


def refuse_if_changed(standing: Sequence[Cells], change: AspectChange) -> None:
    """Raise BadInput with the stored values if they differ from those the page was made with."""
    if request.form.get("read", digest_of_cells(standing)) != digest_of_cells(standing):
        raise BadInput(CHANGED_MEANWHILE, (f"现在的是：{change.before or '（无）'}",))


def digest_of_cells(cells: Sequence[Cells]) -> str:
    return hashlib.sha256(json.dumps(list(cells)).encode()).hexdigest()[:16]


def is_confirmed(difference: ShownDifference, terms: RevisionTerms) -> bool:
    """Return whether changes from a day on were shown and confirmed; without a day no confirmation is needed."""
    if terms.effective_on is None or not difference.changes:
        return True
    return difference.digest in request.form.getlist("confirmed")


def typed_cells(kind: str, columns: Mapping[str, str]) -> list[Cells]:
    """Return the rows as sent, by cell name."""
    sent = {name: request.form.getlist(f"{kind}-{name}") for name in columns}
    length = max(map(len, sent.values()))
    padded = {name: [*values, *[""] * (length - len(values))] for name, values in sent.items()}
    return [{name: plain_text(padded[name][place]).strip() for name in columns} for place in range(length)]


def rows_of_cells(
    measure: PlanItem, typed: Sequence[Cells], columns: Mapping[str, str], *, needed: str
) -> list[TableRow]:
    """Return the rows with any input besides a choice, as rows of the imported table."""
    chosen = {"rule", "quarter"}
    return [
        TableRow(
            number,
            {"举措序号": str(measure.position), **{column: row[name] for name, column in columns.items()}},
        )
        for number, row in enumerate(typed, 1)
        if row[needed] or any(value for name, value in row.items() if name not in chosen)
    ]


def targets_page(
    measure: PlanItem,
    forms: TargetForms,
    *,
    indicators: Sequence[Cells] | None = None,
    milestones: Sequence[Cells] | None = None,
    warnings: Sequence[str] = (),
    problem: BadInput | None = None,
    difference: ShownDifference = NO_DIFFERENCE,
    status: int = 200,
) -> Response:
    """Return the page with the stored values, or with what was typed and refused."""
    standing = {"indicators": standing_indicators(measure), "milestones": standing_milestones(measure)}
    return page_or_fragment(
        "plan/assignments/targets.html",
        status=status,
        measure=measure,
        commitments=queries.commitments_of_measure(measure),
        indicators=indicators or [*standing["indicators"], *spare_rows(INDICATOR_CELLS)],
        milestones=milestones or [*standing["milestones"], *spare_rows(MILESTONE_CELLS)],
        read={name: digest_of_cells(cells) for name, cells in standing.items()},
        rules=CumulationRule,
        examples=rule_examples(),
        warnings=warnings,
        problem=problem,
        forms=forms,
        difference=difference,
        difference_form=next((f"{one.aspect.value}-form" for one in difference.changes), ""),
    )


def spare_rows(columns: Mapping[str, str]) -> list[Cells]:
    return [dict.fromkeys(columns, "") for _ in range(SPARE_ROWS)]


def standing_indicators(measure: PlanItem) -> list[Cells]:
    return [
        {
            "name": one.name,
            "unit": one.unit,
            "target": plain_number(one.yearly_target),
            "rule": one.cumulation_rule.value,
        }
        for one in queries.indicators_of_measure(measure)
    ]


def standing_milestones(measure: PlanItem) -> list[Cells]:
    places = {item.id: str(n) for n, item in enumerate(queries.commitments_of_measure(measure), 1)}
    return [
        {
            "quarter": str(one.quarter),
            "task": places.get(one.item_id, "") if one.item.kind is ItemKind.COMMITMENT else "",
            "text": one.text,
            "number": "" if one.target is None else plain_number(one.target),
        }
        for one in queries.milestones_of_measure(measure)
    ]
