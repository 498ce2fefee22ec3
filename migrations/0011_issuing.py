"""The register of numbers, and whether issued files are still the same."""

from peewee import *


def up(migrator, db):
    class Document(Model):
        class Meta:
            database = db
            table_name = "document"

    class RegisterEntry(Model):
        word = CharField(max_length=32)
        year = IntegerField()
        sequence = IntegerField()
        edition = IntegerField()
        document = ForeignKeyField(Document, unique=True, null=True, on_delete="RESTRICT")
        title = CharField()
        note = TextField()
        entered_at = DateTimeField()
        entered_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "register_entry"
            constraints = [
                Check(
                    "year BETWEEN 2000 AND 2100 AND sequence >= 1 AND edition >= 1", "register_entry_number"
                ),
            ]
            indexes = ((("word", "year", "sequence", "edition"), True),)

    db.create_tables([RegisterEntry])

    class Verification(Model):
        document = ForeignKeyField(Document, unique=True, on_delete="CASCADE")
        asked_at = DateTimeField()
        asked_by = CharField(max_length=64)
        done_at = DateTimeField(null=True)
        findings = JSONField()

        class Meta:
            database = db
            table_name = "verification"

    db.create_tables([Verification])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("verification"))
    migrator.migrate(migrator.drop_table("register_entry"))
