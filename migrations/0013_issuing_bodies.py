"""What each issuing body reports to, whom it copies, and which one issues what nobody else is named for."""
from peewee import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column('issuer', 'superior', CharField(max_length=64, default='')),
        migrator.add_column('issuer', 'copies_to', CharField(max_length=255, default='')),
        migrator.add_column('issuer', 'is_default', BooleanField(default=False)),
    )
    name_default(db)


def name_default(db):
    """Until now it was the sub-district's administration (办事处), which stood in the settings."""
    class Issuer(Model):
        name = CharField()
        position = IntegerField()
        is_default = BooleanField()
        class Meta:
            database = db
            table_name = 'issuer'

    rows = list(Issuer.select().order_by(Issuer.position, Issuer.id))
    for row in sorted(rows, key=lambda row: not row.name.endswith('办事处'))[:1]:
        Issuer.update(is_default=True).where(Issuer.id == row.id).execute()


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column('issuer', 'is_default'),
        migrator.drop_column('issuer', 'copies_to'),
        migrator.drop_column('issuer', 'superior'),
    )
