"""To which departments a document was issued.

Those issued before go to the departments that they name, by full or short name, as a group, or together (各部门), and
to the one that they are about. Only whole names count: 区各部门 are not the departments of this house.
"""
import re

from peewee import *

INSIDE = ('office', 'team', 'centre')
TOGETHER = {
    '各单位': (*INSIDE, 'neighbourhood'), '各部门': INSIDE, '各科室': INSIDE, '各办公室': ('office',),
    '执法队': ('team',), '各执法队': ('team',), '各中心': ('centre',), '各居民区': ('neighbourhood',),
    '各居委会': ('neighbourhood',), '各居民委员会': ('neighbourhood',),
}
OWN_HOUSE = re.compile(r'^本?街道(?:机关)?(?=各|执法队)')


def names_in(text):
    return [OWN_HOUSE.sub('', name.strip(' 。')) for name in re.split(r'[、，,；;\n]', text)]


def look_up(departments, members):
    """Return whom each name means; a department's own name goes before a group's."""
    called = {}
    active = {one.id for one in departments}
    for member in members:
        called.setdefault(member.group.name, set()).update({member.department_id} & active)
    for one in departments:
        called |= {one.name: {one.id}, one.short_name: {one.id}}
    for words, kinds in TOGETHER.items():
        called[words] = called.get(words, set()) | {one.id for one in departments if one.kind in kinds}
    return called


def up(migrator, db):
    class Department(Model):
        name = CharField()
        short_name = CharField()
        kind = CharField()
        active = BooleanField()
        class Meta:
            database = db
            table_name = 'department'

    class DepartmentGroup(Model):
        name = CharField()
        class Meta:
            database = db
            table_name = 'department_group'

    class DepartmentGroupMember(Model):
        group = ForeignKeyField(DepartmentGroup)
        department = ForeignKeyField(Department)
        class Meta:
            database = db
            table_name = 'department_group_member'

    class Document(Model):
        state = CharField()
        recipient = CharField()
        copies_to = CharField()
        department = ForeignKeyField(Department, null=True)
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
    members = DepartmentGroupMember.select(DepartmentGroupMember, DepartmentGroup).join(DepartmentGroup)
    called = look_up(list(Department.select().where(Department.active)), members)
    for row in Document.select().where(Document.state.in_(('issuing', 'issued', 'superseded'))):
        names = names_in(f'{row.recipient}，{row.copies_to}')
        meant = set().union(*(called.get(name, ()) for name in names), {row.department_id} - {None})
        for department in sorted(meant):
            DocumentAddressee.create(document=row.id, department=department)


def down(migrator, db):
    migrator.migrate(migrator.drop_table('document_addressee'))
