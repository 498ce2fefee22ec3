"""Sending notices by mail from the worker.

A notice to be mailed is stored with the time of its first try in the transaction of its operation: what is not
committed is never mailed, and a worker that dies loses nothing. Taking mail sets the time of the next try, so that two
workers do not send the same mail.
"""

from __future__ import annotations

import logging
from itertools import groupby
from smtplib import SMTP

from peewee import ModelSelect

from app.access.models import Account
from app.access.queries import role_holders
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.authority.roles import Role
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput
from app.base.settings.current import current_settings
from app.base.settings.settings import Settings
from app.notices.mail import compose_letter, mail_connection
from app.notices.models import Notice
from app.notices.rules import (
    LEADER_MAIL_WORTH,
    MAIL_RETRY_AFTER,
    MAIL_TRIES,
    MAIL_WORTH,
    is_leader_mail_hour,
)

logger = logging.getLogger(__name__)


def deliver_mail(*, by: Actor) -> None:
    """Send the waiting mail, one letter to each account; failures are logged and tried again later."""
    require(by, Action.RUN_TASKS)
    settings = current_settings()
    waiting = take_due_notices() if settings.smtp_url else []
    if not waiting:
        return
    try:
        with mail_connection(settings) as server:
            for _, notices in groupby(waiting, key=lambda notice: notice.account_id):
                send_letter(list(notices), server, settings)
    except (OSError, BadInput) as error:
        logger.error("the mail server failed, what is unsent of %s notices waits: %s", len(waiting), error)


@transaction
def take_due_notices() -> list[Notice]:
    """Return the notices whose mail is due, by account, and set the time of their next try."""
    due = (Notice.mail_at <= now()) & (Notice.mail_tries < MAIL_TRIES)
    leaders = {held.account_id for held in role_holders(frozenset({Role.LEADER}))}
    if not is_leader_mail_hour(now()):
        due &= Notice.account.not_in(sorted(leaders))
    daily = Notice.account.in_(sorted(leaders)) & (Notice.created_at > now() - LEADER_MAIL_WORTH)
    fresh = (Notice.created_at > now() - MAIL_WORTH) | daily
    waiting: ModelSelect[Notice] = (
        Notice.select(Notice, Account)
        .join(Account)
        .where(due & fresh & (Account.email != "") & Account.disabled_at.is_null())
        .order_by(Notice.account, Notice.id)
    )
    if Notice._meta.database.for_update:
        waiting = waiting.for_update()
    taken = list(waiting)
    next_try = {"mail_at": now() + MAIL_RETRY_AFTER, "mail_tries": Notice.mail_tries + 1}
    Notice.update(next_try).where(Notice.id.in_([notice.id for notice in taken])).execute()
    return taken


def send_letter(notices: list[Notice], server: SMTP, settings: Settings) -> None:
    """Send one account's letter and record that it is sent, or log why not."""
    account = notices[0].account
    try:
        server.send_message(compose_letter(account.email, notices, settings))
    except (OSError, ValueError) as error:
        logger.warning("mail to %s failed, try %s: %s", account.username, notices[0].mail_tries + 1, error)
        return
    Notice.update(mail_at=None).where(Notice.id.in_([notice.id for notice in notices])).execute()
