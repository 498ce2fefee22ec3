"""Kinds of events besides the actions of `app.authority.policy`, for what needs no permit of its own."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.policy import Action
from app.base.labels import LabelledEnum


class EventKind(LabelledEnum):
    # The values stand in the log and stay as they were first written.
    REFUSED = "refused", "越权被拒"
    LOG_IN = "log_in", "登录"
    LOG_OUT = "log_out", "退出登录"
    LOG_IN_REFUSED = "log_in_refused", "登录密码输错"
    CHANGE_PASSWORD_REFUSED = "change_password_refused", "修改密码时输错原密码"
    CHANGE_EMAIL_REFUSED = "change_email_refused", "修改邮箱时输错密码"
    DELAY_ACCOUNT = "delay_account", "账号限制登录"
    LOCK_ADDRESS = "lock_address", "来访地址锁定"
    ADD_ACCOUNT = "add_account", "建立账号"
    DISABLE_ACCOUNT = "disable_account", "停用账号"
    ENABLE_ACCOUNT = "enable_account", "启用账号"
    GRANT_ROLE = "grant", "授予角色"
    REVOKE_ROLE = "revoke", "收回角色"
    CANCEL_HAND_OVER = "cancel_hand_over", "取消移交工作"
    IMPORT_DEPARTMENTS = "import_departments", "导入部门"
    RENAME_DEPARTMENT = "rename_department", "部门更名"
    END_DEPARTMENT = "end_department", "撤销部门"
    IMPORT_LEADERS = "import_leaders", "导入领导"
    END_LEADER = "end_leader", "领导离任"
    IMPORT_ISSUERS = "import_issuers", "导入发文机关"
    REGISTER_ISSUER = "register_issuer", "登记发文机关"
    CHANGE_DEPARTMENT = "change_department", "新建或修改部门"
    CHANGE_DEPARTMENT_END = "change_department_end", "调整为撤销部门"
    CHANGE_DEPARTMENT_MERGER = "change_department_merger", "合并部门"
    CHANGE_DEPARTMENT_RETURN = "change_department_return", "恢复部门"
    CHANGE_GROUP = "change_group", "新建或修改部门分组"
    CHANGE_GROUP_REMOVAL = "change_group_removal", "删除部门分组"
    CHANGE_LEADER = "change_leader", "新建或修改领导"
    CHANGE_ISSUER = "change_issuer", "新建或修改发文机关"
    CHANGE_ISSUER_REMOVAL = "change_issuer_removal", "删除发文机关"
    ADD_MEASURE = "add_measure", "新增举措"
    SPLIT_MEASURE = "split_measure", "拆分举措"
    END_MEASURE = "end_measure", "终止举措"
    REVISE_PLAN = "revise_plan", "修订工作计划"
    ASSIGN_DEPARTMENTS = "assign", "设置分工"
    SET_MILESTONES = "set_milestones", "设置节点"
    SET_INDICATORS = "set_indicators", "设置指标"
    ATTACH_FILE = "attach_file", "上传佐证材料"
    REMOVE_ATTACHMENT = "remove_attachment", "删除佐证材料"
    DOWNLOAD_ATTACHMENT = "download_attachment", "下载佐证材料"
    TAKE_OVER_CONTRIBUTION = "take_over_contribution", "采用配合情况"
    WITHDRAW_SUGGESTION = "withdraw_suggestion", "撤回修改建议"
    DOWNLOAD_SCAN = "download_scan", "下载批示原件"
    EXPORT_DIRECTIVES = "export_directives", "导出批示登记"
    REWRITE_BLOCK = "rewrite_block", "改写公文段落"
    CHOOSE_WORDING = "choose_wording", "选用公文表述"
    CORRECT_BLOCK = "mend_block", "改正公文段落"
    RENEW_BLOCK = "renew_block", "更新段落的填报数据"
    KEEP_BLOCK = "keep_block", "保留公文段落"
    DROP_BLOCK = "drop_block", "删去公文段落"
    RESTORE_BLOCK = "restore_block", "恢复公文段落"
    MOVE_BLOCK = "move_block", "移动公文段落"
    INSERT_BLOCK = "insert_block", "插入公文段落"
    UNDO_EDIT = "undo_edit", "撤销公文修改"
    REDO_EDIT = "redo_edit", "重做公文修改"
    EXPLAIN_FIGURES = "explain_figures", "说明公文数字的理由"
    ASK_WORDING = "ask_wording", "送部门确认表述"
    WITHDRAW_WORDING = "withdraw_wording", "撤回送部门确认的表述"
    UPDATE_DOCUMENT = "update_document", "更新公文"
    RETRY_DOCUMENT = "retry_document", "重新生成公文文件"
    DOWNLOAD_DOCUMENT = "download_document", "下载公文"
    VIEW_DOCUMENT_PAGES = "view_document_pages", "查看公文版面"
    VERIFY_DOCUMENT = "verify_document", "核对公文文件"
    EXPORT_REGISTER = "export_register", "导出发文登记簿"
    PRINT_DIRECTIVE_SHEET = "print_directive_sheet", "打印督办单"
    DOWNLOAD_BRIEF = "download_brief", "下载一页纸"
    UPGRADE_DATABASE = "upgrade_database", "升级数据库"
    DOWNGRADE_DATABASE = "downgrade_database", "撤销数据库升级"
    WRITE_SAMPLE_ACCOUNTS = "write_sample_accounts", "写出示例账号"


EVENT_LABELS: Mapping[str, str] = {kind.value: kind.label for kind in (*Action, *EventKind)}
# Whose summaries tell of accounts, grants, the organisation and the server: administrators read these, and no others,
# which quote what the business wrote.
ADMINISTRATIVE: frozenset[str] = frozenset(
    {
        EventKind.REFUSED,
        EventKind.LOG_IN,
        EventKind.LOG_OUT,
        EventKind.LOG_IN_REFUSED,
        EventKind.CHANGE_PASSWORD_REFUSED,
        EventKind.CHANGE_EMAIL_REFUSED,
        EventKind.DELAY_ACCOUNT,
        EventKind.LOCK_ADDRESS,
        EventKind.ADD_ACCOUNT,
        EventKind.DISABLE_ACCOUNT,
        EventKind.ENABLE_ACCOUNT,
        EventKind.GRANT_ROLE,
        EventKind.REVOKE_ROLE,
        EventKind.IMPORT_DEPARTMENTS,
        EventKind.RENAME_DEPARTMENT,
        EventKind.END_DEPARTMENT,
        EventKind.IMPORT_LEADERS,
        EventKind.END_LEADER,
        EventKind.IMPORT_ISSUERS,
        EventKind.REGISTER_ISSUER,
        EventKind.CHANGE_DEPARTMENT,
        EventKind.CHANGE_DEPARTMENT_END,
        EventKind.CHANGE_DEPARTMENT_MERGER,
        EventKind.CHANGE_DEPARTMENT_RETURN,
        EventKind.CHANGE_GROUP,
        EventKind.CHANGE_GROUP_REMOVAL,
        EventKind.CHANGE_LEADER,
        EventKind.CHANGE_ISSUER,
        EventKind.CHANGE_ISSUER_REMOVAL,
        EventKind.UPGRADE_DATABASE,
        EventKind.DOWNGRADE_DATABASE,
        EventKind.WRITE_SAMPLE_ACCOUNTS,
        Action.RESET_PASSWORD,
        Action.UNLOCK_LOGIN,
        Action.SET_EMAIL,
        Action.SET_PHONE,
        Action.CHANGE_PASSWORD,
        Action.END_SESSION,
        Action.DELEGATE_SEAT,
        Action.ACT_AS_DEPUTY,
        Action.CREATE_BACKUP,
        Action.RESTORE_BACKUP,
        Action.COPY_DATABASE,
        Action.SWEEP_ATTACHMENTS,
    }
)
