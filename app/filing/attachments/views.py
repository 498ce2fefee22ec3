"""The pages of attachments: list, upload, download, remove."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import MultipleFileField
from wtforms.validators import InputRequired

from app.access.guards import allowed, current_person, require_row
from app.access.request_checks import takes_upload
from app.access.work_limits import WorkKind, rate_limited
from app.authority.policy import Action, is_allowed
from app.base.errors import BadInput, IllegalTransition
from app.filing.attachments import operations, queries
from app.filing.attachments.models import Attachment, AttachmentOwner
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import (
    contribution_as_stored,
    find_contribution,
    is_contribution_locked,
)
from app.filing.core import queries as filings
from app.filing.core.models import Filing
from app.filing.department.filing_details import possible_actions_on
from app.uploads.current_store import current_store, quota_in_force
from app.uploads.inspection import SentFile
from app.uploads.rules import SUFFIXES
from app.web.errors import error_page
from app.web.responses import file_response, go_to, is_htmx_request, page_or_fragment, with_toast

bp = Blueprint("attachments", __name__)


class AttachmentForm(FlaskForm):
    """The files to be attached."""

    files = MultipleFileField("选择文件（可一次选几个）", [InputRequired()])


@bp.get("/filings/<int:filing_id>/attachments")
@allowed(Action.READ_FILING, filing=filings.find_filing)
def list_attachments(filing: Filing) -> Response:
    """Show the attachments of a filing that the reader may see."""
    return attachments_page(filing)


@bp.post("/filings/<int:filing_id>/attachments")
@allowed(Action.WRITE_FILING, filing=filings.find_filing)
@rate_limited(WorkKind.UPLOADS)
@takes_upload(lambda settings: settings.largest_upload)
def upload_files(filing: Filing) -> Response:
    return upload_to(filing)


@bp.get("/contributions/<int:contribution_id>/attachments")
@allowed(Action.READ_CONTRIBUTION, contribution=find_contribution)
def list_contributed(contribution: Contribution) -> Response:
    """Show the attachments of a contribution that the reader may see."""
    return attachments_page(contribution)


@bp.post("/contributions/<int:contribution_id>/attachments")
@allowed(Action.WRITE_CONTRIBUTION, contribution=find_contribution)
@rate_limited(WorkKind.UPLOADS)
@takes_upload(lambda settings: settings.largest_upload)
def upload_contributed(contribution: Contribution) -> Response:
    return upload_to(contribution)


def upload_to(owner: AttachmentOwner) -> Response:
    try:
        added = operations.add_attachments(
            owner, sent_files(), by=current_person(), quota=quota_in_force(), store=current_store()
        )
    except (BadInput, IllegalTransition) as refusal:
        return attachments_page(owner, refusal=refusal)
    if added.problems:
        sentence = f"已上传 {len(added.kept)} 个文件，下面的没有收下，请按所写的原因处理后重新选择。"
        return attachments_page(owner, refusal=BadInput(sentence, added.problems))
    return list_after_change(owner, f"已上传 {len(added.kept)} 个文件。")


@bp.get("/attachments/<int:attachment_id>")
@allowed(Action.READ_ATTACHMENT, attachment=queries.find_attachment)
def download_file(attachment: Attachment) -> Response:
    """Send a file as a download: nothing in it may run under this site's address."""
    file = operations.open_attachment(attachment, by=current_person(), store=current_store())
    response = file_response(file, attachment.kind.media_type, attachment.name)
    response.content_length = attachment.size
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.post("/attachments/<int:attachment_id>/remove")
@allowed(Action.WRITE_FILING, attachment=queries.find_attachment)
def remove_file(attachment: Attachment) -> Response:
    try:
        operations.remove_attachment(attachment, by=current_person())
    except IllegalTransition as refusal:
        return attachments_page(attachment.owner, refusal=refusal)
    return list_after_change(attachment.owner, f"已移除“{attachment.name}”。")


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large_files(_error: RequestEntityTooLarge) -> Response:
    """Answer that the upload is too large; nothing of it was read."""
    return error_page(
        413, f"选的文件合起来太大，一个也没有收下。{quota_in_force().limits_in_words}。请分几次上传。"
    )


def sent_files() -> Sequence[SentFile]:
    """Return the uploaded files; a field left empty is sent by browsers as a file without a name."""
    files = request.files.getlist("files")
    return [SentFile(file.filename, file.stream) for file in files if file.filename]


def list_after_change(owner: AttachmentOwner, sentence: str) -> Response:
    """Return the list with a message about what was done."""
    if is_htmx_request():
        return with_toast(attachments_page(owner_as_stored(owner)), sentence)
    if isinstance(owner, Contribution):
        return go_to("attachments.list_contributed", contribution_id=owner.id, toast=sentence)
    return go_to("attachments.list_attachments", filing_id=owner.id, toast=sentence)


def owner_as_stored(owner: AttachmentOwner) -> AttachmentOwner:
    if isinstance(owner, Contribution):
        return contribution_as_stored(owner)
    current: Filing = require_row(filings.find_filing(owner.id))
    return current


def attachments_page(
    owner: AttachmentOwner, *, refusal: BadInput | IllegalTransition | None = None
) -> Response:
    """Return the list of attachments; `refusal` says why something was not done."""
    current = owner_as_stored(owner) if refusal else owner
    attached = [
        file
        for file in queries.attachments_of(current)
        if is_allowed(current_person(), Action.READ_ATTACHMENT, file)
    ]
    return page_or_fragment(
        "filing/attachments/page.html",
        status=refusal.status if refusal else 200,
        owner=current,
        is_contribution=isinstance(current, Contribution),
        attachments=attached,
        refusal=refusal,
        quota=quota_in_force(),
        files_left=quota_in_force().files - len(attached),
        suffixes=",".join(SUFFIXES),
        form=AttachmentForm(formdata=None) if can_attach_to(current) else None,
    )


def can_attach_to(owner: AttachmentOwner) -> bool:
    if isinstance(owner, Contribution):
        is_open = not (owner.is_settled or is_contribution_locked(owner))
        return is_open and is_allowed(current_person(), Action.WRITE_CONTRIBUTION, owner)
    return Action.WRITE_FILING in possible_actions_on(owner, current_person())
