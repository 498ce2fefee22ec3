"""Filing by Excel: download, upload, comparison, import, and the office's export."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FileField
from wtforms.validators import InputRequired

from app.access.guards import allowed, current_person, require_row
from app.access.request_checks import takes_upload
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.clock import now
from app.base.errors import BadInput, IllegalTransition, NotFound
from app.base.settings.current import current_settings
from app.base.text import parse_number, plain_text
from app.filing.contributions.forms import sent_contributions
from app.filing.core.lights import thresholds_of
from app.filing.department.forms import read_filings
from app.filing.department.own_quarters import own_choice, require_own_period
from app.filing.workbook import operations, queries
from app.filing.workbook.mistakes import UnusableForm
from app.filing.workbook.models import UploadedForm
from app.periods.chosen_period import require_chosen_period
from app.periods.queries import (
    lock_on,
)
from app.web.responses import XLSX_TYPE, file_response, go_to, page_or_fragment

NOTHING_TICKED = "没有勾选任何一项，什么也没有保存。请勾选要保存的各项。"

bp = Blueprint("workbook", __name__, url_prefix="/filings/excel")


class WorkbookForm(FlaskForm):
    file = FileField("填好的填报表（.xlsx）", [InputRequired()])


@bp.get("")
@allowed(Action.UPLOAD_FORM)
def show_workbook() -> Response:
    """Show how to file the most urgent quarter, or ``?period=2026Q2``, by Excel."""
    return upload_page()


@bp.get("/form.xlsx")
@allowed(Action.DOWNLOAD_FORM)
@rate_limited(WorkKind.WORKBOOKS)
def send_form() -> Response:
    period = require_own_period()
    data = operations.download_form(period, by=current_person())
    return file_response(data, XLSX_TYPE, f"{period.quarter.words}填报表.xlsx")


@bp.get("/quarter.xlsx")
@allowed(Action.EXPORT_QUARTER)
@rate_limited(WorkKind.WORKBOOKS)
def send_quarter() -> Response:
    period = require_chosen_period()
    data = operations.export_quarter(period, by=current_person())
    return file_response(data, XLSX_TYPE, f"{period.quarter.words}填报汇总.xlsx")


@bp.post("")
@allowed(Action.UPLOAD_FORM)
@rate_limited(WorkKind.WORKBOOKS)
@takes_upload(lambda settings: settings.workbook_bytes)
def receive_upload() -> Response:
    """Receive a form; go on to what it would change, or list all its mistakes."""
    file = request.files.get("file")
    name, data = (plain_text(file.filename), file.read()) if file else ("", b"")
    try:
        kept = operations.receive_form(data, name, require_own_period(), by=current_person())
    except UnusableForm as refusal:
        return upload_page(refusal.status, refusal.sentence, mistakes=refusal.listed)
    except BadInput as refusal:
        return upload_page(refusal.status, refusal.sentence)
    return go_to("workbook.show_proposal", sha256=kept.sha256)


@bp.get("/<sha256>")
@allowed(Action.UPLOAD_FORM)
@rate_limited(WorkKind.WORKBOOKS)
def show_proposal(sha256: str) -> Response:
    return proposal_page(own_upload(sha256))


@bp.post("/<sha256>")
@allowed(Action.IMPORT_FORM)
@rate_limited(WorkKind.WORKBOOKS)
def import_ticked(sha256: str) -> Response:
    """Import the ticked rows of an uploaded form: all or none."""
    kept = own_upload(sha256)
    try:
        values = request.form.getlist("contribution")
        contributions = sent_contributions(values) if values else []
        only_contributions = contributions and "read" not in request.form
        chosen = [] if only_contributions else read_filings(NOTHING_TICKED)
        operations.import_form(
            kept,
            chosen,
            by=current_person(),
            thresholds=thresholds_of(current_settings()),
            kept=fields_to_keep(),
            contributions=contributions,
        )
    except (BadInput, IllegalTransition) as refusal:
        return proposal_page(kept, refusal.status, refusal.sentence)
    filed = f"已保存 {len(chosen)} 项。保存不是提交，请看过后逐项提交。" if chosen else ""
    supported = f"{len(contributions)} 项配合情况已保存，并交给牵头部门。" if contributions else ""
    return go_to("filing.task_list", period=kept.period.quarter.code, toast=filed + supported)


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large_form(_error: RequestEntityTooLarge) -> Response:
    """Answer on the upload page that the file is too large; nothing of it was read."""
    most = f"{current_settings().workbook_bytes // 1_000_000} MB"
    return upload_page(
        413, f"文件超过 {most}，没有收下。填报表本身不会这么大，请去掉插入的图片和工作表再上传。"
    )


def fields_to_keep() -> dict[int, set[str]]:
    """Return, by filing id, the fields whose stored value was chosen (``keep=12:progress``)."""
    found: dict[int, set[str]] = {}
    for value in request.form.getlist("keep"):
        number, _, name = value.partition(":")
        if (filing_id := parse_number(number)) is not None:
            found.setdefault(filing_id, set()).add(name)
    return found


def own_upload(sha256: str) -> UploadedForm:
    """Return a form that the person uploaded. Raises NotFound for any other, and for one that is imported already."""
    kept = queries.upload_of(current_person(), sha256)
    if kept is None:
        raise NotFound(operations.EXPIRED)
    return kept


def upload_page(status: int = 200, obstacle: str = "", **shown: Any) -> Response:
    choice = own_choice()
    period = require_row(choice.period)
    return page_or_fragment(
        "filing/workbook/upload.html",
        status=status,
        choice=choice,
        period=period,
        is_locked=lock_on(period).is_locked_for_all(current_person().department_ids, at=now()),
        form=WorkbookForm(formdata=None),
        obstacle=obstacle,
        **shown,
    )


def proposal_page(kept: UploadedForm, status: int = 200, obstacle: str = "") -> Response:
    """Return the page with what a form would change; `obstacle` says why nothing was saved."""
    return page_or_fragment(
        "filing/workbook/proposal.html",
        status=status,
        upload=kept,
        period=kept.period,
        proposal=queries.proposal_of_form(bytes(kept.data), kept.period, user=current_person()),
        ticked=[
            *request.form.getlist("read"),
            *map("contribution:{}".format, request.form.getlist("contribution")),
        ],
        obstacle=obstacle,
    )
