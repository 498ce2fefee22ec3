"""Plans that are read and corrected before they are stored, and what of a stored plan is not reported on."""

from peewee import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("plan", "blocks", JSONField(null=True)),
        migrator.add_column("plan_item", "path", TextField(default="")),
        migrator.add_column("plan_item", "reporting", BooleanField(default=True)),
    )

    class ImportDraft(Model):
        version = IntegerField(constraints=[Check("version >= 1")])
        name = CharField()
        source = JSONField()
        blocks = JSONField()
        questions = JSONField()
        title = CharField()
        year = IntegerField(null=True)
        issuer = CharField()
        document_number = CharField(max_length=64)
        issued_on = DateField(null=True)
        edits_done = IntegerField()
        created_at = DateTimeField()
        created_by = CharField(max_length=64)
        updated_at = DateTimeField()
        updated_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "import_draft"
            constraints = [
                Check("edits_done >= 0", "import_draft_edits"),
                Check("year BETWEEN 2000 AND 2100", "import_draft_year"),
            ]

    db.create_tables([ImportDraft])

    class ImportEdit(Model):
        draft = ForeignKeyField(ImportDraft, on_delete="CASCADE")
        position = IntegerField()
        label = CharField()
        change = JSONField()
        draft_version = IntegerField()
        made_at = DateTimeField()
        made_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "import_edit"
            constraints = [
                Check("position >= 1", "import_edit_position"),
            ]
            indexes = ((("draft", "position"), True),)

    db.create_tables([ImportEdit])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("import_edit"))
    migrator.migrate(migrator.drop_table("import_draft"))
    migrator.migrate(migrator.drop_column("plan_item", "reporting"))
    migrator.migrate(migrator.drop_column("plan_item", "path"))
    migrator.migrate(migrator.drop_column("plan", "blocks"))
