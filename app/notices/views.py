"""A person's own notices: the list, what marks them as read, and the count in the bar of every page."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from flask.blueprints import BlueprintSetupState
from htmx_flask import make_response
from htmx_flask import request as htmx_request

from app.access.guards import found, me, signed_in
from app.notices import operations, queries
from app.notices.mail import mail_server
from app.notices.models import Notice
from app.web.responses import (
    go_to,
    page_asked_for,
    page_or_fragment,
    with_toast,
)

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.record_once
def refuse_wrong_settings(state: BlueprintSetupState) -> None:
    """Do not start with a mail server that cannot be understood: nobody would miss its mail for weeks."""
    settings = state.app.config["SETTINGS"]
    if settings.smtp_url:
        mail_server(settings.smtp_url)


@bp.app_context_processor
def count_for_bar() -> dict[str, object]:
    """Let the bar ask how many notices are unread. Fragments have no bar and do not pay for it."""
    return {"unread_notices": lambda: queries.unread_count(me().account_id)}


@bp.get("")
@signed_in
def listing() -> Response:
    """List whoever looks' own notices, unread ones first."""
    return list_page()


@bp.post("/<int:notice_id>/open")
@signed_in
def open_(notice_id: int) -> Response:
    """Mark a notice as read and go to what it is about."""
    notice = own(notice_id)
    operations.mark_read(notice)
    if htmx_request.htmx:
        return make_response("", 204, redirect=notice.path)
    return make_response(redirect(notice.path, code=303))


@bp.post("/<int:notice_id>/read")
@signed_in
def mark_read(notice_id: int) -> Response:
    """Mark a notice as read; the list stays."""
    operations.mark_read(own(notice_id))
    return list_again("已标为已读。")


@bp.post("/read")
@signed_in
def mark_all_read() -> Response:
    """Mark everything as read; the list stays."""
    count = operations.mark_all_read(me().account_id)
    return list_again(f"已将 {count} 条提醒标为已读。")


def own(notice_id: int) -> Notice:
    """Return a notice of whoever is signed in. Raises NotFound for anybody else's."""
    notice: Notice = found(queries.own_notice(me().account_id, notice_id))
    return notice


def list_again(said: str) -> Response:
    """Return the list as it stands after a deed, and say so; the count in the bar follows."""
    if not htmx_request.htmx:
        return go_to("notices.listing", toast=said)
    return with_toast(list_page(is_answer=True), said)


def list_page(*, is_answer: bool = False) -> Response:
    """Return a page of the list."""
    listed = queries.page(me().account_id, page_asked_for())
    return page_or_fragment(
        "notices/listing.html", "notices/_listing.html", listed=listed, is_answer=is_answer
    )
