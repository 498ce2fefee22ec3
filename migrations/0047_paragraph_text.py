"""The text of paragraphs beside their JSON, where SQLite finds it without reading the rest of each row."""
from peewee import *


def up(migrator, db):
    """PostgreSQL reads JSON fast enough, and puts no text into an index that is longer than a third of a page."""
    if isinstance(db, SqliteDatabase):
        db.execute_sql(
            'CREATE INDEX "document_block_text" ON "document_block" ("document_id", "is_dropped", ("content" ->> \'text\'))'
        )


def down(migrator, db):
    db.execute_sql('DROP INDEX IF EXISTS "document_block_text"')
