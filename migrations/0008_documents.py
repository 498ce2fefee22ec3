"""Documents, their files and render jobs."""
from peewee import *


def up(migrator, db):
    class Period(Model):
        class Meta:
            database = db
            table_name = 'period'

    class Document(Model):
        version = IntegerField(default=1)
        kind = CharField(max_length=32)
        state = CharField(index=True, max_length=32, default='assembled')
        period = ForeignKeyField(Period, on_delete='RESTRICT')
        title = CharField()
        number = CharField(unique=True, null=True, max_length=64)
        issuer = CharField(max_length=64)
        recipient = CharField()
        signer = CharField(max_length=64)
        copies_to = CharField(default='')
        dated = DateField()
        content = JSONField(default=dict)
        created_at = DateTimeField()
        created_by = CharField(max_length=64)
        issued_at = DateTimeField(null=True)
        issued_by = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'document'
    db.create_tables([Document])

    class DocumentFile(Model):
        document = ForeignKeyField(Document, on_delete='CASCADE')
        format = CharField(max_length=32)
        sha256 = CharField(max_length=64)
        pages = IntegerField(default=0)
        data = BlobField()
        class Meta:
            database = db
            table_name = 'document_file'
            indexes = ((('document', 'format'), True),)
    db.create_tables([DocumentFile])

    class RenderJob(Model):
        document = ForeignKeyField(Document, unique=True, on_delete='CASCADE')
        state = CharField(index=True, max_length=32, default='queued')
        step = CharField(max_length=64, default='')
        percent = IntegerField(default=0)
        attempts = IntegerField(default=0)
        lease_until = DateTimeField(null=True)
        error = TextField(default='')
        requested_at = DateTimeField()
        requested_by = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'render_job'
    db.create_tables([RenderJob])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('render_job'))
    migrator.migrate(migrator.drop_table('document_file'))
    migrator.migrate(migrator.drop_table('document'))
