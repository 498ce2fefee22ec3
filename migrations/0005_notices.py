"""Notices and the mails of them."""

from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = "account"

    class Notice(Model):
        account = ForeignKeyField(Account, on_delete="CASCADE")
        kind = CharField(max_length=32)
        sentence = TextField()
        detail = TextField()
        path = CharField()
        topic = CharField(index=True, max_length=64)
        key = CharField(null=True, max_length=64)
        created_at = DateTimeField()
        read_at = DateTimeField(null=True)
        mail_at = DateTimeField(index=True, null=True)
        mail_tries = IntegerField()

        class Meta:
            database = db
            table_name = "notice"
            constraints = [
                Check("mail_tries >= 0", "notice_mail_tries"),
            ]
            indexes = ((("account", "key"), True), (("account", "read_at"), False))

    db.create_tables([Notice])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("notice"))
