"""The table of notices: one row for each account that got one, so that each has its own read state."""

from __future__ import annotations

from peewee import CharField, Check, DateTimeField, ForeignKeyField, IntegerField, TextField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable, ChoiceField
from app.notices.rules import NoticeKind


class Notice(BaseTable):
    """A notice in one account's list, with the fields of `app.notices.rules.NoticeMessage`.

    `read_at` is set by the reader, or by events after which nothing is left to do. `mail_at` is the next try to mail
    it; None without an address or once it is sent.
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
