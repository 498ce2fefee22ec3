"""The policy table. Guards, templates and operations all ask `is_allowed`; nothing else decides who may do what."""

from __future__ import annotations

from collections.abc import Mapping

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
from app.base.labels import LabelledEnum


class Action(LabelledEnum):
    # The values stand in the log and beside kept texts, and stay as they were first written.
    READ_PLAN = "read_plan", "查看工作计划"
    READ_FILING = "read_filing", "查看填报"
    READ_REVISION = "read_revision", "查看填报的历次版本"
    READ_RETURN_REASON = "read_return_reason", "查看退回理由"
    READ_ATTACHMENT = "read_attachment", "查看佐证材料"
    WRITE_FILING = "write_filing", "填写填报"
    SUBMIT_FILING = "submit", "提交填报"
    SIGN_OFF_FILING = "sign_off", "审签填报"
    CORRECT_FILING = "correct", "更正填报"
    RETURN_FILING = "return", "部门退回填报"
    ACCEPT_FILING = "accept", "采用填报"
    SEND_BACK_FILING = "send_back", "街道办公室退回填报"
    REOPEN_FILING = "reopen", "重新打开填报"
    SUGGEST_WORDING = "suggest_wording", "提出修改建议"
    ANSWER_SUGGESTION = "answer_suggestion", "答复修改建议"
    EDIT_RETURN_PHRASES = "edit_return_phrases", "修改常用退回理由"
    ASSESS_FORECAST = "assess_forecast", "研判全年预期"
    TAKE_BACK_FILING = "take_back", "撤回填报"
    TAKE_BACK_SIGN_OFF = "take_back_sign_off", "撤回审签"
    REVIEW_FILING = "review", "审核填报"
    READ_CONTRIBUTION = "read_contribution", "查看配合情况"
    WRITE_CONTRIBUTION = "write_contribution", "填写配合情况"
    ASK_CONTRIBUTION = "ask_contribution", "催要配合情况"
    WAIVE_CONTRIBUTIONS = "waive_contributions", "免报配合情况"
    DOWNLOAD_FORM = "download_form", "下载填报表"
    DOWNLOAD_SHEET = "download_sheet", "下载部门季度表"
    UPLOAD_FORM = "upload_form", "上传填报表"
    IMPORT_FORM = "import_form", "导入填报表"
    EXPORT_QUARTER = "export_quarter", "导出季度填报"
    REMIND_DEPARTMENTS = "remind", "催办填报"
    OPEN_PERIOD = "open_period", "开启季度"
    RESCHEDULE_PERIOD = "reschedule_period", "调整季度日期"
    UNDO_OPENING = "undo_opening", "撤回开启季度"
    CLOSE_PERIOD = "close_period", "关闭季度"
    REOPEN_PERIOD = "reopen_period", "重新开启季度"
    UNLOCK_DEPARTMENT = "unlock", "为部门解锁"
    LOCK_DEPARTMENT_AGAIN = "lock_again", "收回部门解锁"
    REQUEST_UNLOCK = "request_unlock", "申请解锁"
    REFUSE_UNLOCK = "refuse_unlock", "不同意解锁"
    EDIT_CALENDAR = "edit_calendar", "修改工作日历"
    READ_OVERVIEW = "read_overview", "查看总览"
    FOLLOW_SUBJECT = "follow_subject", "关注或取消关注"
    READ_DIRECTIVE = "read_directive", "查看批示"
    WRITE_DIRECTIVE = "write_directive", "写批示"
    ENTER_HANDWRITTEN = "enter_handwritten", "录入手写批示"
    CONFIRM_DIRECTIVE = "confirm_directive", "确认手写批示"
    REPLY_TO_DIRECTIVE = "reply_directive", "回复批示"
    WRITE_REPLY = "write_reply", "起草批示回复"
    SUBMIT_REPLY = "submit_reply", "提交批示回复"
    SIGN_REPLY = "sign_reply", "审签批示回复"
    RETURN_REPLY = "return_reply", "退回批示回复"
    TAKE_BACK_REPLY = "take_back_reply", "撤回批示回复"
    CLOSE_DIRECTIVE = "close_directive", "批示销号"
    WITHDRAW_DIRECTIVE = "withdraw_directive", "撤回批示"
    SUPPLEMENT_DIRECTIVE = "supplement_directive", "补充批示"
    RECEIVE_DIRECTIVE = "receive_directive", "签收批示"
    REQUEST_EXTENSION = "request_extension", "申请批示延期"
    GRANT_EXTENSION = "grant_extension", "同意批示延期"
    REFUSE_EXTENSION = "refuse_extension", "不同意批示延期"
    SEND_BACK_DIRECTIVE = "send_back_directive", "退回重办批示"
    PROPOSE_CLOSING = "propose_closing", "提请批示销号"
    REOPEN_DIRECTIVE = "reopen_directive", "重新办理批示"
    REMIND_ADDRESSEES = "remind_addressees", "催办批示"
    READ_DOCUMENT = "read_document", "查看公文"
    CHECK_TEXT = "check_text", "检查文稿"
    EDIT_WORD_LIST = "edit_word_list", "修改词表"
    READ_REGISTER = "read_register", "查看发文登记簿"
    START_REGISTER = "start_register", "启用发文登记簿"
    REQUEST_VERIFICATION = "ask_verification", "要求核对公文文件"
    ASSEMBLE_DOCUMENT = "build_document", "汇编公文"
    EDIT_DOCUMENT = "edit_document", "核改公文"
    CONFIRM_WORDING = "confirm_wording", "确认公文表述"
    ISSUE_DOCUMENT = "issue_document", "印发公文"
    CORRECT_DOCUMENT = "correct_document", "更正公文"
    DISCARD_DOCUMENT = "discard_document", "作废公文草稿"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账号"
    GRANT_ROLES = "grant_roles", "管理授权"
    RESET_PASSWORD = "reset_password", "重置密码"
    UNLOCK_LOGIN = "unlock_login", "解除登录锁定"
    SET_EMAIL = "set_email", "修改邮箱"
    SET_PHONE = "set_phone", "修改电话"
    CHANGE_PASSWORD = "change_password", "修改自己的密码"
    END_SESSION = "end_session", "结束登录"
    DELEGATE_SEAT = "delegate_seat", "委托代办或取消委托"
    ACT_AS_DEPUTY = "act_as_deputy", "开始代办"
    READ_NOTICES = "read_notices", "查看提醒"
    IMPORT_ORGANISATION = "import_organisation", "导入组织机构"
    PROPOSE_ORGANISATION = "propose_organisation", "提出机构调整"
    DECIDE_PROPOSAL = "decide_proposal", "决定机构调整"
    HAND_OVER_WORK = "hand_over_work", "移交工作"
    IMPORT_PLAN = "import_plan", "导入工作计划"
    REMOVE_PLAN = "remove_plan", "删除工作计划"
    ASSIGN_MEASURES = "assign_measures", "分工"
    SET_TARGETS = "set_targets", "设置节点和指标"
    HAND_OVER_DUTY = "hand_over_duty", "移交举措"
    CARRY_OVER_MEASURES = "carry_over_measures", "结转举措"
    TRANSFER_DUTIES = "transfer_duties", "转移职责"
    READ_HEALTH = "read_health", "查看运行状况"
    READ_LOG = "read_log", "查看操作记录"
    CREATE_BACKUP = "create_backup", "备份"
    RESTORE_BACKUP = "restore_backup", "从备份恢复"
    MIGRATE_DATABASE = "migrate_database", "升级数据库结构"
    COPY_DATABASE = "copy_database", "复制数据库"
    SWEEP_ATTACHMENTS = "sweep_attachments", "清理不再需要的文件"
    PRINT_DOCUMENT = "print_document", "生成公文文件"
    RUN_TASKS = "run_tasks", "运行后台任务"
    LOAD_SAMPLE = "load_sample", "装入示例数据"


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
BY_AUDITOR = permits_of_roles(Role.AUDITOR)

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
    Action.READ_LOG: BY_AUDITOR,
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
    """Return whether `actor` may do `action` to `subject`; without a subject, to any subject at all."""
    return any(permit.allows(actor, subject) for permit in PERMITS[action])


def require(by: Actor, action: Action, subject: PolicySubject | OwnedSubject | None = None) -> None:
    """Raise NotAllowed unless the table allows it."""
    if is_allowed(by, action, subject):
        return
    holders = HOLDERS.get(PERMITS[action])
    raise NotAllowed(f"您不能办这一步，这一步由{holders}办理。") if holders else NotAllowed
