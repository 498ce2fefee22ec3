"""The organs that issue documents, with the words of their numbers; the days that a circular sets."""
from peewee import *


def up(migrator, db):
    class Issuer(Model):
        name = CharField(unique=True, max_length=64)
        word = CharField(max_length=32)
        position = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'issuer'
    db.create_tables([Issuer])

    migrator.migrate(
        migrator.add_column('document', 'file_by', DateField(null=True)),
        migrator.add_column('document', 'mend_by', DateField(null=True)),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column('document', 'mend_by'),
        migrator.drop_column('document', 'file_by'),
        migrator.drop_table('issuer'),
    )
