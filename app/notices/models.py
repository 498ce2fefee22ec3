"""The table of notices: one row for each account that a message reached, so that each has its own unread state."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, TextField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.notices.rules import NoticeKind


class Notice(BaseTable):
    """A message in one account's list; its fields are those of `app.notices.rules.NoticeMessage`.

    `read_at` is set by its reader, or by events that leave nothing to be done.
    `mail_at` is when its mail is to be tried next; empty where there is no address, or the mail is on its way.
    """

    account = ForeignKeyField(Account, backref="notices", on_delete="CASCADE")
    kind = ChoiceField(NoticeKind)
    sentence = TextField()
    detail = TextField(default="")
    path = CharField(max_length=255)
    topic = CharField(max_length=64, index=True)
    key = CharField(max_length=64, null=True)
    created_at = DateTimeField(default=now)
    read_at = DateTimeField(null=True)
    mail_at = DateTimeField(null=True, index=True)
    mail_tries = IntegerField(default=0)
    account_id: int

    class Meta:
        constraints = [Check("mail_tries >= 0", "notice_mail_tries")]
        indexes = ((("account", "key"), True), (("account", "read_at"), False))
