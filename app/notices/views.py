"""A person's own notices: the list, marking them as read, and the unread count in the navigation bar."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import current_account_id, current_person, require_row, signed_in
from app.notices import operations, queries
from app.notices.models import Notice
from app.web.responses import (
    go_to,
    go_to_place,
    is_htmx_request,
    page_asked_for,
    page_or_fragment,
    with_toast,
)

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.app_context_processor
def count_for_bar() -> dict[str, object]:
    """Give the navigation bar the number of unread notices; fragments have no bar and skip the query."""
    return {
        "unread_notices": lambda: queries.unread_count(current_account_id()),
        "is_notice_page": request.blueprint == bp.name,
    }


@bp.get("")
@signed_in
def list_notices() -> Response:
    return show_notice_list()


@bp.post("/<int:notice_id>/open")
@signed_in
def open_notice(notice_id: int) -> Response:
    notice = require_own_notice(notice_id)
    operations.mark_read(notice, by=current_person())
    return go_to_place(notice.path)


@bp.post("/<int:notice_id>/read")
@signed_in
def mark_notice_read(notice_id: int) -> Response:
    operations.mark_read(require_own_notice(notice_id), by=current_person())
    return list_after_change("已标为已读。")


@bp.post("/read")
@signed_in
def mark_notices_read() -> Response:
    count = operations.mark_all_read(by=current_person())
    return list_after_change(f"已将 {count} 条提醒标为已读。")


def require_own_notice(notice_id: int) -> Notice:
    """Raises NotFound for anybody else's notice."""
    notice: Notice = require_row(queries.own_notice(current_account_id(), notice_id))
    return notice


def list_after_change(sentence: str) -> Response:
    """Return the list after a change, with a message; the count in the bar is updated."""
    if not is_htmx_request():
        return go_to("notices.list_notices", toast=sentence)
    return with_toast(show_notice_list(is_answer=True), sentence)


def show_notice_list(*, is_answer: bool = False) -> Response:
    listed = queries.notice_page_of(current_account_id(), page_asked_for())
    return page_or_fragment("notices/listing.html", listed=listed, is_answer=is_answer)
