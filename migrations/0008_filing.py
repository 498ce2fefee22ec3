"""Filings, ticks, indicator values, kept revisions, uploaded forms, and attachments."""

from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = "account"

    class Department(Model):
        class Meta:
            database = db
            table_name = "department"

    class Indicator(Model):
        class Meta:
            database = db
            table_name = "indicator"

    class Period(Model):
        class Meta:
            database = db
            table_name = "period"

    class PlanItem(Model):
        class Meta:
            database = db
            table_name = "plan_item"

    class Filing(Model):
        version = IntegerField(constraints=[Check("version >= 1")])
        measure = ForeignKeyField(PlanItem, on_delete="RESTRICT")
        period = ForeignKeyField(Period, on_delete="RESTRICT")
        department = ForeignKeyField(Department, on_delete="RESTRICT")
        lead = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
        role = CharField(max_length=32)
        state = CharField(index=True, max_length=32)
        progress = TextField()
        problems = TextField()
        next_steps = TextField()
        percent = IntegerField(null=True)
        status = CharField(null=True, max_length=32)
        status_reason = TextField()
        forecast = CharField(null=True, max_length=32)
        light = CharField(max_length=32)
        light_reason = TextField()
        returned_reason = TextField()
        return_kind = CharField(max_length=32)
        filled = BooleanField()
        updated_at = DateTimeField()
        updated_by = CharField(max_length=64)
        submitted_at = DateTimeField(null=True)
        signed_off_at = DateTimeField(null=True)
        signed_off_by = CharField(max_length=64)
        accepted_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "filing"
            constraints = [
                Check("percent >= 0", "filing_percent"),
                Check(
                    "submitted_at IS NOT NULL OR state NOT IN ('submitted', 'signed_off', 'accepted')",
                    "filing_submitted",
                ),
                Check("(state = 'accepted') = (accepted_at IS NOT NULL)", "filing_accepted"),
            ]
            indexes = ((("period", "measure", "department"), True), (("period", "department"), False))

    db.create_tables([Filing])

    class CommitmentTick(Model):
        filing = ForeignKeyField(Filing, on_delete="CASCADE")
        commitment = ForeignKeyField(PlanItem, on_delete="CASCADE")
        done = BooleanField()
        note = CharField()

        class Meta:
            database = db
            table_name = "commitment_tick"
            indexes = ((("filing", "commitment"), True),)

    db.create_tables([CommitmentTick])

    class IndicatorValue(Model):
        filing = ForeignKeyField(Filing, on_delete="CASCADE")
        indicator = ForeignKeyField(Indicator, on_delete="CASCADE")
        value = CharField(max_length=32)

        class Meta:
            database = db
            table_name = "indicator_value"
            indexes = ((("filing", "indicator"), True),)

    db.create_tables([IndicatorValue])

    class FilingRevision(Model):
        filing = ForeignKeyField(Filing, on_delete="CASCADE")
        version = IntegerField()
        action = CharField(max_length=32)
        state = CharField(max_length=32)
        content = JSONField()
        return_kind = CharField(null=True, max_length=32)
        reason = TextField()
        person = CharField(max_length=64)
        seat = CharField(max_length=64)
        at = DateTimeField()

        class Meta:
            database = db
            table_name = "filing_revision"
            constraints = [
                Check("version >= 1", "filing_revision_version"),
            ]
            indexes = ((("filing", "version"), True),)

    db.create_tables([FilingRevision])

    class UploadedForm(Model):
        account = ForeignKeyField(Account, on_delete="CASCADE")
        period = ForeignKeyField(Period, on_delete="CASCADE")
        name = CharField()
        sha256 = CharField(max_length=64)
        data = BlobField()
        uploaded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "uploaded_form"

    db.create_tables([UploadedForm])

    class Attachment(Model):
        filing = ForeignKeyField(Filing, on_delete="RESTRICT")
        name = CharField()
        kind = CharField(max_length=32)
        size = IntegerField()
        sha256 = CharField(index=True, max_length=64)
        uploaded_at = DateTimeField()
        uploaded_by = CharField(max_length=64)
        removed_at = DateTimeField(null=True)
        removed_by = CharField(max_length=64)
        swept_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "attachment"
            constraints = [
                Check("size >= 0", "attachment_size"),
                Check("swept_at IS NULL OR removed_at IS NOT NULL", "attachment_swept"),
            ]

    db.create_tables([Attachment])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("attachment"))
    migrator.migrate(migrator.drop_table("uploaded_form"))
    migrator.migrate(migrator.drop_table("filing_revision"))
    migrator.migrate(migrator.drop_table("indicator_value"))
    migrator.migrate(migrator.drop_table("commitment_tick"))
    migrator.migrate(migrator.drop_table("filing"))
