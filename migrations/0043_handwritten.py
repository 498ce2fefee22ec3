"""What leaders wrote by hand: its scans, and when its leader confirmed how it was entered."""
from peewee import *


def up(migrator, db):
    class Directive(Model):
        class Meta:
            database = db
            table_name = 'directive'

    class DirectiveScan(Model):
        directive = ForeignKeyField(Directive, on_delete='RESTRICT')
        name = CharField(max_length=255)
        kind = CharField(max_length=32)
        size = IntegerField(constraints=[Check('size >= 0')])
        sha256 = CharField(max_length=64, index=True)
        uploaded_at = DateTimeField()
        uploaded_by = CharField(max_length=64)

        class Meta:
            database = db
            table_name = 'directive_scan'

    db.create_tables([DirectiveScan])
    migrator.migrate(
        migrator.add_column('directive', 'is_handwritten', BooleanField(default=False)),
        migrator.add_column(
            'directive',
            'confirmed_at',
            DateTimeField(null=True, constraints=[Check('confirmed_at IS NULL OR is_handwritten')]),
        ),
    )


def down(migrator, db):
    """Which were written by hand is no longer known; the scans stay in the store, of which nothing speaks."""
    migrator.migrate(
        migrator.drop_column('directive', 'confirmed_at'),
        migrator.drop_column('directive', 'is_handwritten'),
        migrator.drop_table('directive_scan'),
    )
