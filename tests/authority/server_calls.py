"""How the operations of accounts, plan, periods and server are called, and by whom; the signs: business_calls.py."""

from __future__ import annotations

from datetime import date, timedelta

from app.access import delegations
from app.access import operations as accounts
from app.access.login import operations as login
from app.access.login import sessions
from app.access.models import Account, Delegation, Grant
from app.administration.hand_over.operations import cancel_hand_over, order_hand_over, run_due_hand_overs
from app.administration.hand_over.queries import AccountSeat, find_seat
from app.administration.organisation import operations as organisation
from app.administration.organisation.models import OrganisationProposal
from app.administration.organisation.succession import apply_with_succession
from app.audit import anchoring
from app.authority.roles import Role
from app.base.clock import now, today
from app.directives.handover.succession import pass_work_in_hand
from app.issuing import verification
from app.issuing.models import Verification
from app.maintenance import database_copy, schema
from app.maintenance.backup import operations as backups
from app.maintenance.backup import restoring as backup_restoring
from app.maintenance.backup.rules import BackupCause
from app.maintenance.health.operations import record_heartbeat
from app.notices import operations as notices
from app.notices.delivery import deliver_mail
from app.notices.models import Notice
from app.org import department_import, issuers, leader_import
from app.org.changes import GroupRemoval
from app.org.models import Department
from app.org.operations import apply_change
from app.periods import calendar_exceptions as calendar
from app.periods import operations as periods
from app.periods import unlock_requests
from app.periods.models import CalendarException, Unlock, UnlockRequest
from app.periods.rules import Quarter
from app.plan.assignments.ending import end_measure
from app.plan.assignments.measure_targets import set_measure_indicators, set_measure_milestones
from app.plan.assignments.operations import (
    assign_measures,
    set_assignments,
    set_indicators,
    set_milestones,
)
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from app.plan.assignments.succession import pass_charge_on, pass_duties_on
from app.plan.core.operations import remove_plan, store_plan
from app.plan.importer import FrameFields, read_plan, source_from_text
from app.plan.importer.block_edits import BlockEdit, EditKind
from app.plan.preview import operations as preview
from app.plan.preview.plan_revision import revise_plan
from app.plan.revisions.additions import NewMeasure, add_measure, split_measure
from tests.authority.subjects import EVERY_ACCOUNT, OperationCall, Subjects
from tests.world import PASSWORD, PLAN_TEXT


def seat_of(account: Account) -> AccountSeat:
    seat = find_seat(account.id)
    assert seat
    return seat


def ending(s: Subjects) -> tuple[Department, Department]:
    """Return a department and its successor."""
    return s.world.departments["经发办"], s.world.departments["城管办"]


NO_GROUP = GroupRemoval(None)


SERVER_CALLS: dict[str, OperationCall] = {
    "access.operations:add_account": OperationCall(
        "SPD", lambda s, by: accounts.add_account("new", seat="席位", person="某人", password=PASSWORD, by=by)
    ),
    "access.operations:disable_account": OperationCall(
        "SPD", lambda s, by: accounts.disable_account(s.account, by=by)
    ),
    "access.operations:enable_account": OperationCall(
        "SPD", lambda s, by: accounts.enable_account(s.account, by=by)
    ),
    "access.operations:revoke_grant": OperationCall(
        "CPD", lambda s, by: accounts.revoke_grant(Grant.get(Grant.account == s.account), by=by)
    ),
    "administration.hand_over.operations:cancel_hand_over": OperationCall(
        "HO", lambda s, by: cancel_hand_over(s.hand_over, seat_of(s.account), by=by)
    ),
    "administration.hand_over.operations:order_hand_over": OperationCall(
        "HO", lambda s, by: order_hand_over(seat_of(s.account), seat_of(s.account), today(), by=by)
    ),
    "administration.hand_over.operations:run_due_hand_overs": OperationCall(
        "W", lambda s, by: run_due_hand_overs(by=by)
    ),
    "access.operations:grant_role": OperationCall(
        "CPD", lambda s, by: accounts.grant_role(s.account, Role.OFFICE, by=by)
    ),
    "access.operations:reset_password": OperationCall(
        "CPD", lambda s, by: accounts.reset_password(s.account, password=PASSWORD, by=by)
    ),
    "access.operations:unlock_account": OperationCall(
        "CP", lambda s, by: accounts.unlock_account(s.account, by=by, key="key")
    ),
    "access.operations:unlock_address": OperationCall(
        "CP", lambda s, by: accounts.unlock_address("10.0.0.9", by=by)
    ),
    "access.operations:set_email": OperationCall(
        "FP", lambda s, by: accounts.set_email(s.account, "a@example.gov.cn", by=by)
    ),
    "access.operations:set_own_phone": OperationCall(
        "F", lambda s, by: accounts.set_own_phone(s.account, "021-12345678", by=by)
    ),
    "access.operations:set_phone_of_seat": OperationCall(
        "SPD", lambda s, by: accounts.set_phone_of_seat(s.account, "021-12345678", by=by)
    ),
    "access.operations:change_email": OperationCall(
        "FP",
        lambda s, by: accounts.change_email(s.account, "a@example.gov.cn", password=PASSWORD, by=by, **s.own),
    ),
    "access.operations:change_password": OperationCall(
        "F",
        lambda s, by: accounts.change_password(
            s.account, old=PASSWORD, new="Another-Staple-77", by=by, **s.own
        ),
    ),
    "access.delegations:delegate_seat": OperationCall(
        "F", lambda s, by: delegations.delegate_seat(s.account, s.account, today(), today(), by=by)
    ),
    "access.delegations:end_delegation": OperationCall(
        "F", lambda s, by: delegations.end_delegation(Delegation.get(), by=by)
    ),
    "access.delegations:act_as_deputy": OperationCall(
        "", lambda s, by: delegations.act_as_deputy(s.session, Delegation.get(), by=by)
    ),
    "access.delegations:return_to_own_seat": OperationCall(
        "F", lambda s, by: delegations.return_to_own_seat(s.session, by=by)
    ),
    "access.login.operations:log_out": OperationCall("F", lambda s, by: login.log_out(s.session, by=by)),
    "access.login.sessions:end_session": OperationCall(
        "F", lambda s, by: sessions.end_session(s.session, by=by)
    ),
    "access.login.sessions:end_other_sessions": OperationCall(
        "F", lambda s, by: sessions.end_other_sessions(s.session, settings=s.app.config["SETTINGS"], by=by)
    ),
    "audit.anchoring:anchor_at_start": OperationCall("W", lambda s, by: anchoring.anchor_at_start(by=by)),
    "audit.anchoring:anchor_regularly": OperationCall("W", lambda s, by: anchoring.anchor_regularly(by=by)),
    "audit.anchoring:verify_nightly": OperationCall("W", lambda s, by: anchoring.verify_nightly(by=by)),
    "issuing.verification:run_verification": OperationCall(
        "W", lambda s, by: verification.run_verification(Verification.get().id, lambda *_: [], by=by)
    ),
    "maintenance.database_copy:copy_database": OperationCall(
        "P",
        lambda s, by: database_copy.copy_database(s.installation, f"sqlite:///{s.folder}/copy.db", by=by),
        True,
    ),
    "maintenance.health.operations:record_heartbeat": OperationCall(
        "W", lambda s, by: record_heartbeat(by=by)
    ),
    "maintenance.backup.operations:create_backup": OperationCall(
        "PW",
        lambda s, by: backups.create_backup(s.installation, s.folder, cause=BackupCause.COMMAND, by=by),
        True,
    ),
    "maintenance.backup.operations:take_daily_backup": OperationCall(
        "PW", lambda s, by: backups.take_daily_backup(s.installation, by=by), True
    ),
    "maintenance.backup.operations:prune_backups": OperationCall(
        "PW", lambda s, by: backups.prune_backups(s.folder, keep=1, by=by)
    ),
    "maintenance.backup.restoring:restore_backup": OperationCall(
        "P", lambda s, by: backup_restoring.restore_backup(s.installation, s.table, by=by)
    ),
    "maintenance.schema:upgrade_database": OperationCall(
        "P", lambda s, by: schema.upgrade_database(s.installation, by=by)
    ),
    "maintenance.schema:downgrade_database": OperationCall(
        "P", lambda s, by: schema.downgrade_database(s.installation, "none", by=by)
    ),
    "notices.delivery:deliver_mail": OperationCall("W", lambda s, by: deliver_mail(by=by)),
    "notices.operations:mark_read": OperationCall(
        "F", lambda s, by: notices.mark_read(Notice.get_by_id(s.ids["notice_id"]), by=by)
    ),
    "notices.operations:mark_all_read": OperationCall(
        EVERY_ACCOUNT, lambda s, by: notices.mark_all_read(by=by)
    ),
    "administration.organisation.operations:submit_change": OperationCall(
        "OS", lambda s, by: organisation.submit_change(NO_GROUP, about="组", reason="不用了。", by=by)
    ),
    "administration.organisation.operations:accept_proposal": OperationCall(
        "S", lambda s, by: organisation.accept_proposal(OrganisationProposal.get(), read_at=None, by=by)
    ),
    "administration.organisation.operations:refuse_proposal": OperationCall(
        "S", lambda s, by: organisation.refuse_proposal(OrganisationProposal.get(), "不行。", by=by)
    ),
    "plan.assignments.succession:pass_duties_on": OperationCall(
        "S", lambda s, by: pass_duties_on(*ending(s), today(), reason="撤销", by=by)
    ),
    "plan.assignments.succession:pass_charge_on": OperationCall(
        "S",
        lambda s, by: pass_charge_on(s.world.leader, s.world.leader, today(), reason="离任", by=by),
    ),
    "directives.handover.succession:pass_work_in_hand": OperationCall(
        "S", lambda s, by: pass_work_in_hand(*ending(s), by=by)
    ),
    "administration.organisation.succession:apply_with_succession": OperationCall(
        "SPD", lambda s, by: apply_with_succession(NO_GROUP, by=by)
    ),
    "org.operations:apply_change": OperationCall("SPD", lambda s, by: apply_change(NO_GROUP, by=by)),
    "org.department_import:import_department_data": OperationCall(
        "SPD", lambda s, by: department_import.import_department_data(b"", "a.csv", by=by)
    ),
    "org.leader_import:import_leader_data": OperationCall(
        "SPD", lambda s, by: leader_import.import_leader_data(b"", "a.csv", by=by)
    ),
    "org.issuers:import_issuer_data": OperationCall(
        "SPD", lambda s, by: issuers.import_issuer_data(b"", "a.csv", by=by)
    ),
    "org.department_import:import_departments": OperationCall(
        "SPD", lambda s, by: department_import.import_departments(s.table, by=by)
    ),
    "org.issuers:register_issuer": OperationCall(
        "SPD", lambda s, by: issuers.register_issuer("示例街道党工委", "示街委", by=by)
    ),
    "org.leader_import:import_leaders": OperationCall(
        "SPD", lambda s, by: leader_import.import_leaders(s.table, by=by)
    ),
    "org.issuers:import_issuers": OperationCall("SPD", lambda s, by: issuers.import_issuers(s.table, by=by)),
    "periods.calendar_exceptions:arrange_days": OperationCall(
        "O",
        lambda s, by: calendar.arrange_days(
            date(2027, 2, 5), date(2027, 2, 6), calendar.DayArrangement.OFF, "", by=by
        ),
    ),
    "periods.calendar_exceptions:import_calendar_table": OperationCall(
        "O",
        lambda s, by: calendar.import_calendar_table("日期,安排\n2027-02-05,放假\n".encode(), "a.csv", by=by),
    ),
    "periods.calendar_exceptions:remove_exception": OperationCall(
        "O", lambda s, by: calendar.remove_exception(CalendarException.get(), by=by)
    ),
    "periods.operations:open_period": OperationCall(
        "OPD", lambda s, by: periods.open_period(s.world.plan, Quarter(2026, 4), by=by)
    ),
    "periods.operations:reschedule_period": OperationCall(
        "O", lambda s, by: periods.reschedule_period(s.world.period, s.world.period.due_dates, by=by)
    ),
    "periods.operations:undo_opening": OperationCall(
        "O", lambda s, by: periods.undo_opening(s.world.period, by=by)
    ),
    "periods.operations:reopen_period": OperationCall(
        "O", lambda s, by: periods.reopen_period(s.world.period, reason="补报。", by=by)
    ),
    "plan.core.operations:remove_plan": OperationCall("O", lambda s, by: remove_plan(s.world.plan, by=by)),
    "periods.operations:close_period": OperationCall(
        "OPD", lambda s, by: periods.close_period(s.world.period, by=by)
    ),
    "periods.operations:unlock_department": OperationCall(
        "O",
        lambda s, by: periods.unlock_department(
            s.world.period,
            s.world.departments["一居"],
            until=now() + timedelta(days=1),
            reason="补改。",
            by=by,
        ),
    ),
    "periods.unlock_requests:request_unlock": OperationCall(
        "FH",
        lambda s, by: unlock_requests.request_unlock(
            s.world.period,
            s.world.departments["经发办"],
            addressee=Account.get_by_id(s.world.users["office"].account_id),
            until=today(),
            reason="补改。",
            by=by,
        ),
    ),
    "periods.unlock_requests:grant_unlock_request": OperationCall(
        "O",
        lambda s, by: unlock_requests.grant_unlock_request(
            UnlockRequest.get_by_id(s.ids["unlock_request_id"]), until=now() + timedelta(days=1), by=by
        ),
    ),
    "periods.unlock_requests:refuse_unlock_request": OperationCall(
        "O",
        lambda s, by: unlock_requests.refuse_unlock_request(
            UnlockRequest.get_by_id(s.ids["unlock_request_id"]), reason="不在范围内。", by=by
        ),
    ),
    "periods.operations:lock_department_again": OperationCall(
        "O", lambda s, by: periods.lock_department_again(Unlock.get_by_id(s.ids["unlock_id"]), by=by)
    ),
    "plan.core.operations:store_plan": OperationCall(
        "OPD",
        lambda s, by: store_plan(read_plan(PLAN_TEXT.replace("2026", "2027")), source=str(today()), by=by),
    ),
    "plan.preview.operations:start_import": OperationCall(
        "OPD", lambda s, by: preview.start_import(source_from_text(PLAN_TEXT), "计划.txt", by=by)
    ),
    "plan.preview.operations:edit_blocks": OperationCall(
        "OPD",
        lambda s, by: preview.edit_blocks(
            s.import_draft, BlockEdit(EditKind.DEMOTE, s.ids["start"]), by=by, version=1
        ),
    ),
    "plan.preview.operations:begin_editing": OperationCall(
        "OPD", lambda s, by: preview.begin_editing(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:undo_edit": OperationCall(
        "OPD", lambda s, by: preview.undo_edit(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:redo_edit": OperationCall(
        "OPD", lambda s, by: preview.redo_edit(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:tick_question": OperationCall(
        "OPD", lambda s, by: preview.tick_question(s.import_draft, 1, checked=True, by=by)
    ),
    "plan.preview.operations:change_frame": OperationCall(
        "OPD",
        lambda s, by: preview.change_frame(
            s.import_draft, FrameFields("题", 2027), by=by, read=s.import_draft.frame_digest
        ),
    ),
    "plan.preview.operations:choose_predecessors": OperationCall(
        "OPD",
        lambda s, by: preview.choose_predecessors(
            s.import_draft, {s.ids["start"]: s.world.measures[0].id}, carries=True, by=by, version=1
        ),
    ),
    "plan.preview.operations:decide_names": OperationCall(
        "OPD", lambda s, by: preview.decide_names(s.import_draft, {"甲": "经发办"}, by=by, version=1)
    ),
    "plan.preview.operations:save_duty_rows": OperationCall(
        "OPD", lambda s, by: preview.save_duty_rows(s.import_draft, [], by=by, version=1)
    ),
    "plan.preview.operations:discard_import": OperationCall(
        "OPD", lambda s, by: preview.discard_import(s.import_draft, by=by, version=1)
    ),
    "plan.preview.operations:confirm_import": OperationCall(
        "OPD", lambda s, by: preview.confirm_import(s.import_draft, by=by, version=1)
    ),
    "plan.assignments.operations:set_assignments": OperationCall(
        "OPD", lambda s, by: set_assignments(s.world.plan, s.table, by=by)
    ),
    "plan.assignments.ending:end_measure": OperationCall(
        "OPD",
        lambda s, by: end_measure(
            s.world.measures[2], RevisionTerms(date(2026, 10, 1), "取消。"), merged_into=None, by=by
        ),
    ),
    "plan.preview.plan_revision:revise_plan": OperationCall(
        "OPD",
        lambda s, by: revise_plan(
            s.import_draft, RevisionTerms(date(2026, 10, 1), "修订。"), by=by, version=1
        ),
    ),
    "plan.revisions.additions:add_measure": OperationCall(
        "OPD",
        lambda s, by: add_measure(
            s.world.plan,
            NewMeasure(
                WantedMeasure(s.world.measures[2], title="新举措"),
                s.world.measures[2].parent,
                s.world.measures[2],
            ),
            RevisionTerms(date(2026, 10, 1), "新增。"),
            by=by,
        ),
    ),
    "plan.revisions.additions:split_measure": OperationCall(
        "OPD",
        lambda s, by: split_measure(
            s.world.measures[2],
            [WantedMeasure(s.world.measures[2], title=title) for title in ("一", "二")],
            RevisionTerms(date(2026, 10, 1), "拆分。"),
            by=by,
        ),
    ),
    "plan.assignments.measure_targets:set_measure_indicators": OperationCall(
        "OPD", lambda s, by: set_measure_indicators(s.world.measures[0], [], by=by)
    ),
    "plan.assignments.measure_targets:set_measure_milestones": OperationCall(
        "OPD", lambda s, by: set_measure_milestones(s.world.measures[0], [], by=by)
    ),
    "plan.assignments.operations:assign_measures": OperationCall(
        "OPD",
        lambda s, by: assign_measures(
            s.world.plan,
            [WantedMeasure(s.world.measures[0], yearly_target="100家")],
            RevisionTerms(date(2026, 5, 1)),
            source="测试",
            by=by,
        ),
    ),
    "plan.assignments.operations:set_milestones": OperationCall(
        "OPD", lambda s, by: set_milestones(s.world.plan, s.table, by=by)
    ),
    "plan.assignments.operations:set_indicators": OperationCall(
        "OPD", lambda s, by: set_indicators(s.world.plan, s.table, by=by)
    ),
}
