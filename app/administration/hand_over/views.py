"""The pages on which the office or the head of a department hands open work over."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from app.access.guards import allowed, current_person, require_row
from app.administration.hand_over import operations, queries
from app.administration.hand_over.forms import HandOverForm
from app.administration.hand_over.queries import PlannedHandOver
from app.administration.seats import AccountSeat, account_seats, find_seat
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.errors import FieldProblems
from app.web.forms import write_problems
from app.web.responses import go_to, page_or_fragment

bp = Blueprint("hand_over", __name__, url_prefix="/hand-over")


def find_business_seat(account_id: int) -> AccountSeat | None:
    """Return a business seat with its open work as far as the current person may know of it."""
    seat = find_seat(account_id, current_person())
    return seat if seat and seat.is_business else None


@bp.get("")
@allowed(Action.HAND_OVER_WORK)
def list_seats() -> Response:
    """List the accounts from which the current person may hand work over, and work without anybody responsible."""
    by = current_person()
    seats = account_seats(by)
    own = [one for one in seats if one.is_business and is_allowed(by, Action.HAND_OVER_WORK, one)]
    page = render_template(
        "administration/hand_over/seats.html",
        seats=own,
        orphans=queries.orphaned_work(seats, by) if sees_all() else [],
        planned=queries.planned_hand_overs(own),
    )
    return make_response(page)


@bp.get("/orphans")
@allowed(Action.HAND_OVER_WORK)
def show_orphans() -> Response:
    """Show work without anybody responsible; the office's home page loads this fragment."""
    by = current_person()
    orphans = queries.orphaned_work(account_seats(by), by) if sees_all() else []
    return page_or_fragment(
        "administration/hand_over/orphans.html", "orphaned_work", orphans=orphans, shows_titles=True
    )


def sees_all() -> bool:
    return Role.OFFICE in current_person().roles


@bp.route("/<int:account_id>", methods=["GET", "POST"])
@allowed(Action.HAND_OVER_WORK, account=find_business_seat)
def hand_over_work(account: AccountSeat) -> Response:
    """Show the open work of an account, and hand it over."""
    receivers = [one for one in account_seats() if not operations.receiver_problem(account, one)]
    form = HandOverForm(receivers, queries.open_work_of(account, current_person()))
    if request.method == "GET":
        return work_page(account, form)
    if not form.validate():
        return work_page(account, form, status=422)
    receiver = require_row(find_seat(form.receiver.data))
    try:
        ordered = operations.order_hand_over(
            account, receiver, form.chosen_day, chosen=form.chosen.data, by=current_person()
        )
    except FieldProblems as problems:
        write_problems(form, problems.fields)
        return work_page(account, form, status=422)
    when = "已" if ordered.done_at else "到那一天"
    return go_to(
        "hand_over.list_seats",
        toast=f"{account.account.person}的工作{'' if ordered.items is None else '（所选的）'}{when}移交给"
        f"{receiver.account.person}。",
    )


@bp.post("/planned/<int:planned_id>/cancel")
@allowed(Action.HAND_OVER_WORK, planned=queries.find_planned_hand_over)
def cancel_hand_over(planned: PlannedHandOver) -> Response:
    """Cancel a hand-over ordered for a later day."""
    operations.cancel_hand_over(planned.order, planned.giver, by=current_person())
    return go_to("hand_over.list_seats", toast=f"已取消移交：{planned.giver.account.person}的工作不再移交。")


def work_page(account: AccountSeat, form: HandOverForm, *, status: int = 200) -> Response:
    work = queries.open_work_of(account, current_person())
    page = render_template("administration/hand_over/work.html", seat=account, work=work, form=form)
    return make_response(page, status)
