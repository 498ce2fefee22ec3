"""The button beside a measure, directive or department that starts or stops following it."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, make_response, render_template, request, url_for

from app.access.guards import allowed, current_account_id, current_person
from app.authority.policy import Action
from app.base.errors import BadInput
from app.directives.core.models import Directive
from app.directives.pages.views import find_directive
from app.following import queries
from app.following.operations import Followable, follow_subject, unfollow_subject
from app.org.models import Department
from app.org.queries import find_department
from app.periods.queries import work_calendar
from app.plan.core.models import PlanItem
from app.plan.core.queries import measure_by_id
from app.web.responses import go_to_place, is_htmx_request, page_or_fragment, with_toast

FOLLOWED = {"yes": True, "no": False}

bp = Blueprint("following", __name__)


@bp.app_context_processor
def offer_followed() -> dict[str, object]:
    """Give templates the followed subjects, read once and only if a template asks."""
    return {"followed": cache(lambda: queries.followed_by(current_account_id()))}


@bp.get("/following")
@allowed(Action.FOLLOW_SUBJECT)
def list_followed() -> Response:
    """Show everything that the reader follows."""
    return page_or_fragment(
        "following/listing.html", listed=queries.list_of_followed(current_person()), calendar=work_calendar()
    )


@bp.post("/measures/<int:measure_id>/follow")
@allowed(Action.FOLLOW_SUBJECT, measure=measure_by_id)
def follow_measure(measure: PlanItem) -> Response:
    place = url_for("overview.show_measure", measure_id=measure.id)
    return answer_star(measure, "following/_measure.html", place, measure=measure)


@bp.post("/directives/<directive_id>/follow")
@allowed(Action.FOLLOW_SUBJECT, directive=find_directive)
def follow_directive(directive: Directive) -> Response:
    place = url_for("directives.show_directive", directive_id=directive.key)
    return answer_star(directive, "following/_directive.html", place, directive=directive)


@bp.post("/departments/<int:department_id>/follow")
@allowed(Action.FOLLOW_SUBJECT, department=find_department)
def follow_department(department: Department) -> Response:
    place = url_for("overview.show_overview", by="department")
    return answer_star(department, "following/_department.html", place, department=department)


def answer_star(subject: Followable, fragment: str, place: str, **context: Followable) -> Response:
    """Start or stop following, and show the button as it is now, or its page. Raises BadInput, NotAllowed."""
    wanted = FOLLOWED.get(request.form.get("follow", ""))
    if wanted is None:
        raise BadInput("没有写明关注还是取消关注，请用页面上的“关注”按钮。")
    operation = follow_subject if wanted else unfollow_subject
    operation(subject, by=current_person())
    toast = "已关注，有变化时每天汇总提醒一次。" if wanted else "已取消关注。"
    if is_htmx_request():
        return with_toast(make_response(render_template(fragment, **context)), toast)
    return go_to_place(place, toast=toast)
