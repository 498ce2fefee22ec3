"""The pages on which the system administrator decides on proposals and imports tables."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.access.work_limits import WorkKind, rate_limited
from app.administration.organisation import operations, queries
from app.administration.organisation.forms import ImportForm, TableKind
from app.administration.organisation.models import OrganisationProposal
from app.administration.organisation.views import organisation_page
from app.authority.policy import Action
from app.base.errors import BadInput, StaleVersion
from app.base.text import REASON_LENGTH
from app.org.department_import import import_department_data
from app.org.issuers import import_issuer_data
from app.org.leader_import import import_leader_data
from app.org.rules import ImportOutcome
from app.web.forms import hidden_number
from app.web.responses import go_to, page_asked_for

bp = Blueprint("proposals", __name__, url_prefix="/admin/organisation")


@bp.get("/proposals")
@allowed(Action.PROPOSE_ORGANISATION)
def list_proposals() -> Response:
    return proposals_page()


def proposals_page(*, status: int = 200, refusal: BadInput | StaleVersion | None = None) -> Response:
    page, lines = queries.page_of_proposals(page_asked_for())
    return organisation_page(
        "administration/organisation/proposals.html",
        status=status,
        page=page,
        lines=lines,
        refusal=refusal,
        reason_length=REASON_LENGTH,
    )


@bp.post("/proposals/<int:proposal_id>/accept")
@allowed(Action.DECIDE_PROPOSAL, proposal=queries.find_proposal)
def accept_proposal(proposal: OrganisationProposal) -> Response:
    read_at = None if proposal.change.target is None else hidden_number("version")
    try:
        operations.accept_proposal(proposal, read_at=read_at, by=current_person())
    except (BadInput, StaleVersion) as refusal:
        return proposals_page(status=refusal.status, refusal=refusal)
    return go_to("proposals.list_proposals", toast="已采纳，随即生效。")


@bp.post("/proposals/<int:proposal_id>/refuse")
@allowed(Action.DECIDE_PROPOSAL, proposal=queries.find_proposal)
def refuse_proposal(proposal: OrganisationProposal) -> Response:
    try:
        operations.refuse_proposal(proposal, request.form.get("reason", ""), by=current_person())
    except BadInput as refusal:
        return proposals_page(status=422, refusal=refusal)
    return go_to("proposals.list_proposals", toast="未采纳，已告知提出的人。")


@bp.route("/import", methods=["GET", "POST"])
@allowed(Action.IMPORT_ORGANISATION)
@rate_limited(WorkKind.WORKBOOKS)
def import_table() -> Response:
    """Import a table as the command line does: all of it or nothing."""
    form = ImportForm()
    if request.method == "GET":
        return import_page(form)
    if not form.validate():
        return import_page(form, status=422)
    try:
        outcome = import_sent_table(form)
    except BadInput as refusal:
        return import_page(form, status=422, refusal=refusal)
    return import_page(ImportForm(formdata=None), outcome=outcome)


def import_page(
    form: ImportForm,
    *,
    status: int = 200,
    outcome: ImportOutcome | None = None,
    refusal: BadInput | None = None,
) -> Response:
    """Return the import page with the result: what changed, or why nothing was imported."""
    template = "administration/organisation/import.html"
    return organisation_page(template, status=status, form=form, outcome=outcome, refusal=refusal)


def import_sent_table(form: ImportForm) -> ImportOutcome:
    """Import the table of a validated form. Raises BadInput with every wrong row and column."""
    data, name, by = form.table.data.read(), form.table.data.filename or "", current_person()
    match form.kind.data:
        case TableKind.LEADERS:
            return import_leader_data(data, name, by=by, **form.import_terms)
        case TableKind.ISSUERS:
            return import_issuer_data(data, name, by=by)
    return import_department_data(data, name, by=by, **form.import_terms)
