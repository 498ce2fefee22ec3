"""Loading the sample: the plan, the organisation, and three quarters lived through by the real operations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from app.access.models import Account
from app.access.operations import reset_password
from app.access.passwords import generate_password
from app.access.queries import account_named, accounts
from app.access.user import User
from app.audit.operations import record
from app.audit.rules import SYSTEM
from app.base.clock import standing_at
from app.base.database import transaction
from app.base.errors import BadInput
from app.base.settings.settings import ROOT
from app.composition.rules import DocumentKind
from app.filing.core import operations
from app.filing.core import queries as filings
from app.filing.core.content import Tick
from app.filing.core.models import Filing
from app.notices.operations import mark_all_read
from app.org.operations import import_departments, import_issuers, import_leaders
from app.org.queries import departments_by_name
from app.periods.calendar import CHINA
from app.periods.models import Period
from app.periods.operations import close_period, open_period
from app.periods.queries import period_of
from app.plan.importer import read_plan
from app.plan.importer.decoding import decode
from app.plan.models import Plan
from app.plan.operations import assign, store_plan
from app.plan.queries import commitments
from app.plan.targets import set_indicators, set_milestones
from app.printing.press import Printer
from app.wiring.demo import queries
from app.wiring.demo.accounts import (
    AccountsFile,
    create_accounts,
    row_of,
    seats,
)
from app.wiring.demo.cast import Cast
from app.wiring.demo.indicator_values import SampleValues, read_values
from app.wiring.demo.papers import instruct, issue
from app.wiring.demo.progress_table import (
    Outcome,
    SampleFiling,
    by_quarter,
    read_samples,
)

PLAN_FILE = ROOT / "plans" / "2026-work-plan.txt"
SAMPLE = ROOT / "plans" / "sample"
WORKING_HOUR = time(10, 30)

FOREIGN = (
    "这个数据库里已有不是示例的内容，示例数据不会载入其中，也没有作任何改动。"
    "正式使用请运行 make serve；要看示例，请不设 DATABASE_URL，并把 INSTANCE_DIR 设到空文件夹。"
)


def load_sample(accounts_file: AccountsFile) -> bool:
    """Load everything in one transaction; return False where the sample is there already and nothing was done.

    The table of accounts is there afterwards, also where an earlier load was killed before it could be put in place.
    Raises BadInput for a database that somebody else has filled.
    """
    refuse_foreign()
    is_empty = queries.content_of_database() is queries.Content.NOTHING
    if is_empty:
        load(accounts_file)
    settle_accounts_file(accounts_file)
    return is_empty


def refuse_foreign() -> None:
    """Raise BadInput for a database that somebody else has filled, whichever version it is of."""
    if queries.content_of_database() is queries.Content.FOREIGN:
        raise BadInput(FOREIGN)


@transaction
def load(accounts_file: AccountsFile) -> None:
    """Bring in plan and organisation, and live through three quarters."""
    import_departments(SAMPLE / "2026-organisation.csv", by=SYSTEM)
    import_leaders(SAMPLE / "2026-leaders.csv", by=SYSTEM)
    import_issuers(SAMPLE / "2026-issuers.csv", by=SYSTEM)
    source = PLAN_FILE.read_bytes()
    plan = store_plan(read_plan(source), source=decode(source), by=SYSTEM)
    rows = create_accounts(since=date(plan.year, 1, 1))
    assign(plan, SAMPLE / "2026-assignments.csv", by=SYSTEM)
    set_milestones(plan, SAMPLE / "2026-milestones.csv", by=SYSTEM)
    set_indicators(plan, SAMPLE / "2026-indicators.csv", by=SYSTEM)
    live_through(plan)
    record_accounts(accounts_file.write_aside(rows))


def settle_accounts_file(accounts_file: AccountsFile) -> None:
    """Put the table of accounts in its place; where it is lost, give every sample account a new password."""
    if accounts_file.is_aside(queries.accounts_sha256()):
        accounts_file.put_in_place()
    elif not accounts_file.path.exists():
        renew_passwords(accounts_file)
        accounts_file.put_in_place()


@transaction
def renew_passwords(accounts_file: AccountsFile) -> None:
    """Give every sample account that is still there a new password, and write them aside."""
    rows = []
    for seat in seats():
        account = account_named(seat.username)
        if account is not None and account.is_sample:
            password = generate_password()
            reset_password(account, password=password, by=SYSTEM)
            Account.update(must_change_password=False).where(Account.id == account.id).execute()
            rows.append(row_of(seat, password))
    record_accounts(accounts_file.write_aside(rows))


def record_accounts(sha256: str) -> None:
    """Write down which table of accounts belongs to the passwords that are being committed."""
    record(queries.ACCOUNTS_WRITTEN, by=SYSTEM, summary="示例账号", detail={"sha256": sha256})


def issue_second_quarter(printer: Printer) -> None:
    """Issue the second quarter's report and circular, so that leaders and departments find a document to read."""
    for kind in (DocumentKind.QUARTERLY, DocumentKind.CIRCULAR):
        issue(kind, period_of("2026Q2"), Cast.of_the_sample(), printer)


def live_through(plan: Plan) -> None:
    """Let every quarter be opened, filed and, but for the last, closed."""
    cast = Cast.of_the_sample()
    quarters = by_quarter(read_samples(SAMPLE / "2026-progress.csv"))
    values = read_values(SAMPLE / "2026-indicator-values.csv")
    for quarter, samples in quarters.items():
        with standing_at(datetime.combine(quarter.last_day.replace(day=20), WORKING_HOUR)):
            period = open_period(plan, quarter, by=SYSTEM)
        drama = Quarterly(period, cast, values)
        for sample in samples:
            drama.play(sample)
        if quarter != max(quarters):
            with standing_at(datetime.combine(period.leader_due, WORKING_HOUR)):
                close_period(period, by=SYSTEM)
                read_all_notices()
    instruct(plan, cast)


def read_all_notices() -> None:
    """Let every seat have read what it was told: what a closed quarter asked for is no news."""
    for account in accounts():
        mark_all_read(account.id)


class Quarterly:
    """Plays the rows of one quarter through the operations that people use."""

    def __init__(self, period: Period, cast: Cast, values: SampleValues) -> None:
        self.period = period
        self.cast = cast
        self.values = values
        self.departments = departments_by_name()
        self.filings = {(one.measure.position, one.department_id): one for one in filings.filings_in(period)}

    def play(self, sample: SampleFiling) -> None:
        """Take one filing as far as the sample says."""
        if sample.outcome is Outcome.MISSING:
            return
        filing = self.filings[sample.measure, self.departments[sample.department].id]
        with standing_at(self.handed_in(sample)):
            self.write(filing, sample)
            if sample.outcome is not Outcome.DRAFT:
                operations.submit(filing, by=self.filer(filing), version=filing.version)
        with standing_at(datetime.combine(self.period.office_due, WORKING_HOUR)):
            self.decide(filing, sample)

    def write(self, filing: Filing, sample: SampleFiling) -> None:
        """Save what the department wrote."""
        rows = commitments(filing.measure)
        ticks = {row.id: Tick(number in sample.ticks) for number, row in enumerate(rows, 1)}
        told = self.values.get((sample.quarter, sample.measure), {})
        numbers = {row.id: told.get(row.name) for row in filings.indicators_for(filing)}
        content = replace(sample.content, ticks=ticks, indicators=numbers)
        operations.save(filing, content, by=self.filer(filing), version=filing.version)

    def decide(self, filing: Filing, sample: SampleFiling) -> None:
        """Let head and office decide as the sample says."""
        if sample.outcome in (Outcome.DRAFT, Outcome.SUBMITTED):
            return
        if filing.department.needs_sign_off:
            head = self.cast.heads[filing.department_id]
            operations.sign_off(filing, by=head, version=filing.version)
        if sample.outcome is Outcome.ACCEPTED:
            operations.accept(filing, by=self.cast.office, version=filing.version)
        if sample.outcome is Outcome.RETURNED:
            reason = sample.returned_reason
            operations.send_back(filing, by=self.cast.office, version=filing.version, reason=reason)

    def filer(self, filing: Filing) -> User:
        """Return who writes for the filing's department."""
        return self.cast.filers[filing.department_id]

    def handed_in(self, sample: SampleFiling) -> datetime:
        """Return when the department handed in: on the due date, or as late as the sample says."""
        return datetime.combine(CHINA.after(self.period.department_due, sample.late), WORKING_HOUR)
