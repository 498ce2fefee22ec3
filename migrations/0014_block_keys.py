"""A block is known by its role and by what it is about, no longer by its headings and first words.

Roles are told from the words that the composition wrote until now. A block whose role those do not tell stands from
here on as one that was written by hand: it stays where it is with all that it says.
"""
import re
from collections import Counter

from peewee import *

FIGURES = re.compile(r'[\d.%]+')
NOT_WORDS = re.compile(r'[^一-鿿0-9A-Za-z]')
OPENING, SECTION = 8, 2
KIND_LABELS = {'instruction': '批示', 'noted': '阅知', 'supervision': '督办'}

# Chapters by their headings; '' is what stands above the first one.
CHAPTERS = {
    '总体情况': 'overview', '工作完成情况': 'work', '各项举措推进情况': 'progress', '各项举措完成情况': 'progress',
    '各部分推进情况': 'progress', '年度目标完成情况': 'targets', '存在的问题': 'problems',
    '批示和督办事项办理情况': 'directives', '下一步工作打算': 'next_steps', '下一年度工作打算': 'next_steps',
    '下一步工作要求': 'demands', '督查要求': 'demands', '填报范围': 'filing_scope', '填报内容': 'filing_content',
    '时间要求': 'due_days', '工作要求': 'requirements',
}
SECTIONS = {
    ('work', '牵头举措'): 'led_heading', ('work', '配合举措'): 'supported_heading',
    ('targets', '达到年度目标的举措'): 'reached_heading', ('targets', '未达到年度目标的举措'): 'missed_heading',
    ('problems', '进度滞后和存在风险的举措'): 'risks_heading',
    ('problems', '其他举措反映的问题'): 'other_problems_heading',
    ('problems', '各项举措反映的问题'): 'other_problems_heading',
    ('problems', '达到年度目标的举措反映的问题'): 'other_problems_heading',
    ('problems', '逾期报送的举措'): 'submissions_heading',
    ('problems', '未报送和尚未采用的举措'): 'submissions_heading',
    ('problems', '逾期报送、未报送和尚未采用的举措'): 'submissions_heading',
    ('problems', '尚未销号的批示、督办事项'): 'unsettled_heading',
    ('directives', '尚未销号的事项'): 'unsettled_heading', ('directives', '已销号的事项'): 'settled_heading',
}
# What stands under a heading and is about a filing, or a directive.
OF_FILINGS = {
    'led_heading': 'led_progress', 'supported_heading': 'supported_progress', 'missed_heading': 'missed',
    'risks_heading': 'risk', 'other_problems_heading': 'other_problem',
    'progress': 'progress', 'next_steps': 'next_step',
}
OF_DIRECTIVES = {'unsettled_heading': 'unsettled', 'settled_heading': 'settled'}
# Paragraphs by the words that they begin with, or by their heads.
BEGINNINGS = {
    'overview': {
        '工作计划共': 'coverage', '从推进状态看': 'standing', '从完成进度看': 'pace', '落后序时进度的': 'slightly_behind',
        '督查中未发现': 'nothing_found',
    },
    'work': {'从推进状态看': 'standing', '从完成进度看': 'pace', '': 'duties'},
    'progress': {'': 'progress_abridged'},
    'targets': {'': 'targets_totals'},
    'problems': {'': 'other_problems_annexed'},
    'directives': {'': 'directive_totals'},
    'next_steps': {'对': 'next_steps_lead_in', '其他举措的': 'next_steps_annexed', '各项举措的': 'next_steps_annexed'},
    'filing_scope': {'': 'filing_scope'},
    'supported_heading': {'未报送或者尚未采用的': 'supported_missing'},
    'risks_heading': {'年底预计不能完成的': 'hopeless'},
    'other_problems_heading': {'': 'other_problems_annexed'},
    'submissions_heading': {'截至': 'missing', '': 'late'},
    '': {'': 'lead_in'},
}
HEADS = {
    '加快补齐进度差距。': 'demand_to_catch_up', '按时完成填报工作。': 'demand_to_file',
    '抓紧做好补报工作。': 'demand_to_file', '认真办理批示、督办事项。': 'demand_to_answer',
    '扎实做好年度收官。': 'demand_to_go_on', '持续抓好推进落实。': 'demand_to_go_on',
    '如实填报工作进展。': 'demand_for_truth',
    '进展情况。': 'content_progress', '完成进度。': 'content_percent', '存在问题。': 'content_problems',
    '下一步计划。': 'content_next_steps', '批示办理。': 'content_directives', '部门填报。': 'department_due',
    '审核采用。': 'office_due', '领导审阅。': 'leader_due', '压实责任。': 'required_care',
    '实事求是。': 'required_truth', '减轻负担。': 'required_less_paper', '严守保密规定。': 'required_secrecy',
}
HEADED = ('demands', 'filing_content', 'due_days', 'requirements')
CLOSINGS = ('特此报告。', '特此通报。', '特此通知。')
TABLES = {'各部分举措推进状态': 'parts_table', '各季度推进情况': 'quarters_table'}


def models(db):
    class Table(Model):
        class Meta:
            database = db

    class Item(Table):
        plan_id, parent_id, kind, title = IntegerField(), IntegerField(null=True), CharField(), CharField()
        class Meta:
            table_name = 'plan_item'

    class Filing(Table):
        class Meta:
            table_name = 'filing'

    class Directive(Table):
        kind, leader_id, author = CharField(), IntegerField(null=True), CharField()
        measure_id, text, created_at = IntegerField(null=True), TextField(), DateTimeField()
        class Meta:
            table_name = 'directive'

    class Document(Table):
        plan_id, kind = IntegerField(), CharField()
        class Meta:
            table_name = 'document'

    class Block(Table):
        document_id, position = IntegerField(), IntegerField()
        composed, overtaken_by = JSONField(null=True), JSONField(null=True)
        slot, source = TextField(default=''), CharField(default='')
        role, ordinal = CharField(max_length=32, null=True), IntegerField(default=1)
        filing_id, directive_id = IntegerField(null=True), IntegerField(null=True)
        item_id = IntegerField(null=True)
        class Meta:
            table_name = 'document_block'

    return Item, Filing, Directive, Document, Block


def up(migrator, db):
    Item, Filing, Directive, Document, Block = models(db)
    key = {'filing_id': Filing, 'directive_id': Directive, 'item_id': Item}
    migrator.migrate(
        migrator.add_column('document_block', 'role', CharField(max_length=32, null=True)),
        *(
            migrator.add_column(
                'document_block', name, ForeignKeyField(table, field=table.id, null=True, on_delete='RESTRICT')
            )
            for name, table in key.items()
        ),
        migrator.add_column('document_block', 'ordinal', IntegerField(default=1)),
    )
    filings = {row.id for row in Filing.select(Filing.id)}
    for document in Document.select():
        keep_keys(document, filings, models(db))
    migrator.migrate(
        migrator.drop_column('document_block', 'slot'), migrator.drop_column('document_block', 'source')
    )


def down(migrator, db):
    """Slots are found again by the order in which the blocks were assembled, as drafts without them had it."""
    migrator.migrate(
        migrator.add_column('document_block', 'source', CharField(max_length=64, default='')),
        migrator.add_column('document_block', 'slot', TextField(default='')),
    )
    db.execute_sql(
        "UPDATE document_block SET source = 'filing:' || filing_id WHERE filing_id IS NOT NULL"
    )
    for name in ('item_id', 'directive_id', 'filing_id'):
        migrator.migrate(
            migrator.drop_index('document_block', f'document_block_{name}'),
            migrator.drop_column('document_block', name),
        )
    for name in ('ordinal', 'role'):
        migrator.migrate(migrator.drop_column('document_block', name))


def keep_keys(document, filings, tables):
    Item, _, Directive, _, Block = tables
    items = list(Item.select().where(Item.plan_id == document.plan_id))
    directives = list(Directive.select().where(Directive.measure_id.in_([item.id for item in items])))
    rows = list(Block.select().where(Block.document_id == document.id))
    give_keys(document.kind, rows, filings, items, directives)
    for row in rows:
        fields = [Block.role, Block.filing_id, Block.directive_id, Block.item_id, Block.ordinal]
        row.save(only=fields if row.role else [*fields, Block.composed, Block.overtaken_by])


def give_keys(kind, rows, filings, items, directives):
    met = Counter()
    for row, place in placed(rows):
        filing = int(row.source.partition(':')[2]) if row.source.startswith('filing:') else None
        row.filing_id = filing if filing in filings else None
        if place:
            row.role, about = role_and_subject(kind, place, row.composed, filing)
            if row.role and about == 'directive':
                row.directive_id = directive_of(row.composed, directives, items)
            elif row.role and about in ('part', 'section'):
                row.item_id = item_of(about, place, row.composed, items)
            if about and not (row.filing_id or row.directive_id or row.item_id):
                row.role = None
        if row.role is None:
            row.composed, row.overtaken_by = None, None
            continue
        same = (row.role, row.filing_id, row.directive_id, row.item_id)
        met[same] += 1
        row.ordinal = met[same]


def placed(rows):
    """Return each row with the chapter and the heading that it stands under, in the order of the old slots.

    A row that nobody assembled has no place.
    """
    above, met, found = {}, Counter(), []
    for row in sorted(rows, key=lambda row: row.id):
        if row.composed is None:
            found.append((0, row, None))
            continue
        name, level = name_of(row.composed), row.composed.get('level')
        if level and level <= SECTION:
            above = {one: text for one, text in above.items() if one < level}
            above[level] = FIGURES.sub('', row.composed['text'])
        path = '/'.join([*above.values(), name])
        met[path] += 1
        path, _, number = (row.slot or f'{path}/{met[path]}').rpartition('/')
        place = place_of(path.removesuffix(name).rstrip('/')) if path.endswith(name) else None
        found.append((int(number), row, place))
    return [(row, place) for _, row, place in sorted(found, key=lambda one: one[0])]


def name_of(block):
    match block['kind']:
        case 'Heading':
            return f"{block['level']} {FIGURES.sub('', block['text'])}"
        case 'Paragraph':
            head = block['head']['text'] if block.get('head') else block['text']
            return block.get('source') or FIGURES.sub('', head)[:OPENING]
        case kind:
            return kind


def place_of(above):
    """Return the chapter that some headings are of, and the heading below it; None where no such chapter is known."""
    if not above:
        return '', ''
    for heading, chapter in CHAPTERS.items():
        if above == heading or above.startswith(heading + '/'):
            return chapter, above[len(heading) + 1 :]
    return None


def role_and_subject(kind, place, block, filing):
    """Return the role of a block with what it is about: a filing, a directive, a part or a section; None, None."""
    chapter, title = place
    section = SECTIONS.get(place)
    match block['kind']:
        case 'Heading':
            return role_of_heading(chapter, section, block['level'])
        case 'Table':
            return ('risks_table' if section == 'risks_heading' else TABLES.get(block['caption'])), None
        case 'Chart':
            return 'parts_chart', None
        case 'Sheet':
            return 'reading_sheet', None
    if filing:
        role = OF_FILINGS.get(section or chapter)
        return ('light_reason' if role == 'risk' and kind == 'summary' else role), 'filing'
    if section in OF_DIRECTIVES:
        return OF_DIRECTIVES[section], 'directive'
    if section == 'reached_heading':
        return 'reached_part', 'part'
    if block['text'] in CLOSINGS:
        return 'closing', None
    if chapter == 'progress' and kind == 'circular':
        return 'part_totals', 'part'
    if chapter in HEADED:
        return HEADS.get((block.get('head') or {}).get('text')), None
    known = BEGINNINGS.get(section or chapter, {})
    return next((role for words, role in known.items() if block['text'].startswith(words)), None), None


def role_of_heading(chapter, section, level):
    if level == 1:
        return f'{chapter}_heading', None
    if level == SECTION and chapter in ('progress', 'next_steps'):
        return f'{chapter}_part', 'part'
    if level > SECTION and chapter == 'progress':
        return 'progress_section', 'section'
    return section, None


def item_of(kind, place, block, items):
    """Return the id of the one part or section of the plan that a block is about."""
    def is_part(item, title):
        return item.kind == 'part' and title in (item.title, FIGURES.sub('', item.title))

    if kind == 'section':
        parts = {item.id for item in items if is_part(item, place[1])}
        found = [one.id for one in items if one.parent_id in parts and one.title == block['text']]
    else:
        head = (block.get('head') or {}).get('text', '。')[:-1]
        title = block['text'] if block['kind'] == 'Heading' else head if head or place[0] == 'targets' else place[1]
        found = [one.id for one in items if is_part(one, title)]
    return found[0] if len(found) == 1 else None


def directive_of(block, directives, items):
    """Return the id of the one directive that a block tells of."""
    head, text = (block.get('head') or {}).get('text', ''), block['text']
    measures = {item.id: item.title for item in items}

    def is_meant(row):
        day = row.created_at
        author = f'{row.author}同志' if row.leader_id else row.author
        begins = f'{author}{day.year}年{day.month}月{day.day}日{KIND_LABELS[row.kind]}：'
        words = NOT_WORDS.sub('', row.text)
        return head == f'{measures[row.measure_id]}。' and text.startswith(begins) and words in NOT_WORDS.sub('', text)

    found = [row.id for row in directives if is_meant(row)]
    return found[0] if len(found) == 1 else None
