"""What supporting departments write is a contribution of its own, one text for the lead; every filing is a lead's."""

from peewee import *

LABELS = {
    'progress': '', 'problems': '存在问题：', 'next_steps': '下一步计划：', 'status_reason': '原因：', 'light_reason': '亮灯说明：',
}
STATUSES = {
    'not_started': '未启动', 'on_track': '正常推进', 'lagging': '滞后', 'done': '已完成', 'paused': '暂停', 'cancelled': '取消',
}
FORECASTS = {'can_finish': '能够完成', 'difficult': '有困难但能完成', 'cannot_finish': '不能完成'}
HANDED_IN = ('submitted', 'signed_off', 'accepted')
OWNED_BY_ONE = '(filing_id IS NULL) <> (contribution_id IS NULL)'


def base_of(db):
    class Base(Model):
        class Meta:
            database = db

    return Base


def contribution_tables(db):
    base = base_of(db)

    class PlanItem(base):
        class Meta:
            table_name = 'plan_item'

    class Period(base):
        class Meta:
            table_name = 'period'

    class Department(base):
        class Meta:
            table_name = 'department'

    class Filing(base):
        class Meta:
            table_name = 'filing'

    class Contribution(base):
        version = IntegerField(constraints=[Check('version >= 1')])
        measure = ForeignKeyField(PlanItem, backref='+', on_delete='RESTRICT')
        period = ForeignKeyField(Period, backref='+', on_delete='RESTRICT')
        department = ForeignKeyField(Department, backref='+', on_delete='RESTRICT')
        lead = ForeignKeyField(Department, backref='+', null=True, on_delete='RESTRICT')
        state = CharField(index=True, max_length=32)
        text = TextField()
        asked = TextField()
        updated_at = DateTimeField()
        updated_by = CharField(max_length=64)
        handed_in_at = DateTimeField(null=True)

        class Meta:
            table_name = 'contribution'
            constraints = [Check("state <> 'written' OR text <> ''", 'contribution_written')]
            indexes = ((('period', 'measure', 'department'), True), (('period', 'department'), False))

    class ContributionRevision(base):
        contribution = ForeignKeyField(Contribution, backref='+', on_delete='CASCADE')
        version = IntegerField()
        state = CharField(max_length=32)
        text = TextField()
        person = CharField(max_length=64)
        at = DateTimeField()

        class Meta:
            table_name = 'contribution_revision'
            constraints = [Check('version >= 1', 'contribution_revision_version')]
            indexes = ((('contribution', 'version'), True),)

    class ContributionUse(base):
        filing = ForeignKeyField(Filing, backref='+', on_delete='CASCADE')
        contribution = ForeignKeyField(Contribution, backref='+', on_delete='CASCADE')
        version = IntegerField()
        person = CharField(max_length=64)
        at = DateTimeField()

        class Meta:
            table_name = 'contribution_use'
            constraints = [Check('version >= 1', 'contribution_use_version')]
            indexes = ((('filing', 'contribution', 'version'), True),)

    return Contribution, ContributionRevision, ContributionUse


def filing_tables(db):
    """The tables as they are with a role."""
    base = base_of(db)

    class Filing(base):
        version = IntegerField()
        measure_id = IntegerField()
        period_id = IntegerField()
        department_id = IntegerField()
        lead_id = IntegerField(null=True)
        role = CharField()
        state = CharField()
        progress = TextField()
        problems = TextField(default='')
        next_steps = TextField(default='')
        percent = IntegerField(null=True)
        status = CharField(null=True)
        status_reason = TextField(default='')
        forecast = CharField(null=True)
        light = CharField(default='grey')
        light_reason = TextField(default='')
        returned_reason = TextField()
        return_kind = CharField(default='correct')
        filled = BooleanField(default=False)
        updated_at = DateTimeField()
        updated_by = CharField()
        submitted_at = DateTimeField(null=True)
        signed_off_by = CharField(default='')

        class Meta:
            table_name = 'filing'

    class FilingRevision(base):
        filing_id = IntegerField()
        version = IntegerField()
        action = CharField()
        state = CharField()
        content = JSONField()
        return_kind = CharField(null=True)
        reason = TextField()
        person = CharField()
        seat = CharField()
        at = DateTimeField()

        class Meta:
            table_name = 'filing_revision'

    return Filing, FilingRevision


def up(migrator, db):
    contribution, revision, use = contribution_tables(db)
    db.create_tables([contribution, revision, use])
    migrator.migrate(
        migrator.drop_not_null('attachment', 'filing_id'),
        migrator.add_column(
            'attachment',
            'contribution_id',
            ForeignKeyField(
                contribution, field=contribution.id, null=True, on_delete='RESTRICT', constraints=[Check(OWNED_BY_ONE)]
            ),
        ),
    )
    filing, filing_revision = filing_tables(db)
    tasks, numbers = ticked_tasks(db), filed_numbers(db)
    for row in filing.select().where(filing.role == 'support').order_by(filing.id):
        texts = [row.__data__, tasks.get(row.id, ()), numbers.get(row.id, ())]
        text = joined_text(*texts)
        is_written = bool(text.strip()) and row.state in HANDED_IN
        made = contribution.create(
            version=row.version + 1,
            measure=row.measure_id,
            period=row.period_id,
            department=row.department_id,
            lead=row.lead_id,
            state='written' if is_written else 'owed',
            text=text,
            asked=row.returned_reason if row.state == 'returned' else '',
            updated_at=row.updated_at,
            updated_by=row.updated_by,
            handed_in_at=row.submitted_at if is_written else None,
        )
        keep_texts(row, made, texts, filing_revision, revision)
        db.execute_sql(f'UPDATE attachment SET contribution_id = {made.id}, filing_id = NULL WHERE filing_id = {row.id}')
        let_go(db, row)
    migrator.migrate(migrator.drop_column('filing', 'role'))


def keep_texts(row, made, texts, filing_revision, revision):
    """Keep what was kept, and the filing as it stood, with its figures and choices in words."""
    kept = filing_revision.select().where(filing_revision.filing_id == row.id).order_by(filing_revision.version)
    by_version = {
        one.version: (one.state, joined_text(one.content, (), (), whole=True), one.person, one.at) for one in kept
    }
    if row.version > 1 or texts[0]['progress']:
        by_version[row.version] = (row.state, joined_text(*texts, whole=True), row.updated_by, row.updated_at)
    for version, (state, text, person, at) in by_version.items():
        is_written = state in HANDED_IN
        revision.create(
            contribution=made, version=version, state='written' if is_written else 'owed', text=text, person=person, at=at
        )


def let_go(db, row):
    """Take the filing away from what speaks of it. Blocks of drafts go by the measure from now on."""
    db.execute_sql(
        f'UPDATE document_block SET item_id = {row.measure_id}, filing_id = NULL '
        f"WHERE filing_id = {row.id} AND role = 'supported_progress'"
    )
    db.execute_sql(f'UPDATE document_block SET filing_id = NULL WHERE filing_id = {row.id}')
    for table in ('commitment_tick', 'indicator_value', 'filing_revision'):
        db.execute_sql(f'DELETE FROM {table} WHERE filing_id = {row.id}')
    db.execute_sql(
        'UPDATE directive SET filing_id = (SELECT MIN(filing.id) FROM filing WHERE filing.measure_id = '
        f"{row.measure_id} AND filing.period_id = {row.period_id} AND filing.role = 'lead') WHERE filing_id = {row.id}"
    )
    db.execute_sql(f'DELETE FROM filing WHERE id = {row.id}')


def joined_text(content, tasks, numbers, whole=False):
    """Return the words of a filing in one text; as a `whole` with its figures and choices."""
    lines = [label + content[name].strip() for name, label in LABELS.items() if (content.get(name) or '').strip()]
    if whole:
        facts = (
            ('完成率', None if content.get('percent') is None else f"{content['percent']}%"),
            ('举措状态', STATUSES.get(content.get('status'))),
            ('年底预计', FORECASTS.get(content.get('forecast'))),
        )
        lines += [f'{label}：{words}' for label, words in facts if words]
        lines += [f"任务说明：{tick['note']}" for tick in (content.get('ticks') or {}).values() if tick.get('note')]
    return '\n'.join([*lines, *tasks, *numbers])


def ticked_tasks(db):
    """Return, by filing, the tasks that were ticked or remarked on, in words."""
    found = {}
    rows = db.execute_sql(
        'SELECT t.filing_id, i.title, t.done, t.note FROM commitment_tick t JOIN plan_item i ON i.id = t.commitment_id '
        "JOIN filing f ON f.id = t.filing_id WHERE f.role = 'support' ORDER BY t.filing_id, i.sequence"
    )
    for filing_id, title, done, note in rows.fetchall():
        words = '；'.join(filter(None, ('已办结' if done else '', note)))
        if words:
            found.setdefault(filing_id, []).append(f'任务“{title}”：{words}')
    return found


def filed_numbers(db):
    """Return, by filing, what was filed on indicators, in words."""
    found = {}
    rows = db.execute_sql(
        'SELECT v.filing_id, i.name, v.value, v.base FROM indicator_value v JOIN indicator i ON i.id = v.indicator_id '
        "JOIN filing f ON f.id = v.filing_id WHERE f.role = 'support' ORDER BY v.filing_id, v.id"
    )
    for filing_id, name, value, base in rows.fetchall():
        words = '／'.join(str(one) for one in (value, base) if one is not None)
        if words:
            found.setdefault(filing_id, []).append(f'{name}：{words}')
    return found


def down(migrator, db):
    """Contributions become filings of supporting departments again, their text the progress."""
    migrator.migrate(migrator.add_column('filing', 'role', CharField(max_length=32, default='lead')))
    contribution, revision, use = contribution_tables(db)
    filing, filing_revision = filing_tables(db)
    for row in contribution.select().order_by(contribution.id):
        is_written = row.state == 'written'
        made = filing.create(
            version=row.version,
            measure_id=row.measure_id,
            period_id=row.period_id,
            department_id=row.department_id,
            lead_id=row.lead_id,
            role='support',
            state='submitted' if is_written else 'draft',
            progress=row.text,
            returned_reason=row.asked,
            updated_at=row.updated_at,
            updated_by=row.updated_by,
            submitted_at=(row.handed_in_at or row.updated_at) if is_written else None,
        )
        for kept in revision.select().where(revision.contribution == row.id).order_by(revision.version):
            content = {name: '' for name in LABELS} | {'progress': kept.text, 'ticks': {}, 'indicators': {}, 'bases': {}}
            filing_revision.create(
                filing_id=made.id,
                version=kept.version,
                action='submit' if kept.state == 'written' else 'write_filing',
                state='submitted' if kept.state == 'written' else 'draft',
                content=content,
                reason='',
                person=kept.person,
                seat='',
                at=kept.at,
            )
        db.execute_sql(f'UPDATE attachment SET filing_id = {made.id}, contribution_id = NULL WHERE contribution_id = {row.id}')
    migrator.migrate(
        migrator.drop_index('attachment', 'attachment_contribution_id'),
        migrator.drop_column('attachment', 'contribution_id'),
        migrator.add_not_null('attachment', 'filing_id'),
        migrator.drop_table('contribution_use'),
        migrator.drop_table('contribution_revision'),
        migrator.drop_table('contribution'),
    )
