"""Writing anchors: by the worker and after restoring a backup only, and never over a broken log."""

from __future__ import annotations

import logging
from contextlib import closing
from logging.handlers import SysLogHandler

from flask import Flask

from app.audit.anchor_file import AnchorFile, AnchorOrigin, LogAnchor
from app.audit.models import EventChain
from app.audit.proof_files import log_files
from app.audit.queries import read_head
from app.audit.rules import ChainState, LogFinding
from app.audit.verification import check_since_anchor, verify_log
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import database, transaction
from app.base.settings.current import current_settings
from app.base.settings.values import syslog_target

logger = logging.getLogger(__name__)


def anchor_at_start(*, by: Actor) -> None:
    """Anchor the log when the worker starts, if it is intact."""
    require(by, Action.RUN_TASKS)
    anchor_log(AnchorOrigin.START)


def anchor_regularly(*, by: Actor) -> None:
    require(by, Action.RUN_TASKS)
    anchor_log(AnchorOrigin.WORKER)


def anchor_log(origin: AnchorOrigin) -> LogAnchor | None:
    """Write an anchor unless something is wrong with the log since the last one, which is then logged."""
    checked = check_since_anchor()
    report_findings(checked.findings)
    if checked.findings or checked.head is None:
        return None
    return write_anchor(checked.head, origin)


def anchor_restored_backup(backup_name: str) -> LogAnchor:
    """Anchor the log of a restored backup before anything more is recorded.

    It replaces the anchors beyond it, which the backup does not contain. Raises OSError.
    """
    head = read_head()
    if head is None:
        raise ValueError("the restored database has no end of a chain")
    return write_anchor(head, AnchorOrigin.RESTORE, backup_name)


def write_anchor(head: ChainState, origin: AnchorOrigin, note: str = "") -> LogAnchor:
    """Write an anchor to the file and, if set, to syslog, and store its number. Raises OSError."""
    files = log_files()
    anchor = AnchorFile(files.anchors_path, files.seal_key).append_anchor(head, origin, note)
    note_anchor(anchor.number)
    send_to_syslog(current_settings().syslog_address, anchor)
    return anchor


@transaction
def note_anchor(number: int) -> None:
    """Store the number of anchors in the database, so that a truncated file is noticed."""
    EventChain.update(anchors=number).execute()


class AnchorSyslog(SysLogHandler):
    """A connection to syslog that raises errors instead of printing them."""

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802  (logging's own name)
        raise


def send_to_syslog(address: str, anchor: LogAnchor) -> None:
    """Send an anchor to syslog, if an address is set. A failure is only logged: the file has the anchor."""
    if not address:
        return
    try:
        with closing(AnchorSyslog(syslog_target(address), SysLogHandler.LOG_AUTH)) as handler:
            handler.ident = "work-plan-audit: "
            handler.emit(
                logging.makeLogRecord({"msg": anchor.json_line, "levelno": logging.INFO, "levelname": "INFO"})
            )
    except OSError as error:
        logger.error("锚点没有送到 SYSLOG_ADDRESS 所指的系统日志：%s", error.strerror or error)


def verify_nightly(*, by: Actor) -> None:
    require(by, Action.RUN_TASKS)
    report_findings(verify_log().findings)


def check_at_start(app: Flask) -> None:
    """Verify the log when a server starts; report what is wrong, and serve all the same."""
    try:
        with app.app_context(), database.connection_context():
            if EventChain.table_exists():
                report_findings(check_since_anchor().findings)
    except Exception as error:
        logger.error("启动时未能核验操作记录：%s", error)
    # The processes that serve are forked from this one and must not share its connection.
    database.obj.close_all()


def report_findings(findings: tuple[LogFinding, ...]) -> None:
    for finding in findings:
        logger.error("操作记录核验不通过：%s详见 flask audit verify。", finding.sentence)
