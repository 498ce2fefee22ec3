"""Documents of every kind: their blocks, the register of their numbers, corrections, wordings to be confirmed."""
from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = 'department'

    class Document(Model):
        content = JSONField()
        facts = JSONField()
        class Meta:
            database = db
            table_name = 'document'

    class Leader(Model):
        class Meta:
            database = db
            table_name = 'leader'

    class Plan(Model):
        class Meta:
            database = db
            table_name = 'plan'

    class DocumentBlock(Model):
        version = IntegerField(default=1)
        document = ForeignKeyField(Document, on_delete='CASCADE')
        position = IntegerField()
        content = JSONField()
        composed = JSONField(null=True)
        source = CharField(max_length=64, default='')
        is_dropped = BooleanField(default=False)
        updated_at = DateTimeField()
        updated_by = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'document_block'
            indexes = ((('document', 'position'), False),)
    db.create_tables([DocumentBlock])

    class RegisterEntry(Model):
        word = CharField(max_length=32)
        year = IntegerField()
        sequence = IntegerField()
        edition = IntegerField(default=1)
        document = ForeignKeyField(Document, unique=True, null=True, on_delete='RESTRICT')
        title = CharField()
        note = TextField(default='')
        entered_at = DateTimeField()
        entered_by = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'register_entry'
            indexes = ((('word', 'year', 'sequence', 'edition'), True),)
    db.create_tables([RegisterEntry])

    class WordingRequest(Model):
        block = ForeignKeyField(DocumentBlock, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='RESTRICT')
        state = CharField(index=True, max_length=32, default='asked')
        text = TextField()
        answer = TextField(default='')
        asked_at = DateTimeField()
        asked_by = CharField(max_length=64)
        answered_at = DateTimeField(null=True)
        answered_by = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'wording_request'
    db.create_tables([WordingRequest])

    migrator.migrate(migrator.drop_index('document', 'document_number'))
    migrator.migrate(migrator.add_column('document', 'plan_id', ForeignKeyField(Plan, field=Plan.id, null=True, on_delete='RESTRICT')))
    db.execute_sql('UPDATE document SET plan_id = (SELECT plan_id FROM period WHERE period.id = document.period_id)')
    migrator.migrate(migrator.add_not_null('document', 'plan_id'))
    migrator.migrate(migrator.drop_not_null('document', 'period_id'))
    # What was frozen until now were facts in another shape: older documents keep their files, their text is made anew.
    migrator.migrate(migrator.add_column('document', 'facts', JSONField(null=True)))
    Document.update(content={}, facts={}).execute()
    migrator.migrate(migrator.add_not_null('document', 'facts'))
    if not isinstance(db, SqliteDatabase):
        for column in ('issuer', 'signer'):
            migrator.migrate(migrator.alter_column_type('document', column, CharField(max_length=255)))
    migrator.migrate(migrator.add_column('document', 'span', CharField(max_length=32, default='quarter')))
    migrator.migrate(migrator.add_column('document', 'department_id', ForeignKeyField(Department, field=Department.id, null=True, on_delete='RESTRICT')))
    migrator.migrate(migrator.add_column('document', 'leader_id', ForeignKeyField(Leader, field=Leader.id, null=True, on_delete='RESTRICT')))
    migrator.migrate(migrator.add_column('document', 'edition', IntegerField(default=1)))
    migrator.migrate(migrator.add_column('document', 'supersedes_id', ForeignKeyField(Document, field=Document.id, null=True, on_delete='RESTRICT')))
    migrator.migrate(migrator.add_column('document', 'correction', TextField(default='')))
    migrator.migrate(migrator.add_column('document', 'word', CharField(max_length=32, default='华街')))
    migrator.migrate(migrator.add_column('document', 'form', CharField(max_length=32, default='file')))
    migrator.migrate(migrator.add_column('document', 'copy_number', IntegerField(null=True)))
    migrator.migrate(migrator.add_column('document', 'secrecy', CharField(max_length=32, default='')))
    migrator.migrate(migrator.add_column('document', 'urgency', CharField(max_length=16, default='')))
    migrator.migrate(migrator.add_column('document', 'sealed', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('document', 'note', CharField(default='')))
    migrator.migrate(migrator.add_column('document_file', 'shows', IntegerField(default=0)))
    migrator.migrate(migrator.add_index('document', ('number', 'edition'), unique=True))


def down(migrator, db):
    # What is about a plan alone, and a document's later editions, had no place before.
    for table in ('register_entry', 'wording_request', 'document_block'):
        db.execute_sql(f'DELETE FROM {table}')
    db.execute_sql('DELETE FROM document WHERE edition > 1 OR period_id IS NULL')
    migrator.migrate(migrator.drop_index('document', 'document_supersedes_id'))
    migrator.migrate(migrator.drop_index('document', 'document_plan_id'))
    migrator.migrate(migrator.drop_index('document', 'document_number_edition'))
    migrator.migrate(migrator.drop_index('document', 'document_leader_id'))
    migrator.migrate(migrator.drop_index('document', 'document_department_id'))
    migrator.migrate(migrator.drop_column('document_file', 'shows'))
    migrator.migrate(migrator.drop_column('document', 'facts'))
    migrator.migrate(migrator.drop_column('document', 'note'))
    migrator.migrate(migrator.drop_column('document', 'sealed'))
    migrator.migrate(migrator.drop_column('document', 'urgency'))
    migrator.migrate(migrator.drop_column('document', 'secrecy'))
    migrator.migrate(migrator.drop_column('document', 'copy_number'))
    migrator.migrate(migrator.drop_column('document', 'form'))
    migrator.migrate(migrator.drop_column('document', 'word'))
    migrator.migrate(migrator.drop_column('document', 'correction'))
    migrator.migrate(migrator.drop_column('document', 'supersedes_id'))
    migrator.migrate(migrator.drop_column('document', 'edition'))
    migrator.migrate(migrator.drop_column('document', 'leader_id'))
    migrator.migrate(migrator.drop_column('document', 'department_id'))
    migrator.migrate(migrator.drop_column('document', 'span'))
    migrator.migrate(migrator.drop_column('document', 'plan_id'))
    migrator.migrate(migrator.add_not_null('document', 'period_id'))
    migrator.migrate(migrator.add_index('document', ('number',), unique=True))
    migrator.migrate(migrator.drop_table('wording_request'))
    migrator.migrate(migrator.drop_table('register_entry'))
    migrator.migrate(migrator.drop_table('document_block'))
