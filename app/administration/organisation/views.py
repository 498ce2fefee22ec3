"""Pages of the organisation: the system administrator changes it, the office proposes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from app.access.guards import allowed, current_person
from app.administration.organisation import operations, queries
from app.administration.organisation.forms import (
    ChangeForm,
    DepartmentEndForm,
    DepartmentForm,
    GroupForm,
    IssuerForm,
    LeaderForm,
)
from app.authority.policy import Action, is_allowed
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems
from app.org import queries as organisation
from app.org.changes import DepartmentReturn, GroupRemoval, IssuerRemoval, OrganisationChange
from app.org.models import Department, DepartmentGroup, Issuer, Leader
from app.web.forms import write_problems
from app.web.responses import go_to

bp = Blueprint("organisation", __name__, url_prefix="/admin/organisation")

Page = Callable[[int, BadInput | None], Response]


def decides() -> bool:
    """Return whether the person at the page changes the organisation, and does not only propose it."""
    return is_allowed(current_person(), Action.IMPORT_ORGANISATION)


def organisation_page(template: str, *, status: int = 200, **context: Any) -> Response:
    page = render_template(template, decides=decides(), sections=sections(), **context)
    return make_response(page, status)


def sections() -> list[tuple[str, str]]:
    """Return the pages beside each other, by label; how many proposals wait stands beside theirs."""
    waiting = queries.open_proposal_count()
    found = [
        ("部门", "organisation.list_departments"),
        ("部门组", "organisation.list_groups"),
        ("领导", "organisation.list_leaders"),
        ("发文机关", "organisation.list_issuers"),
        (f"建议（{waiting}）" if waiting else "建议", "proposals.list_proposals"),
    ]
    return [*found, ("导入", "proposals.import_table")] if decides() else found


def edit_page(template: str, form: ChangeForm, **context: Any) -> Page:
    """Return how the page of a form is shown, with the status and what was refused."""
    if decides():
        del form.reason

    def show_page(status: int, refusal: BadInput | None) -> Response:
        return organisation_page(template, status=status, form=form, refusal=refusal, **context)

    return show_page


def submit_form(form: Any, target: int | None, about: str, page: Page, place: str) -> Response:
    """Show a form, make its change, or give it back with what is wrong."""
    if request.method == "GET":
        return page(200, None)
    if not form.validate():
        return page(422, None)
    name, reason = about or form.name.data, form.reason.data if form.reason else ""
    try:
        return submit_change(form.change_of(target), name, reason, place)
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return page(422, None)
    except BadInput as refusal:
        return page(422, refusal)


def submit_plain_change(change: OrganisationChange, about: str, place: str) -> Response:
    """Make a change that needs no form of its own; who proposes it writes the reason beside the button."""
    return submit_change(change, about, request.form.get("reason", ""), place)


def submit_change(change: OrganisationChange, about: str, reason: str, place: str) -> Response:
    done = operations.submit_change(change, about=about, reason=reason, by=current_person())
    return go_to(place, toast=f"已保存：{about}。" if done else "已提出建议，系统管理员采纳后生效。")


@bp.get("")
@allowed(Action.PROPOSE_ORGANISATION)
def list_departments() -> Response:
    return organisation_page("administration/organisation/departments.html", lines=queries.department_lines())


@bp.route("/departments/new", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION)
def add_department() -> Response:
    form = DepartmentForm(on=today(), position=next_position(organisation.active_departments()))
    page = edit_page("administration/organisation/department.html", form, department=None)
    return submit_form(form, None, "", page, "organisation.list_departments")


@bp.route("/departments/<int:department_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, department=organisation.find_department)
def change_department(department: Department) -> Response:
    form = DepartmentForm(obj=department, department_kind=department.kind, on=today())
    page = edit_page("administration/organisation/department.html", form, department=department)
    return submit_form(form, department.id, department.name, page, "organisation.list_departments")


@bp.route("/departments/<int:department_id>/end", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, department=organisation.find_department)
def end_department(department: Department) -> Response:
    """End a department, or merge it into another, where nothing hangs on it any more."""
    form = DepartmentEndForm(department, organisation.active_departments(), on=today())
    hanging = organisation.hanging_on(department)
    page = edit_page(
        "administration/organisation/end_department.html", form, department=department, hanging=hanging
    )
    return submit_form(form, department.id, department.name, page, "organisation.list_departments")


@bp.post("/departments/<int:department_id>/return")
@allowed(Action.PROPOSE_ORGANISATION, department=organisation.find_department)
def return_department(department: Department) -> Response:
    """Let a department that was ended be there again."""
    change = DepartmentReturn(department.id)
    return submit_plain_change(change, department.name, "organisation.list_departments")


@bp.get("/groups")
@allowed(Action.PROPOSE_ORGANISATION)
def list_groups() -> Response:
    return organisation_page("administration/organisation/groups.html", lines=queries.group_lines())


@bp.route("/groups/new", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION)
def add_group() -> Response:
    form = GroupForm(organisation.active_departments())
    page = edit_page("administration/organisation/group.html", form, group=None)
    return submit_form(form, None, "", page, "organisation.list_groups")


@bp.route("/groups/<int:group_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, group=organisation.find_group)
def change_group(group: DepartmentGroup) -> Response:
    members = [one.department_id for one in group.members]
    form = GroupForm(organisation.active_departments(), name=group.name, members=members)
    page = edit_page("administration/organisation/group.html", form, group=group)
    return submit_form(form, group.id, group.name, page, "organisation.list_groups")


@bp.post("/groups/<int:group_id>/remove")
@allowed(Action.PROPOSE_ORGANISATION, group=organisation.find_group)
def remove_group(group: DepartmentGroup) -> Response:
    return submit_plain_change(GroupRemoval(group.id), group.name, "organisation.list_groups")


@bp.get("/leaders")
@allowed(Action.PROPOSE_ORGANISATION)
def list_leaders() -> Response:
    return organisation_page("administration/organisation/leaders.html", leaders=queries.leader_lines())


@bp.route("/leaders/new", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION)
def add_leader() -> Response:
    form = LeaderForm(position=next_position(organisation.active_leaders()))
    page = edit_page("administration/organisation/leader.html", form, leader=None)
    return submit_form(form, None, "", page, "organisation.list_leaders")


@bp.route("/leaders/<int:leader_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, leader=organisation.find_leader)
def change_leader(leader: Leader) -> Response:
    form = LeaderForm(obj=leader)
    page = edit_page("administration/organisation/leader.html", form, leader=leader)
    return submit_form(form, leader.id, leader.name, page, "organisation.list_leaders")


@bp.get("/issuers")
@allowed(Action.PROPOSE_ORGANISATION)
def list_issuers() -> Response:
    return organisation_page("administration/organisation/issuers.html", issuers=organisation.all_issuers())


@bp.route("/issuers/new", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION)
def add_issuer() -> Response:
    form = IssuerForm(position=next_position(organisation.all_issuers()))
    page = edit_page("administration/organisation/issuer.html", form, issuer=None)
    return submit_form(form, None, "", page, "organisation.list_issuers")


@bp.route("/issuers/<int:issuer_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, issuer=organisation.find_issuer)
def change_issuer(issuer: Issuer) -> Response:
    form = IssuerForm(obj=issuer)
    page = edit_page("administration/organisation/issuer.html", form, issuer=issuer)
    return submit_form(form, issuer.id, issuer.name, page, "organisation.list_issuers")


@bp.post("/issuers/<int:issuer_id>/remove")
@allowed(Action.PROPOSE_ORGANISATION, issuer=organisation.find_issuer)
def remove_issuer(issuer: Issuer) -> Response:
    return submit_plain_change(IssuerRemoval(issuer.id), issuer.name, "organisation.list_issuers")


def next_position(rows: Sequence[Department] | Sequence[Leader] | Sequence[Issuer]) -> int:
    """Return the place behind all others."""
    return max((row.position for row in rows), default=0) + 1
