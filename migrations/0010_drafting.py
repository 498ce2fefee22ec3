"""Documents with their blocks, files and render jobs, and wordings to be confirmed."""

from peewee import *


def up(migrator, db):
    class Department(Model):
        class Meta:
            database = db
            table_name = "department"

    class Leader(Model):
        class Meta:
            database = db
            table_name = "leader"

    class Period(Model):
        class Meta:
            database = db
            table_name = "period"

    class Plan(Model):
        class Meta:
            database = db
            table_name = "plan"

    class Document(Model):
        version = IntegerField(constraints=[Check("version >= 1")])
        kind = CharField(max_length=32)
        state = CharField(index=True, max_length=32)
        plan = ForeignKeyField(Plan, on_delete="RESTRICT")
        period = ForeignKeyField(Period, null=True, on_delete="RESTRICT")
        span = CharField(max_length=32)
        fullness = CharField(max_length=32)
        department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
        leader = ForeignKeyField(Leader, null=True, on_delete="RESTRICT")
        title = CharField()
        number = CharField(null=True, max_length=64)
        edition = IntegerField()
        supersedes = ForeignKeyField("self", null=True, on_delete="RESTRICT")
        correction = TextField()
        issuer = CharField()
        recipient = CharField()
        signer = CharField()
        copies_to = CharField()
        dated = DateField()
        word = CharField(max_length=32)
        form = CharField(max_length=32)
        copy_number = IntegerField(null=True)
        secrecy = CharField(max_length=32)
        urgency = CharField(max_length=16)
        sealed = BooleanField()
        note = CharField()
        file_by = DateField(null=True)
        mend_by = DateField(null=True)
        facts = JSONField()
        content = JSONField()
        created_at = DateTimeField()
        created_by = CharField(max_length=64)
        gathered_at = DateTimeField(null=True)
        issued_at = DateTimeField(null=True)
        issued_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "document"
            constraints = [
                Check("edition >= 1 AND (supersedes_id IS NULL OR edition > 1)", "document_edition"),
                Check("copy_number >= 1", "document_copy_number"),
                Check("(file_by IS NULL) = (mend_by IS NULL)", "document_deadlines"),
                Check("issued_at IS NOT NULL OR state NOT IN ('issued', 'superseded')", "document_issued"),
            ]
            indexes = ((("number", "edition"), True),)

    db.create_tables([Document])

    class DocumentAddressee(Model):
        document = ForeignKeyField(Document, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "document_addressee"
            indexes = ((("document", "department"), True),)

    db.create_tables([DocumentAddressee])

    class DocumentBlock(Model):
        version = IntegerField(constraints=[Check("version >= 1")])
        document = ForeignKeyField(Document, on_delete="CASCADE")
        position = IntegerField()
        content = JSONField()
        composed = JSONField(null=True)
        source = CharField(max_length=64)
        slot = TextField()
        overtaken_by = JSONField(null=True)
        is_dropped = BooleanField()
        updated_at = DateTimeField()
        updated_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "document_block"
            constraints = [
                Check("position >= 0", "document_block_position"),
            ]
            indexes = ((("document", "position"), False),)

    db.create_tables([DocumentBlock])

    class WordingRequest(Model):
        block = ForeignKeyField(DocumentBlock, on_delete="CASCADE")
        department = ForeignKeyField(Department, on_delete="RESTRICT")
        state = CharField(index=True, max_length=32)
        text = TextField()
        answer = TextField()
        asked_at = DateTimeField()
        asked_by = CharField(max_length=64)
        answered_at = DateTimeField(null=True)
        answered_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "wording_request"
            constraints = [
                Check("(answered_at IS NULL) = (answered_by = '')", "wording_request_answered"),
            ]

    db.create_tables([WordingRequest])

    class DocumentFile(Model):
        document = ForeignKeyField(Document, on_delete="CASCADE")
        format = CharField(max_length=32)
        sha256 = CharField(max_length=64)
        pages = IntegerField()
        shows = IntegerField()
        made_with = TextField()
        places = JSONField(null=True)
        data = BlobField()

        class Meta:
            database = db
            table_name = "document_file"
            constraints = [
                Check("pages >= 0 AND shows >= 0", "document_file_counts"),
            ]
            indexes = ((("document", "format"), True),)

    db.create_tables([DocumentFile])

    class RenderJob(Model):
        document = ForeignKeyField(Document, unique=True, on_delete="CASCADE")
        state = CharField(index=True, max_length=32)
        step = CharField(max_length=64)
        percent = IntegerField()
        attempts = IntegerField()
        lease_number = IntegerField()
        lease_until = DateTimeField(null=True)
        error = TextField()
        fault = IntegerField(null=True)
        requested_at = DateTimeField()
        requested_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "render_job"
            constraints = [
                Check("percent BETWEEN 0 AND 100", "render_job_percent"),
                Check("attempts >= 0 AND lease_number >= 0", "render_job_counts"),
            ]

    db.create_tables([RenderJob])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("render_job"))
    migrator.migrate(migrator.drop_table("document_file"))
    migrator.migrate(migrator.drop_table("wording_request"))
    migrator.migrate(migrator.drop_table("document_block"))
    migrator.migrate(migrator.drop_table("document_addressee"))
    migrator.migrate(migrator.drop_table("document"))
