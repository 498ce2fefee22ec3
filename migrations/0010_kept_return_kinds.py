"""How a filing came back, with the text that was kept of it: to be mended, or only to be added to."""
from peewee import *


def up(migrator, db):
    column = CharField(max_length=32, null=True)
    migrator.migrate(migrator.add_column('filing_revision', 'return_kind', column))

    class FilingRevision(Model):
        filing_id = IntegerField()
        version = IntegerField()
        state = CharField()
        return_kind = CharField(null=True)
        class Meta:
            database = db
            table_name = 'filing_revision'

    class Event(Model):
        action = CharField()
        object_kind = CharField()
        object_id = IntegerField(null=True)
        detail = JSONField()
        class Meta:
            database = db
            table_name = 'event'

    came_back = FilingRevision.state == 'returned'
    FilingRevision.update(return_kind='correct').where(came_back).execute()
    # Until now only the log knew which of them asked for no more than an addition.
    sent_back = Event.select(Event.object_id, Event.detail).where(
        (Event.object_kind == 'Filing') & (Event.action == 'send_back')
    )
    for event in sent_back:
        if event.detail.get('return_kind') == 'supplement':
            same = (FilingRevision.filing_id == event.object_id) & (FilingRevision.version == event.detail['version'])
            FilingRevision.update(return_kind='supplement').where(came_back & same).execute()


def down(migrator, db):
    migrator.migrate(migrator.drop_column('filing_revision', 'return_kind'))
