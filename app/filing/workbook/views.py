"""Filing by Excel: a department's form goes out, comes back, is compared, and is taken over; the office's export."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, request, send_file
from flask_wtf import FlaskForm
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FileField
from wtforms.validators import InputRequired

from app.access.guards import allowed, me
from app.access.policy import Action
from app.access.work_limits import Work, limited
from app.base.clock import now
from app.base.errors import BadInput, IllegalTransition, NotFound
from app.base.text import plain_text
from app.filing.department.forms import read_filings
from app.filing.workbook import operations, queries
from app.filing.workbook.mistakes import UnusableForm
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.opening import UPLOAD_BYTES
from app.periods.models import Period
from app.periods.queries import (
    current_period,
    lock_on,
    period_of,
    periods,
)
from app.web.responses import go_to, page_or_fragment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LARGE = f"文件超过 {UPLOAD_BYTES // 1_000_000} MB，没有收下。填报表本身不会这么大，请去掉插入的图片和工作表再上传。"

bp = Blueprint("exchange", __name__, url_prefix="/filings/excel")


class UploadForm(FlaskForm):
    """A form that comes back."""

    file = FileField("填好的填报表（.xlsx）", [InputRequired()])


@bp.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let an upload be larger than other forms; earlier than any other hook, since the token is read from it."""
    if endpoint == "exchange.upload":
        request.max_content_length = UPLOAD_BYTES


@bp.get("")
@allowed(Action.UPLOAD_FORM)
def page() -> Response:
    """Show how a quarter is filed by Excel: the current one, or ``?period=2026Q2``."""
    return upload_page()


@bp.get("/form.xlsx")
@allowed(Action.DOWNLOAD_FORM)
@limited(Work.WORKBOOKS)
def form() -> Response:
    """Hand out the form of a quarter."""
    period = asked()
    return workbook(operations.download_form(period, by=me()), f"{period.quarter.words}填报表.xlsx")


@bp.get("/quarter.xlsx")
@allowed(Action.EXPORT_QUARTER)
@limited(Work.WORKBOOKS)
def quarter() -> Response:
    """Hand out everything that was filed in a quarter."""
    period = asked()
    return workbook(operations.export_quarter(period, by=me()), f"{period.quarter.words}填报汇总.xlsx")


@bp.post("")
@allowed(Action.UPLOAD_FORM)
@limited(Work.WORKBOOKS)
def upload() -> Response:
    """Take a form that comes back; go on to what it would change, or say everything that is wrong in it."""
    file = request.files.get("file")
    name, data = (plain_text(file.filename), file.read()) if file else ("", b"")
    try:
        kept = operations.receive(data, name, asked(), by=me())
    except UnusableForm as refusal:
        return upload_page(refusal.status, refusal.sentence, mistakes=refusal.listed)
    except BadInput as refusal:
        return upload_page(refusal.status, refusal.sentence)
    return go_to("exchange.preview", sha256=kept.sha256)


@bp.get("/<sha256>")
@allowed(Action.UPLOAD_FORM)
@limited(Work.WORKBOOKS)
def preview(sha256: str) -> Response:
    """Show what an uploaded form would change."""
    return preview_page(own(sha256))


@bp.post("/<sha256>")
@allowed(Action.IMPORT_FORM)
@limited(Work.WORKBOOKS)
def take_over(sha256: str) -> Response:
    """Save the ticked rows of an uploaded form, all of them or none."""
    kept = own(sha256)
    try:
        chosen = read_filings("没有勾选任何一项，什么也没有保存。请勾选要保存的各项。")
        operations.take_over(kept, chosen, by=me())
    except (BadInput, IllegalTransition) as refusal:
        return preview_page(kept, refusal.status, refusal.sentence)
    said = f"已保存 {len(chosen)} 项。保存不是提交，请看过后逐项提交。"
    return go_to("filing.task_list", period=kept.period.quarter.code, toast=said)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say on the page of the upload that the file is too large; nothing of it was read."""
    return upload_page(RequestEntityTooLarge.code, TOO_LARGE)


def asked() -> Period:
    """Return the quarter that the address names, or the current one. Raises BadInput, NotFound."""
    code = request.args.get("period")
    period = period_of(code) if code else current_period()
    if period is None:
        raise NotFound("填报尚未开始，还没有填报表。街道办公室开启一个季度以后再来下载。")
    return period


def own(sha256: str) -> UploadedForm:
    """Return a form that the person uploaded. Raises NotFound for any other, and for one that is done with."""
    kept = queries.upload_of(me(), sha256)
    if kept is None:
        raise NotFound(operations.EXPIRED)
    return kept


def upload_page(status: int = 200, obstacle: str = "", **shown: Any) -> Response:
    """Return the page on which forms go out and come back."""
    period = asked()
    return page_or_fragment(
        "filing/exchange/page.html",
        "filing/exchange/_upload.html",
        status=status,
        period=period,
        periods=periods(period.plan),
        is_locked=lock_on(period).holds_all(me().department_ids, at=now()),
        form=UploadForm(formdata=None),
        obstacle=obstacle,
        **shown,
    )


def preview_page(kept: UploadedForm, status: int = 200, obstacle: str = "") -> Response:
    """Return the page of what an uploaded form would change; `obstacle` says why nothing was saved."""
    return page_or_fragment(
        "filing/exchange/preview.html",
        "filing/exchange/_preview.html",
        status=status,
        upload=kept,
        period=kept.period,
        proposal=queries.proposal(bytes(kept.data), kept.period, user=me()),
        ticked=request.form.getlist("read"),
        obstacle=obstacle,
    )


def workbook(data: bytes, name: str) -> Response:
    """Return a workbook under its Chinese name; no cache keeps it."""
    response = send_file(BytesIO(data), XLSX, as_attachment=True, download_name=name, max_age=0, etag=False)
    response.headers["Cache-Control"] = "private, no-store"
    return response
