"""When backups were taken, and whether they were found whole."""
from peewee import *


def up(migrator, db):
    class BackupRecord(Model):
        taken_at = DateTimeField(index=True)
        cause = CharField(max_length=32)
        path = TextField(default='')
        size = BigIntegerField(default=0)
        verified_at = DateTimeField(null=True)
        problem = TextField(default='')
        class Meta:
            database = db
            table_name = 'backup_record'
    db.create_tables([BackupRecord])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('backup_record'))
