"""Loading the sample: the plan, the organisation, and three quarters made through the real operations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from enum import Enum, auto
from functools import partial

from app.access.models import Account
from app.access.operations import reset_password
from app.access.passwords.hashes import generate_password
from app.access.queries import account_named, active_accounts, user_of
from app.audit.event_kinds import EventKind
from app.audit.models import Event
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import clock_stopped_at
from app.base.database import database, transaction
from app.base.errors import BadInput
from app.base.settings.settings import ROOT
from app.composition.rules import DocumentKind
from app.drafting.jobs.operations import run_job
from app.filing.core import content_reading, operations
from app.filing.core import queries as filings
from app.filing.core.content import Tick
from app.filing.core.content_reading import commitments_for
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.lights import LightThresholds
from app.filing.core.models import Filing
from app.filing.review.return_phrases import add_phrase
from app.notices.operations import mark_all_read
from app.org.department_import import import_departments
from app.org.issuers import import_issuers
from app.org.leader_import import import_leaders
from app.org.models import Department
from app.org.queries import departments_by_name
from app.periods.calendar import CHINA
from app.periods.models import Period
from app.periods.operations import close_period, open_period
from app.periods.queries import period_by_code
from app.plan.assignments.operations import set_assignments, set_indicators, set_milestones
from app.plan.core.models import Plan
from app.plan.core.operations import store_plan
from app.plan.importer import read_plan
from app.plan.importer.source_text import decode_source
from app.printing.render_pool import Printer
from app.wiring.demo.contributions import SampleContributions
from app.wiring.demo.sample_accounts import (
    AccountsFile,
    account_row,
    create_accounts,
    sample_seats,
)
from app.wiring.demo.sample_actors import SampleActors
from app.wiring.demo.sample_directives import write_sample_directives
from app.wiring.demo.sample_documents import issue_quarter_document
from app.wiring.demo.sample_tables import (
    SampleFiling,
    SampleOutcome,
    SampleValues,
    read_sample_values,
    read_samples,
    samples_by_quarter,
)


class DatabaseContent(Enum):
    NOTHING = auto()
    SAMPLE = auto()
    FOREIGN = auto()


def content_of_database() -> DatabaseContent:
    """Return whether the database is empty, holds the sample, or holds other data."""
    present = set(database.obj.get_tables())
    filled = (table for table in (Account, Department, Plan) if table._meta.table_name in present)
    if not any(table.select(table.id).exists() for table in filled):
        return DatabaseContent.NOTHING
    has_samples = "account" in present and Account.select(Account.id).where(Account.is_sample).exists()
    return DatabaseContent.SAMPLE if has_samples else DatabaseContent.FOREIGN


def accounts_sha256() -> str:
    """Return the SHA-256 of the accounts file with the current passwords; empty if none was written."""
    written = (
        Event.select(Event.detail)
        .where(Event.action == EventKind.WRITE_SAMPLE_ACCOUNTS)
        .order_by(Event.id.desc())
        .first()
    )
    return written.detail["sha256"] if written else ""


PLAN_FILE = ROOT / "plans" / "2026-work-plan.txt"
SAMPLE_FOLDER = ROOT / "plans" / "sample"
MORNING_HOUR = time(10, 30)

# Phrases that the sample's office often uses when it returns filings.
SAMPLE_PHRASES = (
    (ReturnKind.CORRECT, "请写明具体数字和时间，不写“积极推进”“有序开展”。"),
    (ReturnKind.CORRECT, "文字中的数与所填指标不一致，请核对后统一。"),
    (ReturnKind.CORRECT, "内容与上季度相同，请写本季度新的进展。"),
    (ReturnKind.CORRECT, "下一步计划请写明做什么、何时完成、谁负责。"),
    (ReturnKind.SUPPLEMENT, "请补充佐证材料。"),
    (ReturnKind.SUPPLEMENT, "请补充存在问题的原因和需要街道协调的事项。"),
)

FOREIGN_CONTENT = (
    "这个数据库里已有不是示例的内容，示例数据不会载入其中，也没有作任何改动。"
    "正式使用请运行 make serve；要看示例，请不设 DATABASE_URL，并把 INSTANCE_DIR 设到空文件夹。"
)


def load_sample(accounts_file: AccountsFile, thresholds: LightThresholds, *, by: Actor) -> bool:
    """Load everything in one transaction; return False if the sample was already there.

    Afterwards the accounts file exists, even if an earlier load was killed before it was put in place.
    Raises NotAllowed, and BadInput if the database holds other data.
    """
    require(by, Action.LOAD_SAMPLE)
    refuse_foreign()
    is_empty = content_of_database() is DatabaseContent.NOTHING
    if is_empty:
        load_plan_and_quarters(accounts_file, thresholds, by=by)
    restore_accounts_file(accounts_file, by=by)
    return is_empty


def refuse_foreign() -> None:
    """Raise BadInput if the database holds other data, whatever its schema version."""
    if content_of_database() is DatabaseContent.FOREIGN:
        raise BadInput(FOREIGN_CONTENT)


@transaction
def load_plan_and_quarters(accounts_file: AccountsFile, thresholds: LightThresholds, *, by: Actor) -> None:
    """Import plan and organisation, and make three quarters."""
    import_departments(SAMPLE_FOLDER / "2026-organisation.csv", by=by)
    import_leaders(SAMPLE_FOLDER / "2026-leaders.csv", by=by)
    import_issuers(SAMPLE_FOLDER / "2026-issuers.csv", by=by)
    source = PLAN_FILE.read_bytes()
    plan = store_plan(read_plan(source), source=decode_source(source), by=by)
    rows = create_accounts(since=date(plan.year, 1, 1), by=by)
    set_assignments(plan, SAMPLE_FOLDER / "2026-assignments.csv", by=by)
    set_milestones(plan, SAMPLE_FOLDER / "2026-milestones.csv", by=by)
    set_indicators(plan, SAMPLE_FOLDER / "2026-indicators.csv", by=by)
    for kind, text in SAMPLE_PHRASES:
        add_phrase(kind, text, by=by)
    operate_quarters(plan, thresholds, by=by)
    record_accounts(accounts_file.write_temporary(rows), by=by)


def restore_accounts_file(accounts_file: AccountsFile, *, by: Actor) -> None:
    """Put the accounts file in place; if it is lost, give all sample accounts new passwords."""
    if accounts_file.is_temporary_complete(accounts_sha256()):
        accounts_file.put_in_place()
    elif not accounts_file.path.exists():
        renew_passwords(accounts_file, by=by)
        accounts_file.put_in_place()


@transaction
def renew_passwords(accounts_file: AccountsFile, *, by: Actor) -> None:
    """Give every remaining sample account a new password and write the accounts file to its temporary place."""
    require(by, Action.LOAD_SAMPLE)
    rows = []
    for seat in sample_seats():
        account = account_named(seat.username)
        if account is not None and account.is_sample:
            password = generate_password()
            reset_password(account, password=password, by=by)
            Account.update(must_change_password=False).where(Account.id == account.id).execute()
            rows.append(account_row(seat, password))
    record_accounts(accounts_file.write_temporary(rows), by=by)


def record_accounts(sha256: str, *, by: Actor) -> None:
    """Record which accounts file belongs to the passwords being committed."""
    record_event(EventKind.WRITE_SAMPLE_ACCOUNTS, by=by, summary="示例账号", detail={"sha256": sha256})


def issue_second_quarter(printer: Printer, thresholds: LightThresholds, *, by: Actor) -> None:
    """Issue the report and circular of the second quarter, so that leaders and departments have something to read."""
    require(by, Action.LOAD_SAMPLE)
    for kind in (DocumentKind.QUARTERLY, DocumentKind.CIRCULAR):
        render = partial(run_job, printer=printer, by=by, thresholds=thresholds)
        issue_quarter_document(kind, period_by_code("2026Q2"), SampleActors.from_grants(), render)


def operate_quarters(plan: Plan, thresholds: LightThresholds, *, by: Actor) -> None:
    """Open and file every quarter; close all but the last one."""
    actors = SampleActors.from_grants()
    quarters = samples_by_quarter(read_samples(SAMPLE_FOLDER / "2026-progress.csv"))
    values = read_sample_values(SAMPLE_FOLDER / "2026-indicator-values.csv")
    for quarter, samples in quarters.items():
        with clock_stopped_at(datetime.combine(quarter.last_day.replace(day=20), MORNING_HOUR)):
            period = open_period(plan, quarter, by=by)
        sample_quarter = SampleQuarter(period, actors, values, thresholds)
        sample_quarter.write_contributions(samples)
        for sample in samples:
            sample_quarter.operate_filing(sample)
        if quarter != max(quarters):
            with clock_stopped_at(datetime.combine(period.leader_due, MORNING_HOUR)):
                close_period(period, by=by)
                read_all_notices()
    write_sample_directives(plan, actors)


def read_all_notices() -> None:
    """Mark the notices of a closed quarter as read for everybody."""
    for account in active_accounts():
        mark_all_read(by=user_of(account))


class SampleQuarter:
    """Makes the sample filings of one quarter through the operations that people use."""

    def __init__(
        self, period: Period, actors: SampleActors, values: SampleValues, thresholds: LightThresholds
    ) -> None:
        self.period = period
        self.thresholds = thresholds
        self.actors = actors
        self.values = values
        self.departments = departments_by_name()
        self.filings = {
            (one.measure.position, one.department_id): one for one in filings.filings_in_quarter(period)
        }
        self.contributions = SampleContributions(period, actors)

    def write_contributions(self, samples: Iterable[SampleFiling]) -> None:
        """Let supporting departments write their contributions before the leads submit."""
        for sample in samples:
            place = sample.measure, self.departments[sample.department].id
            if sample.outcome is not SampleOutcome.MISSING and place not in self.filings:
                with clock_stopped_at(self.handed_in_at(sample)):
                    self.contributions.write_sample(place, sample)
        with clock_stopped_at(datetime.combine(self.period.department_due, MORNING_HOUR)):
            self.contributions.settle_others()

    def operate_filing(self, sample: SampleFiling) -> None:
        """Bring one filing into its state in the sample."""
        place = sample.measure, self.departments[sample.department].id
        if sample.outcome is SampleOutcome.MISSING or place not in self.filings:
            return
        filing = self.filings[place]
        with clock_stopped_at(self.handed_in_at(sample)):
            self.save_content(filing, sample)
        with clock_stopped_at(datetime.combine(self.period.office_due, MORNING_HOUR)):
            self.decide_filing(filing, sample)

    def save_content(self, filing: Filing, sample: SampleFiling) -> None:
        rows = commitments_for(filing)
        ticks = {row.id: Tick(number in sample.ticks) for number, row in enumerate(rows, 1)}
        values = self.values.get((sample.quarter, sample.measure), {})
        numbers = {row.id: values.get(row.name) for row in content_reading.indicators_for(filing)}
        content = replace(sample.content, ticks=ticks, indicators=numbers)
        is_draft = sample.outcome is SampleOutcome.DRAFT
        step = operations.save_filing if is_draft else operations.save_and_submit
        step(
            filing,
            content,
            by=self.filer_of(filing),
            version=filing.version,
            thresholds=self.thresholds,
        )

    def decide_filing(self, filing: Filing, sample: SampleFiling) -> None:
        """Let the department's head and the office decide as in the sample."""
        if sample.outcome in (SampleOutcome.DRAFT, SampleOutcome.SUBMITTED):
            return
        if filing.department.needs_sign_off:
            head = self.actors.heads[filing.department_id]
            operations.sign_off_filing(filing, by=head, version=filing.version)
        if sample.outcome is SampleOutcome.ACCEPTED:
            operations.accept_filing(filing, by=self.actors.office, version=filing.version)
        if sample.outcome is SampleOutcome.RETURNED:
            reason = sample.returned_reason
            operations.send_back_filing(filing, by=self.actors.office, version=filing.version, reason=reason)

    def filer_of(self, filing: Filing) -> Actor:
        return self.actors.filers[filing.department_id]

    def handed_in_at(self, sample: SampleFiling) -> datetime:
        """Return when the department submitted: on the due date, or as late as the sample requires."""
        return datetime.combine(
            CHINA.working_day_after(self.period.department_due, sample.late), MORNING_HOUR
        )
