"""The pages of the organisation, on which the system administrator makes changes and the office proposes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from app.administration.organisation.succession import charge_of, open_duties_of
from app.authority.policy import Action, is_allowed
from app.base.clock import today
from app.base.errors import BadInput, FieldProblems, StaleVersion
from app.base.text import faceless_problem
from app.org import queries as organisation
from app.org.changes import (
    DepartmentReturn,
    DifferingValue,
    GroupRemoval,
    IssuerRemoval,
    OrganisationChange,
    differing_values,
)
from app.org.models import Department, DepartmentGroup, Issuer, Leader
from app.web.forms import hidden_number, write_problems
from app.web.responses import go_to

DEPARTMENT_PAGE = "administration/organisation/department.html"
LEADER_PAGE = "administration/organisation/leader.html"

bp = Blueprint("organisation", __name__, url_prefix="/admin/organisation")


def can_decide() -> bool:
    """Return whether the current person can make changes himself."""
    return is_allowed(current_person(), Action.IMPORT_ORGANISATION)


def organisation_page(template: str, *, status: int = 200, **context: Any) -> Response:
    page = render_template(template, decides=can_decide(), sections=organisation_sections(), **context)
    return make_response(page, status)


def organisation_sections() -> list[tuple[str, str]]:
    """Return the links between the pages, by label, with the number of waiting proposals."""
    waiting = queries.open_proposal_count()
    found = [
        ("部门", "organisation.list_departments"),
        ("部门组", "organisation.list_groups"),
        ("领导", "organisation.list_leaders"),
        ("发文机关", "organisation.list_issuers"),
        (f"建议（{waiting}）" if waiting else "建议", "proposals.list_proposals"),
    ]
    return [*found, ("导入", "proposals.import_table")] if can_decide() else found


@dataclass(frozen=True)
class ChangePage:
    """The page of the form for changing or adding a row."""

    template: str
    form: ChangeForm
    row: Any = None
    context: Mapping[str, object] = field(default_factory=dict)

    def show(
        self,
        status: int = 200,
        *,
        refusal: BadInput | StaleVersion | None = None,
        differences: Sequence[DifferingValue] = (),
        row: Any = None,
    ) -> Response:
        """Return the page with what was refused; after a conflict with the present values of `row`."""
        return organisation_page(
            self.template,
            status=status,
            form=self.form,
            row=row or self.row,
            refusal=refusal,
            differences=differences,
            **self.context,
        )


def submit_form(page: ChangePage, place: str) -> Response:
    """Show a form, carry out its change, or show it again with what is wrong or what somebody else changed."""
    form: Any = page.form
    if can_decide():
        del form.reason
    if request.method == "GET":
        return page.show()
    if not form.validate():
        return page.show(422)
    reason = form.reason.data if form.reason else ""
    change = form.change_of(page.row.id if page.row else None)
    if page.row:
        change = replace(change, read_at=hidden_number("version"))
    try:
        about = page.row.name if page.row else form.name.data
        return submit_change(change, about, reason, place, name=form.name.data if "name" in form else about)
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return page.show(422)
    except BadInput as refusal:
        return page.show(422, refusal=refusal)
    except StaleVersion as conflict:
        differing = differing_values(change, conflict.current, organisation.known_names())
        return page.show(409, refusal=conflict, differences=differing, row=conflict.current)


def submit_plain_change(change: OrganisationChange, about: str, place: str) -> Response:
    """Carry out a change that needs no form; for a proposal the reason is written beside the button."""
    return submit_change(change, about, request.form.get("reason", ""), place, name=about)


def submit_change(change: OrganisationChange, about: str, reason: str, place: str, *, name: str) -> Response:
    """Carry out or propose a change, and report it under its new `name`; also report characters that few fonts have."""
    done = operations.submit_change(change, about=about, reason=reason, by=current_person())
    toast = f"已保存：{name}。" if done else "已提出建议，系统管理员采纳后生效。"
    return go_to(place, toast=f"{toast}{faceless_problem(name)}")


@bp.get("")
@allowed(Action.PROPOSE_ORGANISATION)
def list_departments() -> Response:
    return organisation_page("administration/organisation/departments.html", lines=queries.department_lines())


@bp.route("/departments/new", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION)
def add_department() -> Response:
    form = DepartmentForm(on=today(), position=next_position(organisation.active_departments()))
    return submit_form(ChangePage(DEPARTMENT_PAGE, form), "organisation.list_departments")


@bp.route("/departments/<int:department_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, department=organisation.find_department)
def change_department(department: Department) -> Response:
    form = DepartmentForm(obj=department, department_kind=department.kind, on=today())
    return submit_form(
        ChangePage(DEPARTMENT_PAGE, form, department),
        "organisation.list_departments",
    )


@bp.route("/departments/<int:department_id>/end", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, department=organisation.find_department)
def end_department(department: Department) -> Response:
    """Show the duties of a department, and end or merge it, handing them over."""
    form = DepartmentEndForm(department, organisation.active_departments(), on=today())
    duties = open_duties_of(department, today())
    page = ChangePage("administration/organisation/end_department.html", form, department, {"duties": duties})
    return submit_form(page, "organisation.list_departments")


@bp.post("/departments/<int:department_id>/return")
@allowed(Action.PROPOSE_ORGANISATION, department=organisation.find_department)
def return_department(department: Department) -> Response:
    """Make an ended department active again."""
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
    return submit_form(ChangePage("administration/organisation/group.html", form), "organisation.list_groups")


@bp.route("/groups/<int:group_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, group=organisation.find_group)
def change_group(group: DepartmentGroup) -> Response:
    members = [one.department_id for one in group.members]
    form = GroupForm(organisation.active_departments(), name=group.name, members=members)
    return submit_form(
        ChangePage("administration/organisation/group.html", form, group), "organisation.list_groups"
    )


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
    leaders = organisation.active_leaders()
    form = LeaderForm(None, leaders, position=next_position(leaders))
    return submit_form(ChangePage(LEADER_PAGE, form), "organisation.list_leaders")


@bp.route("/leaders/<int:leader_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, leader=organisation.find_leader)
def change_leader(leader: Leader) -> Response:
    form = LeaderForm(leader, organisation.active_leaders(), obj=leader)
    page = ChangePage(LEADER_PAGE, form, leader, {"duties": charge_of(leader, today())})
    return submit_form(page, "organisation.list_leaders")


@bp.get("/issuers")
@allowed(Action.PROPOSE_ORGANISATION)
def list_issuers() -> Response:
    return organisation_page("administration/organisation/issuers.html", issuers=organisation.all_issuers())


@bp.route("/issuers/new", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION)
def add_issuer() -> Response:
    form = IssuerForm(position=next_position(organisation.all_issuers()))
    return submit_form(
        ChangePage("administration/organisation/issuer.html", form), "organisation.list_issuers"
    )


@bp.route("/issuers/<int:issuer_id>", methods=["GET", "POST"])
@allowed(Action.PROPOSE_ORGANISATION, issuer=organisation.find_issuer)
def change_issuer(issuer: Issuer) -> Response:
    form = IssuerForm(obj=issuer)
    return submit_form(
        ChangePage("administration/organisation/issuer.html", form, issuer), "organisation.list_issuers"
    )


@bp.post("/issuers/<int:issuer_id>/remove")
@allowed(Action.PROPOSE_ORGANISATION, issuer=organisation.find_issuer)
def remove_issuer(issuer: Issuer) -> Response:
    return submit_plain_change(IssuerRemoval(issuer.id), issuer.name, "organisation.list_issuers")


def next_position(rows: Sequence[Department] | Sequence[Leader] | Sequence[Issuer]) -> int:
    """Return the position behind all others."""
    return max((row.position for row in rows), default=0) + 1
