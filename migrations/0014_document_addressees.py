"""To which departments a document was issued; those issued before go to the departments that they name together."""
from peewee import *

INSIDE = ('office', 'team', 'centre')
TOGETHER = {
    '各单位': (*INSIDE, 'neighbourhood'), '各部门': INSIDE, '各科室': INSIDE, '各办公室': ('office',),
    '执法队': ('team',), '各中心': ('centre',), '各居民区': ('neighbourhood',),
}


def up(migrator, db):
    class Department(Model):
        name = CharField()
        kind = CharField()
        class Meta:
            database = db
            table_name = 'department'

    class Document(Model):
        state = CharField()
        recipient = CharField()
        copies_to = CharField()
        class Meta:
            database = db
            table_name = 'document'

    class DocumentAddressee(Model):
        document = ForeignKeyField(Document, on_delete='CASCADE')
        department = ForeignKeyField(Department, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'document_addressee'
            indexes = ((('document', 'department'), True),)
    db.create_tables([DocumentAddressee])
    departments = list(Department.select())
    for row in Document.select().where(Document.state.in_(('issuing', 'issued', 'superseded'))):
        written = f'{row.recipient}，{row.copies_to}'
        for one in departments:
            if one.name in written or any(one.kind in kinds for words, kinds in TOGETHER.items() if words in written):
                DocumentAddressee.create(document=row.id, department=one.id)


def down(migrator, db):
    migrator.migrate(migrator.drop_table('document_addressee'))
