"""What the office expects of a measure's year, beside what its department expects."""
from peewee import *


def up(migrator, db):
    class Filing(Model):
        class Meta:
            database = db
            table_name = 'filing'

    class ForecastAssessment(Model):
        filing = ForeignKeyField(Filing, unique=True, on_delete='CASCADE')
        forecast = CharField(max_length=32)
        reason = CharField(max_length=200)
        person = CharField(max_length=64)
        at = DateTimeField()

        class Meta:
            database = db
            table_name = 'forecast_assessment'

    db.create_tables([ForecastAssessment])


def down(migrator, db):
    """What the office expected is gone; the log still has it."""
    migrator.migrate(migrator.drop_table('forecast_assessment'))
