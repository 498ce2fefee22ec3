"""Taking what a department answered over into its report."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, current_person, require_row
from app.access.repeated_forms import once_per_form
from app.authority.policy import Action
from app.base.settings.current import current_settings
from app.directives.replies.operations import take_reply_into_filing
from app.directives.replies.queries import find_reply
from app.filing.core.lights import thresholds_of
from app.filing.core.models import Filing
from app.filing.core.queries import find_filing
from app.web.responses import go_to

bp = Blueprint("directive_replies", __name__)


@bp.post("/directives/for-filing/<int:filing_id>/replies/<int:reply_id>/take")
@allowed(Action.WRITE_FILING, filing=find_filing)
@once_per_form
def take_reply(filing: Filing, reply_id: int) -> Response:
    reply = require_row(find_reply(reply_id))
    thresholds = thresholds_of(current_settings())
    take_reply_into_filing(reply, filing, by=current_person(), thresholds=thresholds)
    return go_to("filing.show_filing", filing_id=filing.id, toast="已放进“进展情况”，请核对。")
