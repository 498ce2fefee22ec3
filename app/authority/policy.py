"""The one policy table. Guards, templates and operations all ask `is_allowed`; nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.authority.actor import Actor
from app.authority.permits import (
    DepartmentTie,
    LeaderPermit,
    LeaderTie,
    OfficePermit,
    OwnedSubject,
    OwnerPermit,
    Permit,
    PolicySubject,
    RolePermit,
    ServerPermit,
)
from app.authority.roles import BUSINESS, Role, ServerRole
from app.base.errors import NotAllowed


class Action(StrEnum):
    # The values stand in the log and beside kept texts, and stay as they were first written.
    READ_PLAN = "read_plan"
    READ_FILING = "read_filing"
    READ_REVISION = "read_revision"
    READ_RETURN_REASON = "read_return_reason"
    READ_ATTACHMENT = "read_attachment"
    WRITE_FILING = "write_filing"
    SUBMIT_FILING = "submit"
    SIGN_OFF_FILING = "sign_off"
    CORRECT_FILING = "correct"
    RETURN_FILING = "return"
    ACCEPT_FILING = "accept"
    SEND_BACK_FILING = "send_back"
    REOPEN_FILING = "reopen"
    SUGGEST_WORDING = "suggest_wording"
    ANSWER_SUGGESTION = "answer_suggestion"
    EDIT_RETURN_PHRASES = "edit_return_phrases"
    ASSESS_FORECAST = "assess_forecast"
    TAKE_BACK_FILING = "take_back"
    TAKE_BACK_SIGN_OFF = "take_back_sign_off"
    REVIEW_FILING = "review"
    READ_CONTRIBUTION = "read_contribution"
    WRITE_CONTRIBUTION = "write_contribution"
    ASK_CONTRIBUTION = "ask_contribution"
    WAIVE_CONTRIBUTIONS = "waive_contributions"
    DOWNLOAD_FORM = "download_form"
    DOWNLOAD_SHEET = "download_sheet"
    UPLOAD_FORM = "upload_form"
    IMPORT_FORM = "import_form"
    EXPORT_QUARTER = "export_quarter"
    REMIND_DEPARTMENTS = "remind"
    OPEN_PERIOD = "open_period"
    RESCHEDULE_PERIOD = "reschedule_period"
    UNDO_OPENING = "undo_opening"
    CLOSE_PERIOD = "close_period"
    REOPEN_PERIOD = "reopen_period"
    UNLOCK_DEPARTMENT = "unlock"
    LOCK_DEPARTMENT_AGAIN = "lock_again"
    REQUEST_UNLOCK = "request_unlock"
    REFUSE_UNLOCK = "refuse_unlock"
    EDIT_CALENDAR = "edit_calendar"
    READ_OVERVIEW = "read_overview"
    FOLLOW_SUBJECT = "follow_subject"
    READ_DIRECTIVE = "read_directive"
    WRITE_DIRECTIVE = "write_directive"
    ENTER_HANDWRITTEN = "enter_handwritten"
    CONFIRM_DIRECTIVE = "confirm_directive"
    REPLY_TO_DIRECTIVE = "reply_directive"
    WRITE_REPLY = "write_reply"
    SUBMIT_REPLY = "submit_reply"
    SIGN_REPLY = "sign_reply"
    RETURN_REPLY = "return_reply"
    TAKE_BACK_REPLY = "take_back_reply"
    CLOSE_DIRECTIVE = "close_directive"
    WITHDRAW_DIRECTIVE = "withdraw_directive"
    SUPPLEMENT_DIRECTIVE = "supplement_directive"
    RECEIVE_DIRECTIVE = "receive_directive"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    SEND_BACK_DIRECTIVE = "send_back_directive"
    PROPOSE_CLOSING = "propose_closing"
    REOPEN_DIRECTIVE = "reopen_directive"
    REMIND_ADDRESSEES = "remind_addressees"
    READ_DOCUMENT = "read_document"
    CHECK_TEXT = "check_text"
    EDIT_WORD_LIST = "edit_word_list"
    READ_REGISTER = "read_register"
    START_REGISTER = "start_register"
    REQUEST_VERIFICATION = "ask_verification"
    ASSEMBLE_DOCUMENT = "build_document"
    EDIT_DOCUMENT = "edit_document"
    CONFIRM_WORDING = "confirm_wording"
    ISSUE_DOCUMENT = "issue_document"
    CORRECT_DOCUMENT = "correct_document"
    DISCARD_DOCUMENT = "discard_document"
    MANAGE_ACCOUNTS = "manage_accounts"
    GRANT_ROLES = "grant_roles"
    RESET_PASSWORD = "reset_password"  # noqa: S105
    UNLOCK_LOGIN = "unlock_login"
    SET_EMAIL = "set_email"
    SET_PHONE = "set_phone"
    CHANGE_PASSWORD = "change_password"  # noqa: S105
    END_SESSION = "end_session"
    DELEGATE_SEAT = "delegate_seat"
    ACT_AS_DEPUTY = "act_as_deputy"
    READ_NOTICES = "read_notices"
    IMPORT_ORGANISATION = "import_organisation"
    PROPOSE_ORGANISATION = "propose_organisation"
    DECIDE_PROPOSAL = "decide_proposal"
    HAND_OVER_WORK = "hand_over_work"
    IMPORT_PLAN = "import_plan"
    REMOVE_PLAN = "remove_plan"
    ASSIGN_MEASURES = "assign_measures"
    SET_TARGETS = "set_targets"
    HAND_OVER_DUTY = "hand_over_duty"
    CARRY_OVER_MEASURES = "carry_over_measures"
    TRANSFER_DUTIES = "transfer_duties"
    READ_HEALTH = "read_health"
    CREATE_BACKUP = "create_backup"
    RESTORE_BACKUP = "restore_backup"
    MIGRATE_DATABASE = "migrate_database"
    COPY_DATABASE = "copy_database"
    SWEEP_ATTACHMENTS = "sweep_attachments"
    PRINT_DOCUMENT = "print_document"
    RUN_TASKS = "run_tasks"
    LOAD_SAMPLE = "load_sample"


def permits_of_roles(*roles: Role) -> tuple[Permit, ...]:
    return tuple(RolePermit(role) for role in roles)


BY_BUSINESS = permits_of_roles(*sorted(BUSINESS))
BY_OFFICE = permits_of_roles(Role.OFFICE)
BY_DEPARTMENT = (RolePermit(Role.FILER, DepartmentTie.OWNER), RolePermit(Role.HEAD, DepartmentTie.OWNER))
BY_LEAD = (RolePermit(Role.FILER, DepartmentTie.LEAD), RolePermit(Role.HEAD, DepartmentTie.LEAD))
# What a department writes is for itself, its lead and those who review it; handed in, for the leaders; accepted, for
# every department.
BY_ITS_READERS = (*BY_DEPARTMENT, *BY_LEAD, *BY_OFFICE, RolePermit(Role.LEADER, once_handed_in=True))
BY_EVERY_DEPARTMENT_ONCE_ACCEPTED = (
    RolePermit(Role.FILER, once_accepted=True),
    RolePermit(Role.HEAD, once_accepted=True),
)
# A directive of a department: its filer's too, unless it is confidential.
BY_ADDRESSEE = (
    RolePermit(Role.FILER, DepartmentTie.OWNER, if_shared=True),
    RolePermit(Role.HEAD, DepartmentTie.OWNER),
)
BY_LEADERS = (RolePermit(Role.LEADER, if_shared=True), LeaderPermit(LeaderTie.SEAT))
BY_AUTHOR = (LeaderPermit(LeaderTie.AUTHOR), OfficePermit())
# The words are their author's; what becomes of them is for who sits where he sat.
BY_SEAT = (LeaderPermit(LeaderTie.SEAT), OfficePermit())
BY_SEAT_OR_OFFICE = (LeaderPermit(LeaderTie.SEAT), *BY_OFFICE)
BY_MAIN_HEAD = (RolePermit(Role.HEAD, DepartmentTie.LEAD),)
BY_OWNER = (OwnerPermit(),)
# At the command line: what the server's operator does for those administrators whose pages there are not yet.
BY_OPERATOR = (ServerPermit(ServerRole.OPERATOR),)
BY_WORKER = (ServerPermit(ServerRole.WORKER),)
BY_SAMPLE = (ServerPermit(ServerRole.SAMPLE),)
BY_SYSTEM_ADMIN = permits_of_roles(Role.SYSTEM_ADMIN)
BY_SECURITY_ADMIN = permits_of_roles(Role.SECURITY_ADMIN)

PERMITS: dict[Action, tuple[Permit, ...]] = {
    Action.READ_PLAN: BY_BUSINESS,
    Action.READ_FILING: (*BY_ITS_READERS, *BY_EVERY_DEPARTMENT_ONCE_ACCEPTED),
    Action.READ_REVISION: (*BY_ITS_READERS, *BY_EVERY_DEPARTMENT_ONCE_ACCEPTED),
    Action.READ_RETURN_REASON: (*BY_DEPARTMENT, *BY_LEAD, *permits_of_roles(Role.OFFICE, Role.LEADER)),
    Action.READ_ATTACHMENT: (*BY_ITS_READERS, *BY_EVERY_DEPARTMENT_ONCE_ACCEPTED),
    Action.WRITE_FILING: BY_DEPARTMENT,
    Action.SUBMIT_FILING: BY_DEPARTMENT,
    Action.SIGN_OFF_FILING: (RolePermit(Role.HEAD, DepartmentTie.OWNER),),
    Action.CORRECT_FILING: (RolePermit(Role.HEAD, DepartmentTie.OWNER),),
    Action.RETURN_FILING: (RolePermit(Role.HEAD, DepartmentTie.OWNER),),
    Action.TAKE_BACK_FILING: BY_DEPARTMENT,
    Action.TAKE_BACK_SIGN_OFF: (RolePermit(Role.HEAD, DepartmentTie.OWNER),),
    Action.ACCEPT_FILING: BY_OFFICE,
    Action.SEND_BACK_FILING: BY_OFFICE,
    Action.REOPEN_FILING: BY_OFFICE,
    Action.SUGGEST_WORDING: BY_OFFICE,
    Action.ANSWER_SUGGESTION: BY_DEPARTMENT,
    Action.EDIT_RETURN_PHRASES: (*BY_OFFICE, *BY_SAMPLE),
    Action.ASSESS_FORECAST: BY_OFFICE,
    Action.REVIEW_FILING: BY_OFFICE,
    Action.READ_CONTRIBUTION: (*BY_ITS_READERS, *BY_EVERY_DEPARTMENT_ONCE_ACCEPTED),
    Action.WRITE_CONTRIBUTION: BY_DEPARTMENT,
    Action.ASK_CONTRIBUTION: BY_LEAD,
    Action.WAIVE_CONTRIBUTIONS: BY_OFFICE,
    Action.DOWNLOAD_FORM: BY_DEPARTMENT,
    Action.DOWNLOAD_SHEET: BY_DEPARTMENT,
    Action.UPLOAD_FORM: BY_DEPARTMENT,
    Action.IMPORT_FORM: BY_DEPARTMENT,
    Action.EXPORT_QUARTER: BY_OFFICE,
    Action.REMIND_DEPARTMENTS: BY_OFFICE,
    Action.OPEN_PERIOD: (*BY_OFFICE, *BY_OPERATOR, *BY_SAMPLE),
    Action.RESCHEDULE_PERIOD: BY_OFFICE,
    Action.UNDO_OPENING: BY_OFFICE,
    Action.REOPEN_PERIOD: BY_OFFICE,
    Action.CLOSE_PERIOD: (*BY_OFFICE, *BY_OPERATOR, *BY_SAMPLE),
    Action.UNLOCK_DEPARTMENT: BY_OFFICE,
    Action.LOCK_DEPARTMENT_AGAIN: BY_OFFICE,
    Action.REQUEST_UNLOCK: BY_DEPARTMENT,
    Action.REFUSE_UNLOCK: BY_OFFICE,
    Action.EDIT_CALENDAR: BY_OFFICE,
    Action.READ_OVERVIEW: permits_of_roles(Role.OFFICE, Role.LEADER),
    Action.FOLLOW_SUBJECT: permits_of_roles(Role.OFFICE, Role.LEADER),
    Action.READ_DIRECTIVE: (*BY_ADDRESSEE, *BY_OFFICE, *BY_LEADERS),
    Action.WRITE_DIRECTIVE: permits_of_roles(Role.OFFICE, Role.LEADER),
    Action.ENTER_HANDWRITTEN: BY_OFFICE,
    Action.CONFIRM_DIRECTIVE: (LeaderPermit(LeaderTie.AUTHOR),),
    Action.WITHDRAW_DIRECTIVE: BY_AUTHOR,
    Action.SUPPLEMENT_DIRECTIVE: BY_AUTHOR,
    Action.RECEIVE_DIRECTIVE: BY_ADDRESSEE,
    Action.REPLY_TO_DIRECTIVE: BY_ADDRESSEE,
    Action.WRITE_REPLY: BY_ADDRESSEE,
    Action.SUBMIT_REPLY: BY_ADDRESSEE,
    Action.REQUEST_EXTENSION: BY_MAIN_HEAD,
    Action.GRANT_EXTENSION: BY_SEAT,
    Action.REFUSE_EXTENSION: BY_SEAT,
    Action.SEND_BACK_DIRECTIVE: BY_SEAT,
    Action.PROPOSE_CLOSING: BY_OFFICE,
    Action.REOPEN_DIRECTIVE: BY_SEAT,
    Action.REMIND_ADDRESSEES: BY_SEAT_OR_OFFICE,
    Action.SIGN_REPLY: (RolePermit(Role.HEAD, DepartmentTie.OWNER),),
    Action.RETURN_REPLY: (RolePermit(Role.HEAD, DepartmentTie.OWNER),),
    Action.TAKE_BACK_REPLY: BY_ADDRESSEE,
    # The office closes a leader's on his stated word only: the operation asks for it.
    Action.CLOSE_DIRECTIVE: BY_SEAT_OR_OFFICE,
    Action.READ_DOCUMENT: (*BY_DEPARTMENT, *permits_of_roles(Role.OFFICE, Role.LEADER)),
    Action.CHECK_TEXT: BY_BUSINESS,
    Action.EDIT_WORD_LIST: BY_OFFICE,
    Action.READ_REGISTER: permits_of_roles(Role.OFFICE, Role.LEADER),
    Action.START_REGISTER: (*BY_OFFICE, *BY_OPERATOR),
    Action.REQUEST_VERIFICATION: permits_of_roles(Role.OFFICE, Role.LEADER),
    Action.ASSEMBLE_DOCUMENT: BY_OFFICE,
    Action.EDIT_DOCUMENT: BY_OFFICE,
    Action.CONFIRM_WORDING: BY_DEPARTMENT,
    Action.ISSUE_DOCUMENT: BY_OFFICE,
    Action.CORRECT_DOCUMENT: BY_OFFICE,
    Action.DISCARD_DOCUMENT: BY_OFFICE,
    Action.MANAGE_ACCOUNTS: (*BY_SYSTEM_ADMIN, *BY_OPERATOR, *BY_SAMPLE),
    Action.GRANT_ROLES: (*BY_SECURITY_ADMIN, *BY_OPERATOR, *BY_SAMPLE),
    Action.RESET_PASSWORD: (*BY_SECURITY_ADMIN, *BY_OPERATOR, *BY_SAMPLE),
    Action.UNLOCK_LOGIN: (*BY_SECURITY_ADMIN, *BY_OPERATOR),
    Action.SET_EMAIL: (*BY_OWNER, *BY_OPERATOR),
    Action.SET_PHONE: BY_OWNER,
    Action.CHANGE_PASSWORD: BY_OWNER,
    Action.END_SESSION: BY_OWNER,
    Action.DELEGATE_SEAT: BY_OWNER,
    Action.ACT_AS_DEPUTY: BY_OWNER,
    Action.READ_NOTICES: BY_OWNER,
    Action.IMPORT_ORGANISATION: (*BY_SYSTEM_ADMIN, *BY_OPERATOR, *BY_SAMPLE),
    # What the system administrator submits is done at once; the office's is a proposal.
    Action.PROPOSE_ORGANISATION: (*BY_OFFICE, *BY_SYSTEM_ADMIN),
    Action.DECIDE_PROPOSAL: BY_SYSTEM_ADMIN,
    Action.IMPORT_PLAN: (*BY_OFFICE, *BY_OPERATOR, *BY_SAMPLE),
    Action.HAND_OVER_WORK: (*BY_OFFICE, RolePermit(Role.HEAD, DepartmentTie.OWNER)),
    Action.REMOVE_PLAN: BY_OFFICE,
    Action.ASSIGN_MEASURES: (*BY_OFFICE, *BY_OPERATOR, *BY_SAMPLE),
    Action.SET_TARGETS: (*BY_OFFICE, *BY_OPERATOR, *BY_SAMPLE),
    Action.HAND_OVER_DUTY: BY_OFFICE,
    Action.CARRY_OVER_MEASURES: BY_OFFICE,
    # With the end of a department, or of a leader's time in office: what each measure says does not matter for it.
    Action.TRANSFER_DUTIES: BY_SYSTEM_ADMIN,
    Action.READ_HEALTH: BY_SYSTEM_ADMIN,
    Action.CREATE_BACKUP: (*BY_OPERATOR, *BY_WORKER),
    Action.RESTORE_BACKUP: BY_OPERATOR,
    Action.MIGRATE_DATABASE: BY_OPERATOR,
    Action.COPY_DATABASE: BY_OPERATOR,
    Action.SWEEP_ATTACHMENTS: (*BY_OPERATOR, *BY_WORKER),
    Action.PRINT_DOCUMENT: (*BY_WORKER, *BY_SAMPLE),
    Action.RUN_TASKS: BY_WORKER,
    Action.LOAD_SAMPLE: BY_SAMPLE,
}
# Whose a step is that is refused to many who may read the thing itself.
HOLDERS: Mapping[tuple[Permit, ...], str] = {
    BY_AUTHOR: "写批示的领导本人（街道办公室下达的，由街道办公室）",
    BY_SEAT: "写批示的领导或者接任的领导（街道办公室下达的，由街道办公室）",
    BY_SEAT_OR_OFFICE: "写批示的领导、接任的领导或者街道办公室",
    BY_MAIN_HEAD: "主办部门的负责人",
}


def is_allowed(actor: Actor, action: Action, subject: PolicySubject | OwnedSubject | None = None) -> bool:
    """Return whether `actor` may do `action` to `subject`; without a subject, to some subject at all."""
    return any(permit.allows(actor, subject) for permit in PERMITS[action])


def require(by: Actor, action: Action, subject: PolicySubject | OwnedSubject | None = None) -> None:
    """Raise NotAllowed unless the table allows it."""
    if is_allowed(by, action, subject):
        return
    holders = HOLDERS.get(PERMITS[action])
    raise NotAllowed(f"您不能办这一步，这一步由{holders}办理。") if holders else NotAllowed
