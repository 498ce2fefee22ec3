"""Whether a milestone is reached, in the word of the department that files."""
from peewee import *


def up(migrator, db):
    class Filing(Model):
        class Meta:
            database = db
            table_name = 'filing'

    class Milestone(Model):
        class Meta:
            database = db
            table_name = 'milestone'

    class MilestoneTick(Model):
        filing = ForeignKeyField(Filing, on_delete='CASCADE')
        milestone = ForeignKeyField(Milestone, on_delete='CASCADE')
        reached = BooleanField(default=False)

        class Meta:
            database = db
            table_name = 'milestone_tick'
            indexes = ((('filing', 'milestone'), True),)

    db.create_tables([MilestoneTick])


def down(migrator, db):
    """Which milestones are reached is gone; the kept texts of the filings still have it."""
    migrator.migrate(migrator.drop_table('milestone_tick'))
