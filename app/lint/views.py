"""The page of the text check (公文检查): any pasted text or uploaded file. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person
from app.access.request_checks import takes_upload
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action
from app.base.clock import now
from app.base.errors import BadInput, DomainError
from app.base.processes.confined_reader import current_reader
from app.base.settings.current import current_settings
from app.lint.checked_text import CheckedText, check_text
from app.lint.forms import PASTED_TEXT_LENGTH, CheckForm
from app.lint.reading import lines_from_values, read_lines
from app.web.responses import file_response, page_or_fragment
from reports.lint.written import WrittenLine, lines_of_text
from reports.lint.written.word_revisions import revised_word_file
from reports.model import DocumentError

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_TEXT = "请选择文件，或者粘贴文字。"
NO_WORD = "只有 Word 文件（.docx）能写进修订，请选择 .docx 文件。"
NO_FIXES = "没有可以写成修订或者批注的，请点“检查”看结果。"

bp = Blueprint("lint", __name__, url_prefix="/lint")


@bp.get("")
@allowed(Action.CHECK_TEXT)
def show_form() -> Response:
    return check_page(CheckForm(formdata=None))


@bp.post("")
@allowed(Action.CHECK_TEXT)
@rate_limited(WorkKind.WORKBOOKS)
@takes_upload(lambda settings: settings.text_file_bytes)
def check_from_form() -> Response:
    return answer_with(found_page)


@bp.post("/fixed")
@allowed(Action.CHECK_TEXT)
@rate_limited(WorkKind.WORKBOOKS)
@takes_upload(lambda settings: settings.text_file_bytes)
def download_fixed() -> Response:
    return answer_with(fixed_response)


@bp.post("/revised")
@allowed(Action.CHECK_TEXT)
@rate_limited(WorkKind.WORKBOOKS)
@takes_upload(lambda settings: settings.text_file_bytes)
def download_revised() -> Response:
    return answer_with(revised_response)


def answer_with(make: Callable[[CheckForm, CheckedText, str], Response]) -> Response:
    """Check what was sent and return the response made of it, or the page with why it could not be checked."""
    form = CheckForm()
    if not form.validate():
        return check_page(form, 422)
    try:
        lines, name = sent_lines(form)
        return make(form, check_text(lines), name)
    except DomainError as refusal:
        return check_page(form, refusal.status, refusal.sentence)


def sent_lines(form: CheckForm) -> tuple[tuple[WrittenLine, ...], str]:
    """Return the lines and the name of the file or text. Raises BadInput."""
    file = request.files.get("file")
    if file is not None and file.filename:
        values = current_reader().call_with_file(read_lines, file.stream, name=file.filename)
        return lines_from_values(values), file.filename
    text = form.text.data or ""
    if not text.strip():
        raise BadInput(NO_TEXT)
    return lines_of_text(text), ""


def found_page(form: CheckForm, checked: CheckedText, name: str) -> Response:
    """Return the page with the findings; the field then holds the text of the file."""
    form.text.data = checked.text[:PASTED_TEXT_LENGTH]
    return check_page(form, checked=checked, name=name)


def fixed_response(_form: CheckForm, checked: CheckedText, name: str) -> Response:
    """Return the text as a file with all safe fixes applied."""
    called = f"{PurePath(name).stem}（改正）.txt" if name else "改正后的文字.txt"
    return file_response(checked.fixed_text.encode("utf-8-sig"), "text/plain", called)


def revised_response(_form: CheckForm, checked: CheckedText, name: str) -> Response:
    """Return the Word file with safe fixes as tracked changes and the rest as comments. Raises BadInput."""
    if not name.lower().endswith(".docx"):
        raise BadInput(NO_WORD)
    data = request.files["file"].stream
    data.seek(0)
    author = current_person().person or "公文检查"
    try:
        copy, written = revised_word_file(
            name, data.read(), checked.safe, remarks=checked.remarks, author=author, at=now()
        )
    except DocumentError as refusal:
        raise BadInput(str(refusal)) from None
    if not written:
        raise BadInput(NO_FIXES)
    return file_response(copy, WORD_TYPE, f"{PurePath(name).stem}（检查）.docx")


def check_page(
    form: CheckForm,
    status: int = 200,
    obstacle: str = "",
    *,
    checked: CheckedText | None = None,
    name: str = "",
) -> Response:
    return page_or_fragment(
        "lint/check.html",
        status=status,
        form=form,
        obstacle=obstacle,
        checked=checked,
        name=name,
        most_bytes=current_settings().text_file_bytes,
    )
