"""How the operations of accounts, organisation and server are called, and by whom; the signs: business_calls.py."""

from __future__ import annotations

from app.access import delegations
from app.access import operations as accounts
from app.access.grants import grant_role, revoke_grant
from app.access.login import ending_sessions
from app.access.login import operations as login
from app.access.models import Account, Delegation, Grant
from app.administration.hand_over.operations import cancel_hand_over, order_hand_over, run_due_hand_overs
from app.administration.organisation import operations as organisation
from app.administration.organisation.models import OrganisationProposal
from app.administration.organisation.succession import apply_with_succession
from app.administration.seats import AccountSeat, find_seat
from app.audit import anchoring
from app.authority.roles import Role
from app.base.clock import today
from app.directives.former_leads.department_ending import pass_work_in_hand
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
from tests.authority.subjects import EVERY_ACCOUNT, OperationCall, Subjects
from tests.world import PASSWORD


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
    "access.grants:revoke_grant": OperationCall(
        "CPD",
        lambda s, by: revoke_grant(Grant.get(Grant.account == s.account), reason="调离", by=by),
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
    "access.grants:grant_role": OperationCall("CPD", lambda s, by: grant_role(s.account, Role.OFFICE, by=by)),
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
    "access.login.ending_sessions:end_session": OperationCall(
        "F", lambda s, by: ending_sessions.end_session(s.session, by=by)
    ),
    "access.login.ending_sessions:end_other_sessions": OperationCall(
        "F",
        lambda s, by: ending_sessions.end_other_sessions(s.session, settings=s.app.config["SETTINGS"], by=by),
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
    "directives.former_leads.department_ending:pass_work_in_hand": OperationCall(
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
}
