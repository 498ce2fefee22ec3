"""What a document's files were made with, whether they are still the same, and leases that are never numbered twice."""
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


def down(migrator, db):
    migrator.migrate(migrator.drop_table('verification'))
    migrator.migrate(migrator.drop_column('document_file', 'made_with'))
    migrator.migrate(migrator.drop_column('render_job', 'lease_number'))
