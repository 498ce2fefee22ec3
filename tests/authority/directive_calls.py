"""How each operation on directives is called, and by whom the table lets it be."""

from __future__ import annotations

from app.directives.carry_over.operations import (
    CarryOverDecision,
    carry_over_measures,
    plan_carry_overs,
    take_back_carry_over,
)
from app.directives.core import operations as directives
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.content import DirectiveContent, DirectiveTarget
from app.directives.core.life_cycle import DirectiveKind
from app.directives.core.models import Directive, DirectiveReply
from app.directives.core.operations import remind_of_due_directives
from app.directives.core.scans import DirectiveScan
from app.directives.former_leads.operations import hand_over_to_leads
from app.directives.handwritten import operations as handwritten
from app.directives.handwritten.operations import Handwriting
from app.directives.listing.directive_register_sheet import export_directives
from app.directives.replies import operations as replies
from app.directives.steps import operations as steps
from app.following import daily_notices
from app.following import operations as following
from app.issuing.directive_sheets import print_directive_sheet
from tests.authority.subjects import OperationCall
from tests.world import THRESHOLDS

VERSION = {"version": 1}
READ_REPLY = replies.ReadReply(directive=1, draft=1)
DIRECTIVE_CALLS: dict[str, OperationCall] = {
    "following.operations:follow_subject": OperationCall(
        "OL", lambda s, by: following.follow_subject(s.world.measures[1], by=by)
    ),
    "following.daily_notices:send_daily_notices": OperationCall(
        "W", lambda s, by: daily_notices.send_daily_notices(by=by)
    ),
    "following.operations:unfollow_subject": OperationCall(
        "OL", lambda s, by: following.unfollow_subject(s.world.measures[1], by=by)
    ),
    "issuing.directive_sheets:print_directive_sheet": OperationCall(
        "FHOL", lambda s, by: print_directive_sheet(s.directive, is_blank=True, by=by)
    ),
    "directives.core.operations:write_directive": OperationCall(
        "OL",
        lambda s, by: directives.write_directive(
            DirectiveTarget((s.world.measures[1],)),
            DirectiveContent(DirectiveKind.NOTED, "请抓紧。", s.world.departments["经发办"]),
            by=by,
        ),
    ),
    "directives.handwritten.operations:enter_handwritten": OperationCall(
        "O",
        lambda s, by: handwritten.enter_handwritten(
            DirectiveTarget(),
            DirectiveContent(DirectiveKind.NOTED, "请抓紧。", s.world.departments["经发办"]),
            Handwriting(None, ()),
            by=by,
            store=s.store,
        ),
    ),
    "directives.handwritten.operations:confirm_directive": OperationCall(
        "L", lambda s, by: handwritten.confirm_directive(s.directive, "请抓紧。", by=by, **VERSION)
    ),
    "directives.handwritten.operations:open_scan": OperationCall(
        "FHOL", lambda s, by: handwritten.open_scan(DirectiveScan.get(), by=by, store=s.store)
    ),
    "directives.replies.operations:save_reply": OperationCall(
        "FH",
        lambda s, by: replies.save_reply(
            s.directive, "已办。", department=s.world.departments["经发办"], by=by, **VERSION
        ),
    ),
    "directives.replies.operations:submit_reply": OperationCall(
        "FH",
        lambda s, by: replies.submit_reply(
            s.directive, "已办。", department=s.world.departments["经发办"], by=by, read=READ_REPLY
        ),
    ),
    "directives.replies.operations:sign_reply": OperationCall(
        "H", lambda s, by: replies.sign_reply(s.submitted_reply, "已办。", by=by, read=READ_REPLY)
    ),
    "directives.replies.operations:take_reply_into_filing": OperationCall(
        "FH",
        lambda s, by: replies.take_reply_into_filing(
            DirectiveReply.get(), s.filing, by=by, thresholds=THRESHOLDS
        ),
    ),
    "directives.replies.operations:return_reply": OperationCall(
        "H", lambda s, by: replies.return_reply(s.submitted_reply, reason="不全。", by=by, **VERSION)
    ),
    "directives.replies.operations:take_back_reply": OperationCall(
        "FH", lambda s, by: replies.take_back_reply(s.submitted_reply, by=by, **VERSION)
    ),
    "directives.replies.operations:reply_to_directive": OperationCall(
        "H",
        lambda s, by: replies.reply_to_directive(
            s.directive, "已办。", department=s.world.departments["经发办"], by=by, **VERSION
        ),
    ),
    "directives.former_leads.operations:hand_over_to_leads": OperationCall(
        "O", lambda s, by: hand_over_to_leads(s.world.plan, (), {s.former_addressee}, by=by)
    ),
    "directives.carry_over.operations:carry_over_measures": OperationCall(
        "O",
        lambda s, by: carry_over_measures(
            s.world.plan, [CarryOverDecision(s.world.measures[1], None, "不再办理。")], by=by
        ),
    ),
    "directives.carry_over.operations:plan_carry_overs": OperationCall(
        "O",
        lambda s, by: plan_carry_overs(s.import_draft, [], by=by, version=s.import_draft.version),
    ),
    "directives.carry_over.operations:take_back_carry_over": OperationCall(
        "O", lambda s, by: take_back_carry_over(MeasureCarryOver.get(), by=by)
    ),
    "directives.steps.operations:close_directive": OperationCall(
        "OL", lambda s, by: steps.close_directive(s.directive, by=by, **VERSION)
    ),
    "directives.steps.operations:withdraw_directive": OperationCall(
        "L", lambda s, by: steps.withdraw_directive(s.directive, "写错。", by=by, **VERSION)
    ),
    "directives.steps.operations:supplement_directive": OperationCall(
        "L", lambda s, by: steps.supplement_directive(s.directive, "再补一句。", by=by, **VERSION)
    ),
    "directives.steps.operations:receive_directives": OperationCall(
        "FH", lambda s, by: steps.receive_directives([s.directive], by=by)
    ),
    "directives.listing.directive_register_sheet:export_directives": OperationCall(
        "FHfhOL", lambda s, by: export_directives(Directive.id > 0, title="批示登记", sought="", by=by)
    ),
    "directives.steps.operations:request_extension": OperationCall(
        "H",
        lambda s, by: steps.request_extension(
            s.directive, None, reason="等资料。", progress="在办。", by=by, **VERSION
        ),
    ),
    "directives.steps.operations:grant_extension": OperationCall(
        "L", lambda s, by: steps.grant_extension(s.directive, by=by, **VERSION)
    ),
    "directives.steps.operations:refuse_extension": OperationCall(
        "L", lambda s, by: steps.refuse_extension(s.directive, "抓紧。", by=by, **VERSION)
    ),
    "directives.steps.operations:send_back_directive": OperationCall(
        "L", lambda s, by: steps.send_back_directive(s.directive, "重办。", day=None, by=by, **VERSION)
    ),
    "directives.steps.operations:propose_closing": OperationCall(
        "O", lambda s, by: steps.propose_closing(s.directive, "", by=by, **VERSION)
    ),
    "directives.steps.operations:reopen_directive": OperationCall(
        "L", lambda s, by: steps.reopen_directive(s.directive, "再办。", day=None, by=by, **VERSION)
    ),
    "directives.core.operations:remind_of_due_directives": OperationCall(
        "W", lambda s, by: remind_of_due_directives(by=by)
    ),
    "directives.steps.operations:remind_of_directives": OperationCall(
        "OL", lambda s, by: steps.remind_of_directives([s.directive], by=by)
    ),
    "directives.steps.operations:remind_addressees": OperationCall(
        "OL", lambda s, by: steps.remind_addressees(s.directive, by=by)
    ),
}
