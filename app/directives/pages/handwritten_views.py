"""The page for entering a handwritten directive, and the download of its scans."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import MultipleFileField
from wtforms.validators import Optional

from app.access.guards import allowed, current_person, require_row
from app.access.once_per_form import run_once
from app.access.request_checks import takes_upload
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.days import any_year
from app.base.errors import FieldProblems
from app.directives.core.content import DirectiveTarget
from app.directives.core.models import Directive
from app.directives.core.queries import row_by_ordinal
from app.directives.handwritten import operations
from app.directives.handwritten.operations import Handwriting, examined_handwriting, handwriting_problems
from app.directives.pages.forms import DirectiveForm, DirectivePlace
from app.directives.pages.views import find_directive
from app.directives.pages.writing_views import place_about, plan_to_tick, writing_page
from app.uploads.current_store import current_store, quota_in_force
from app.uploads.inspection import SentFile
from app.web.errors import error_page
from app.web.forms import DayField, write_further_problems, write_problems
from app.web.responses import file_response, go_to

CHOOSE_AGAIN = "有需要改正的内容，请改好以后重新选择扫描件，再提交。"

bp = Blueprint("handwritten", __name__, url_prefix="/directives")


class HandwrittenForm(DirectiveForm):
    """The form of a handwritten directive: additionally the day of writing and the scans."""

    written_on = DayField("领导写批示的日期", [Optional()], within=any_year)
    scans = MultipleFileField("扫描件或照片", [Optional()])

    is_of_leader = True

    def __init__(self, place: DirectivePlace) -> None:
        super().__init__(place)
        self.leader.label.text = "批示领导"
        for field in (self.written_on, self.scans):
            field.flags.required = True

    def examine_sent(self) -> Handwriting:
        """Examine the uploaded files; a file field left empty is sent by browsers as a file without a name."""
        files = [one for one in request.files.getlist("scans") if one.filename]
        sent = [SentFile(one.filename or "", one.stream) for one in files]
        return examined_handwriting(self.written_on.data, sent, quota_in_force())


def handwritten_form() -> HandwrittenForm:
    """Return the form with the plan's measures to tick; the address may tick some already."""
    submit, back = url_for("handwritten.submit_handwritten"), url_for("directives.list_directives")
    return HandwrittenForm(place_about(DirectiveTarget(), plan_to_tick(), submit=submit, back=back))


@bp.get("/handwritten")
@allowed(Action.ENTER_HANDWRITTEN)
def show_handwritten_form() -> Response:
    return writing_page(handwritten_form())


@bp.post("/handwritten")
@allowed(Action.ENTER_HANDWRITTEN)
@rate_limited(WorkKind.UPLOADS)
@takes_upload(lambda settings: settings.largest_upload)
def submit_handwritten() -> Response:
    form = handwritten_form()
    form.find_problems()
    content, handwriting, store = form.directive_content(), form.examine_sent(), current_store()
    found = handwriting_problems(content, handwriting)
    write_further_problems(form, found)

    def enter() -> Response:
        directive = operations.enter_handwritten(
            form.target, content, handwriting, by=current_person(), store=store
        )
        return go_to(
            "directives.show_directive", directive_id=directive.key, toast="已录入，请领导核对确认。"
        )

    if not form.errors:
        operations.store_scans(handwriting, store)
        try:
            return run_once(enter)
        except FieldProblems as refusal:
            write_problems(form, refusal.fields)
    if handwriting.scans and not form.scans.errors:
        write_problems(form, {"scans": CHOOSE_AGAIN})
    return writing_page(form, status=422)


@bp.get("/<directive_id>/scans/<int:ordinal>")
@allowed(Action.READ_DIRECTIVE, directive=find_directive)
def download_scan(directive: Directive, ordinal: int) -> Response:
    """Send one scan as a download: nothing in it may run under this site's address."""
    scan = require_row(row_by_ordinal(directive.scans, ordinal))
    file = operations.open_scan(scan, by=current_person(), store=current_store())
    response = file_response(file, scan.kind.media_type, scan.name)
    response.content_length = scan.size
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large_scans(_error: RequestEntityTooLarge) -> Response:
    """Answer that the upload is too large; nothing of it was read."""
    limits = quota_in_force().limits_in_words
    return error_page(413, f"选的文件合起来太大，一个也没有收下。{limits}。请压缩或者分页扫描后再上传。")
