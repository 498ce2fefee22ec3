"""Writing a directive: on a measure, on a filing, or with a choice of measures."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import once_per_form
from app.authority.policy import Action, require
from app.base.clock import today
from app.base.errors import FieldProblems
from app.base.text import parse_numbers
from app.directives.core import operations, queries
from app.directives.core.content import DirectiveTarget
from app.directives.pages.forms import DirectiveForm, DirectivePlace, departments_besides
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.org import queries as org
from app.periods.queries import work_calendar
from app.plan.core import queries as plans
from app.plan.core.chosen_plan import current_plan
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import ResponsibleDepartments
from app.web.forms import write_problems
from app.web.responses import go_to_place, page_or_fragment

bp = Blueprint("directive_writing", __name__)


@bp.get("/measures/<int:measure_id>/directives/new")
@bp.post("/measures/<int:measure_id>/directives/form")  # sent: with what was typed into the box of one line
@allowed(Action.WRITE_DIRECTIVE, measure=plans.measure_by_id)
def show_directive_form(measure: PlanItem) -> Response:
    return writing_page(directive_form(measure))


@bp.post("/measures/<int:measure_id>/directives")
@allowed(Action.WRITE_DIRECTIVE, measure=plans.measure_by_id)
@once_per_form
def submit_directive(measure: PlanItem) -> Response:
    return issue_typed(directive_form(measure))


@bp.get("/directives/new")
@allowed(Action.WRITE_DIRECTIVE)
def show_blank_form() -> Response:
    """Show the form for a directive on several measures or on a department's work."""
    return writing_page(blank_form())


@bp.post("/directives/new")
@allowed(Action.WRITE_DIRECTIVE)
@once_per_form
def submit_blank_form() -> Response:
    return issue_typed(blank_form())


def find_readable_filing(filing_id: int) -> Filing | None:
    """Return a filing that the current person may read. Raises NotAllowed."""
    filing = filings.find_filing(filing_id)
    if filing is not None:
        require(current_person(), Action.READ_FILING, filing)
    return filing


@bp.get("/filings/<int:filing_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, filing=find_readable_filing)
def show_form_on_filing(filing: Filing) -> Response:
    return writing_page(form_on_filing(filing))


@bp.post("/filings/<int:filing_id>/directives/new")
@allowed(Action.WRITE_DIRECTIVE, filing=find_readable_filing)
@once_per_form
def submit_form_on_filing(filing: Filing) -> Response:
    return issue_typed(form_on_filing(filing))


def issue_typed(form: DirectiveForm) -> Response:
    """Issue the directive and return to where it was written; if it is refused, show every problem beside its field."""
    if form.find_problems():
        return writing_page(form, status=422)
    try:
        directive = operations.write_directive(form.target, form.directive_content(), by=current_person())
    except FieldProblems as refusal:
        write_problems(form, refusal.fields)
        return writing_page(form, status=422)
    return go_to_place(form.place.back, toast=f"{directive.kind.label}已发出。")


def directive_form(measure: PlanItem) -> DirectiveForm:
    """Return the form for a directive on a measure.

    The argument ``scope``, in which the reader goes through the measures, is passed on to the next page.
    """
    scope = request.args.get("scope")
    return form_about(
        DirectiveTarget((measure,)),
        measure.plan,
        submit=url_for("directive_writing.submit_directive", measure_id=measure.id, scope=scope),
        back=url_for("overview.show_measure", measure_id=measure.id, scope=scope),
    )


def form_on_filing(filing: Filing) -> DirectiveForm:
    measure: PlanItem = require_row(plans.measure_by_id(filing.measure_id))
    return form_about(
        DirectiveTarget((measure,), filing=filing),
        measure.plan,
        submit=url_for("directive_writing.submit_form_on_filing", filing_id=filing.id),
        back=url_for("filing.show_filing", filing_id=filing.id),
    )


def blank_form() -> DirectiveForm:
    """Return the form with the plan's measures to tick; the address may tick some already."""
    submit, back = url_for("directive_writing.submit_blank_form"), url_for("directives.list_directives")
    return form_about(DirectiveTarget(), plan_to_tick(), submit=submit, back=back)


def plan_to_tick() -> Plan | None:
    """Return the plan of the ticked measures, even last year's; without any, the current plan."""
    ticked = parse_numbers([*request.args.getlist("measure"), *request.form.getlist("measures")])
    measure = plans.measure_by_id(ticked[0]) if ticked else None
    return measure.plan if measure else current_plan()


def form_about(target: DirectiveTarget, plan: Plan | None, *, submit: str, back: str) -> DirectiveForm:
    return DirectiveForm(place_about(target, plan, submit=submit, back=back))


def place_about(target: DirectiveTarget, plan: Plan | None, *, submit: str, back: str) -> DirectivePlace:
    """Return what the form offers; `submit` and `back` are where it is sent and where to return to."""
    is_leader = current_person().leader_id is not None
    own = {one.id for one in target.measures}
    is_open = plan is not None and target.filing is None and target.document is None
    measures = plans.measures_of_plan(plan) if plan and is_open else []
    responsible = (
        plans.responsible_for_measure(target.measures[0]) if target.measures else ResponsibleDepartments(None)
    )
    in_charge = target.measures[0].leader_id if target.measures else None
    return DirectivePlace(
        responsible=responsible,
        others=departments_besides(responsible, org.active_departments()),
        leaders=None if is_leader else tuple(org.active_leaders()),
        in_charge=request.args.get("leader", in_charge, type=int),
        today=today(),
        plan_year=target.plan_year or today().year,
        target=target,
        submit=submit,
        back=back,
        offered=tuple(one for one in measures if one.id not in own),
        chosen=tuple(request.args.getlist("measure", type=int)),
        next_filing_due=queries.next_filing_due(plan, after=today()) if plan else None,
        calendar=work_calendar(),
    )


def writing_page(form: DirectiveForm, *, status: int = 200) -> Response:
    return page_or_fragment(
        "directives/pages/write.html", "directive_form", status=status, form=form, place=form.place
    )
