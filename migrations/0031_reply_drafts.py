"""A department's reply to a directive is kept while it is written, and waits for the head's signature."""
from peewee import *


def up(migrator, db):
    class Directive(Model):
        class Meta:
            database = db
            table_name = 'directive'

    class Department(Model):
        class Meta:
            database = db
            table_name = 'department'

    class ReplyDraft(Model):
        version = IntegerField(default=1, constraints=[Check('version >= 1')])
        directive = ForeignKeyField(Directive, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='RESTRICT')
        state = CharField(max_length=32)
        text = TextField()
        returned_reason = TextField()
        replaced_text = TextField()
        replaced_by = CharField(max_length=64)
        submitted_by = CharField(max_length=64)
        updated_at = DateTimeField()
        updated_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = 'reply_draft'
            indexes = ((('directive', 'department'), True),)

    db.create_tables([ReplyDraft])
    migrator.migrate(
        migrator.add_column('directive_reply', 'written_text', TextField(default='')),
        migrator.add_column('directive_reply', 'written_by', CharField(max_length=64, default='')),
    )


def down(migrator, db):
    """Replies that no head has signed yet are lost."""
    migrator.migrate(
        migrator.drop_column('directive_reply', 'written_by'),
        migrator.drop_column('directive_reply', 'written_text'),
        migrator.drop_table('reply_draft'),
    )
