"""The files beside a filing: the list, uploading, handing out, removing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, request, send_file
from flask_wtf import FlaskForm
from htmx_flask import request as htmx_request
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import MultipleFileField
from wtforms.validators import InputRequired

from app.access.guards import allowed, found, me
from app.access.policy import Action, allows
from app.access.work_limits import Work, limited
from app.base.errors import BadInput, IllegalTransition
from app.base.settings.settings import Settings
from app.filing.attachments import operations, queries
from app.filing.attachments.inspection import Upload
from app.filing.attachments.models import Attachment
from app.filing.attachments.rules import SUFFIXES, TAKEN, Quota
from app.filing.attachments.store import current_store
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.filing.department.sheet import deeds
from app.web.errors import error_page
from app.web.responses import go_to, page_or_fragment, with_toast

bp = Blueprint("attachments", __name__)


class UploadForm(FlaskForm):
    """Files to be attached."""

    files = MultipleFileField("选择文件（可一次选几个）", [InputRequired()])


@bp.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let an upload be as large as a filing may grow; earlier than any other hook, since the token is read from it."""
    if endpoint == "attachments.upload":
        request.max_content_length = settings().attachments_bytes + settings().form_bytes


@bp.get("/filings/<int:filing_id>/attachments")
@allowed(Action.READ_FILING, filing=filings.filing)
def listing(filing: Filing) -> Response:
    """Show what is attached to a filing, as far as the reader may have it."""
    return list_page(filing)


@bp.post("/filings/<int:filing_id>/attachments")
@allowed(Action.WRITE_FILING, filing=filings.filing)
@limited(Work.UPLOADS)
def upload(filing: Filing) -> Response:
    """Attach the files that were sent."""
    try:
        kept = operations.attach(filing, sent(), by=me(), quota=quota(), store=current_store())
    except (BadInput, IllegalTransition) as refusal:
        return list_page(filing, refusal=refusal)
    return done(filing, f"已上传 {len(kept)} 个文件。")


@bp.get("/attachments/<int:attachment_id>")
@allowed(Action.READ_ATTACHMENT, attachment=queries.attachment)
def download(attachment: Attachment) -> Response:
    """Hand out one file, to be saved and not to be shown: nothing in it runs under our address."""
    file = operations.download(attachment, by=me(), store=current_store())
    response = send_file(
        file,
        attachment.kind.media_type,
        as_attachment=True,
        download_name=attachment.name,
        conditional=False,
        etag=False,
        max_age=0,
    )
    response.content_length = attachment.size
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.post("/attachments/<int:attachment_id>/remove")
@allowed(Action.WRITE_FILING, attachment=queries.attachment)
def remove(attachment: Attachment) -> Response:
    """Take one file away."""
    try:
        operations.remove(attachment, by=me())
    except IllegalTransition as refusal:
        return list_page(attachment.filing, refusal=refusal)
    return done(attachment.filing, f"已移除“{attachment.name}”。")


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say what an upload may hold; nothing of it was read."""
    return error_page(413, f"选的文件合起来太大，一个也没有收下。{quota().words}。请分几次上传。")


def sent() -> Sequence[Upload]:
    """Return the files that were sent; browsers send one without a name where none was chosen."""
    files = request.files.getlist("files")
    return [Upload(file.filename, file.stream) for file in files if file.filename]


def done(filing: Filing, sentence: str) -> Response:
    """Return the list as it stands after a deed, and say so."""
    if htmx_request.htmx:
        return with_toast(list_page(filing), sentence)
    return go_to("attachments.listing", filing_id=filing.id, toast=sentence)


def list_page(filing: Filing, *, refusal: BadInput | IllegalTransition | None = None) -> Response:
    """Return what is attached now; `refusal` says why something was not done."""
    current = found(filings.filing(filing.id))
    attached = [
        file for file in queries.attachments_of(current) if allows(me(), Action.READ_ATTACHMENT, file)
    ]
    return page_or_fragment(
        "filing/attachments/page.html",
        "filing/attachments/_list.html",
        status=refusal.status if refusal else 200,
        filing=current,
        attachments=attached,
        refusal=refusal,
        quota=quota(),
        room=quota().files - len(attached),
        taken=TAKEN,
        suffixes=",".join(SUFFIXES),
        form=UploadForm(formdata=None) if Action.WRITE_FILING in deeds(current, me()) else None,
    )


def quota() -> Quota:
    """Return how much a filing takes here."""
    limits = settings()
    return Quota(limits.attachment_bytes, limits.attachments_per_filing, limits.attachments_bytes)


def settings() -> Settings:
    """Return the settings of this installation."""
    kept: Settings = current_app.config["SETTINGS"]
    return kept
