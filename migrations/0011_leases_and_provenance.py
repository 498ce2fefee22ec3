"""What a document's files were made with, whether they are still the same, and leases that are never numbered twice."""
import re

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column('render_job', 'lease_number', IntegerField(default=0)))
    migrator.migrate(migrator.add_column('document_file', 'made_with', TextField(default='')))

    class Document(Model):
        class Meta:
            database = db
            table_name = 'document'

    class RenderJob(Model):
        attempts = IntegerField()
        lease_number = IntegerField()
        class Meta:
            database = db
            table_name = 'render_job'

    class Verification(Model):
        document = ForeignKeyField(Document, unique=True, on_delete='CASCADE')
        asked_at = DateTimeField()
        asked_by = CharField(max_length=64)
        done_at = DateTimeField(null=True)
        findings = JSONField()
        class Meta:
            database = db
            table_name = 'verification'
    db.create_tables([Verification])
    # A worker that was at it when the system was renewed must not be taken for the next one.
    RenderJob.update(lease_number=RenderJob.attempts).execute()
    enter_numbers_given_before(db)


def enter_numbers_given_before(db):
    """Until now a number stood only with its document, as the office had typed it."""
    class Document(Model):
        title = CharField()
        number = CharField(null=True)
        issued_at = DateTimeField(null=True)
        issued_by = CharField()
        class Meta:
            database = db
            table_name = 'document'

    class RegisterEntry(Model):
        word = CharField()
        year = IntegerField()
        sequence = IntegerField()
        edition = IntegerField()
        document = IntegerField(column_name='document_id', null=True)
        title = CharField()
        note = TextField()
        entered_at = DateTimeField()
        entered_by = CharField()
        class Meta:
            database = db
            table_name = 'register_entry'

    entered = RegisterEntry.select(RegisterEntry.document).where(RegisterEntry.document.is_null(False))
    for row in Document.select().where(Document.number.is_null(False) & Document.id.not_in(entered)):
        word, year, sequence = re.fullmatch(r'(.+)〔(\d{4})〕(\d+)号', row.number).groups()
        RegisterEntry.create(
            word=word, year=int(year), sequence=int(sequence), edition=1, document=row.id,
            title=row.title, note='', entered_at=row.issued_at, entered_by=row.issued_by,
        )


def down(migrator, db):
    migrator.migrate(migrator.drop_table('verification'))
    migrator.migrate(migrator.drop_column('document_file', 'made_with'))
    migrator.migrate(migrator.drop_column('render_job', 'lease_number'))
