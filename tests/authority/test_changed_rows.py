"""What an operation changes, row by row over all tables: its own rows, and beside them those of others, which stay.

A condition turned round would change the others instead. Rows that are added are not looked at here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.access.models import Account
from app.authority.actor import SYSTEM
from app.base.clock import now
from app.base.rate_limits import RateBucket, RateLimit, count_request
from app.base.sent_forms import REMEMBERED_FOR, SentForm, remember_form
from app.drafting.core.life_cycle import DocumentState, JobState
from app.drafting.core.models import Document, DocumentFile, RenderJob
from app.drafting.jobs import operations as jobs
from app.drafting.jobs.job_requests import request_files_again
from app.drafting.jobs.operations import LEASE
from app.filing.attachments import operations as attachments
from app.filing.attachments.models import Attachment
from app.filing.core import operations as filings
from app.filing.core.content import Tick
from app.filing.core.models import CommitmentTick, Filing, IndicatorValue
from app.filing.workbook import operations as workbook
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.reading import ReportedForm
from app.issuing.models import Verification
from app.issuing.verification import request_verification
from app.notices import delivery
from app.notices import operations as notices
from app.notices.models import Notice
from app.notices.rules import NoticeKind, NoticeMessage, seats_of_departments
from app.periods import calendar_exceptions as calendar
from app.periods import operations as periods
from app.periods.models import CalendarException, Period, Unlock
from app.periods.rules import Quarter
from app.plan.core.models import Indicator
from app.plan.core.queries import commitments_of_measure
from app.printing.rules import FileFormat
from app.uploads.rules import FileKind
from tests.changed_rows import changed_rows, ids
from tests.web.subjects import blank_page, document_in
from tests.world import SETTINGS, THRESHOLDS, World, full_content

MESSAGE = NoticeMessage(NoticeKind.RETURNED, "被退回。", "/filings", "topic")


@pytest.fixture
def noticed(world: World) -> dict[str, Notice]:
    """Of filer and head: notices on one topic and on another, with a key, and one that was read."""

    def notice(who: str, **values: Any) -> Notice:
        given = {"kind": MESSAGE.kind, "sentence": "请填报。", "path": "/filings", "topic": "topic"}
        return Notice.create(account=world.users[who].account_id, **(given | values))

    return {
        "own": notice("filer"),
        "keyed": notice("filer", key="k"),
        "read": notice("filer", read_at=datetime(2026, 1, 5)),
        "other topic": notice("filer", topic="other"),
        "head's": notice("head"),
        "theirs": notice("filer:一居"),
    }


def test_a_new_notice_takes_the_place_of_what_its_readers_have_not_read(
    world: World, noticed: dict[str, Notice]
) -> None:
    to = seats_of_departments(world.departments["经发办"].id)
    keyed = replace(MESSAGE, key="another")
    changed = {Notice: ids(noticed["own"], noticed["keyed"], noticed["head's"])}
    assert changed_rows(lambda: notices.send_notice(keyed, to=to)) == changed
    assert Notice.get_by_id(noticed["keyed"].id).read_at
    Notice.update(read_at=None).where(Notice.id == noticed["keyed"].id).execute()
    newest = Notice.select().where(Notice.key == "another")
    changed = {Notice: ids(noticed["keyed"], *newest)}
    assert changed_rows(lambda: notices.send_notice(MESSAGE, to=to)) == changed


def test_notices_are_read_by_their_reader_or_settled_for_all(
    world: World, noticed: dict[str, Notice]
) -> None:
    filer = world.users["filer"]
    assert changed_rows(lambda: notices.mark_read(noticed["own"], by=filer)) == {Notice: ids(noticed["own"])}
    assert changed_rows(lambda: notices.mark_read(noticed["read"], by=filer)) == {}
    assert changed_rows(lambda: notices.mark_seen("topic", by=filer)) == {Notice: ids(noticed["keyed"])}
    assert changed_rows(lambda: notices.mark_all_read(by=filer)) == {Notice: ids(noticed["other topic"])}
    assert changed_rows(lambda: notices.settle_topic("topic")) == {
        Notice: ids(noticed["head's"], noticed["theirs"])
    }


def test_mail_that_is_due_is_taken_and_no_other(world: World, noticed: dict[str, Notice]) -> None:
    Account.update(email="a@b.cn").execute()
    Notice.update(mail_at=now() + timedelta(hours=1)).execute()
    due = Notice.update(mail_at=now() - timedelta(minutes=1))
    due.where(Notice.id.in_([noticed["own"].id, noticed["head's"].id])).execute()
    assert changed_rows(delivery.take_due_notices) == {Notice: ids(noticed["own"], noticed["head's"])}
    server: Any = SimpleNamespace(send_message=lambda _letter: None)
    sent = changed_rows(lambda: delivery.send_letter([noticed["own"]], server, SETTINGS))
    assert sent == {Notice: ids(noticed["own"])}


def test_a_quarter_is_closed_and_unlocked_for_one_department(world: World) -> None:
    office, (own, other) = world.users["office"], (world.departments[name] for name in ("经发办", "一居"))
    former = periods.open_period(world.plan, Quarter(2026, 2), by=office)
    assert changed_rows(lambda: periods.close_period(world.period, by=office)) == {Period: {world.period.id}}
    values = {"until": now() + timedelta(days=1), "reason": "补改。", "person": "某人"}
    given = {
        (period.id, department.id): Unlock.create(period=period, department=department, **values)
        for period in (world.period, former)
        for department in (own, other)
    }
    over = Unlock.create(
        period=world.period, department=own, **(values | {"until": now() - timedelta(days=1)})
    )
    again = changed_rows(
        lambda: periods.unlock_department(
            world.period, own, until=now() + timedelta(days=2), reason="补改。", by=office
        )
    )
    assert again == {Unlock: ids(given[world.period.id, own.id])}
    locked = given[world.period.id, other.id]
    assert changed_rows(lambda: periods.lock_department_again(locked, by=office)) == {Unlock: ids(locked)}
    assert Unlock.get_by_id(over.id).locked_again_at is None


def test_only_the_days_that_are_named_are_arranged(world: World) -> None:
    office = world.users["office"]
    days = [CalendarException.create(day=date(2027, 2, day), is_working_day=True) for day in (4, 5, 6, 7)]
    arranged = changed_rows(
        lambda: calendar.arrange_days(
            date(2027, 2, 5), date(2027, 2, 6), calendar.DayArrangement.OFF, "", by=office
        )
    )
    assert arranged == {CalendarException: ids(*days[1:3])}
    removed = changed_rows(lambda: calendar.remove_exception(days[0], by=office))
    assert removed == {CalendarException: ids(days[0])}


def test_a_save_replaces_ticks_and_values_of_its_own_filing(world: World) -> None:
    own, other = world.filing(1), world.filing(3, "城管办")
    commitment = commitments_of_measure(own.measure)[0]
    ticks = [CommitmentTick.create(filing=one, commitment=commitment) for one in (own, other)]
    named, unnamed = (
        Indicator.create(measure=own.measure, name=name, unit="家", yearly_target=9, position=1)
        for name in ("企业", "线索")
    )
    values = [
        IndicatorValue.create(filing=filing, indicator=indicator, value=1)
        for filing, indicator in ((own, named), (own, unnamed), (other, named))
    ]
    content = full_content()
    content = type(content)(
        **(vars(content) | {"ticks": {commitment.id: Tick(True)}, "indicators": {named.id: None}})
    )
    save = {"by": world.users["filer"], "version": own.version, "thresholds": THRESHOLDS}
    assert changed_rows(lambda: filings.save_filing(own, content, **save)) == {
        Filing: ids(own),
        CommitmentTick: ids(ticks[0]),
        IndicatorValue: ids(values[0]),
    }


def test_one_attachment_is_removed_once(world: World) -> None:
    filing = world.filing(1)
    values = {"filing": filing, "kind": FileKind.PDF, "size": 5, "uploaded_by": "某人"}
    own, _ = (Attachment.create(name=f"{n}.pdf", sha256=f"{n}" * 64, **values) for n in (1, 2))
    removed = changed_rows(lambda: attachments.remove_attachment(own, by=world.users["filer"]))
    assert removed == {Attachment: ids(own)}


def test_an_upload_takes_the_place_of_ones_former_one_and_of_forgotten_ones(world: World) -> None:
    filer, head = world.users["filer"], world.users["head"]
    values = {"period": world.period, "name": "a.xlsx", "sha256": "0" * 64, "data": b"PK"}
    long_ago = now() - timedelta(days=3)
    former = UploadedForm.create(account=filer.account_id, **values)
    UploadedForm.create(account=head.account_id, **values)
    third = world.users["head:城管办"].account_id
    forgotten = UploadedForm.create(account=third, **values, uploaded_at=long_ago)
    stored = changed_rows(lambda: workbook.store_form(b"new", "b.xlsx", world.period, by=filer))
    assert stored == {UploadedForm: ids(former, forgotten)}
    mine = UploadedForm.get(UploadedForm.account == filer.account_id)
    taken = changed_rows(
        lambda: workbook.save_chosen_rows(mine, ReportedForm(), [], by=filer, thresholds=THRESHOLDS)
    )
    assert taken == {UploadedForm: ids(mine)}


@pytest.fixture
def printing(world: World) -> tuple[Document, Document, RenderJob, RenderJob]:
    """Two documents being issued, each a correction, each with a file and a running job."""
    pair = []
    for number in (1, 2):
        former = document_in(DocumentState.ISSUED, world)
        document = document_in(DocumentState.ISSUING, world)
        document.supersedes, document.edition = former, 2
        document.save()
        DocumentFile.create(
            document=document, format=FileFormat.PDF, sha256=f"{number}" * 64, data=blank_page()
        )
        pair.append(document)
    running = {"state": JobState.RUNNING, "lease_number": 1, "lease_until": now() + LEASE, "attempts": 1}
    RenderJob.update(running).where(RenderJob.document.in_(pair)).execute()
    own, other = (RenderJob.get(RenderJob.document == one) for one in pair)
    return pair[0], pair[1], own, other


def test_a_finished_job_changes_its_document_and_the_one_that_this_corrects(
    printing: tuple[Document, Document, RenderJob, RenderJob],
) -> None:
    document, _, own, _ = printing
    file = DocumentFile.get(DocumentFile.document == document)
    lease = jobs.JobLease(own.id, 1)
    assert changed_rows(lambda: jobs.finish_job(lease, document, [], by=SYSTEM)) == {
        RenderJob: ids(own),
        DocumentFile: ids(file),
        Document: {document.id, document.supersedes_id},
    }


def test_a_job_is_taken_changed_and_asked_for_again_alone(
    world: World, printing: tuple[Document, Document, RenderJob, RenderJob]
) -> None:
    _, _, own, other = printing
    changed = changed_rows(lambda: jobs.change_job(jobs.JobLease(own.id, 1), percent=50))
    assert changed == {RenderJob: ids(own)}
    again = changed_rows(lambda: request_files_again(own, by=world.users["office"]))
    assert again == {RenderJob: ids(own)}
    RenderJob.update(state=JobState.QUEUED).execute()
    assert changed_rows(lambda: jobs.take_lease(own.id)) == {RenderJob: ids(own)}
    RenderJob.update(state=JobState.RUNNING, attempts=99, lease_until=now() - timedelta(hours=1)).where(
        RenderJob.id == other.id
    ).execute()
    RenderJob.update(state=JobState.DONE).where(RenderJob.id.not_in([own.id, other.id])).execute()
    assert changed_rows(lambda: jobs.reconcile_jobs(by=SYSTEM)) == {RenderJob: ids(other)}


@pytest.mark.usefixtures("in_app")
def test_a_verification_takes_the_place_of_the_documents_last_one(world: World) -> None:
    own, other = (document_in(DocumentState.ISSUED, world) for _ in range(2))
    asked = [Verification.create(document=one, asked_by="某人", done_at=now()) for one in (own, other)]
    requested = changed_rows(lambda: request_verification(own, by=world.users["office"]))
    assert requested == {Verification: ids(asked[0])}


def test_what_is_remembered_for_a_while_is_forgotten_after_it(world: World) -> None:
    SentForm.create(digest="1" * 64, place="/", at=now())
    old = SentForm.create(digest="2" * 64, place="/", at=now() - REMEMBERED_FOR - timedelta(hours=1))
    assert changed_rows(lambda: remember_form("3" * 64, "/")) == {SentForm: ids(old)}
    full = RateBucket.create(key="full", empty_at=now() + timedelta(hours=1))
    empty = RateBucket.create(key="empty", empty_at=now() - timedelta(hours=1))
    limit = RateLimit("pages", "页面", 3, timedelta(minutes=1))
    assert changed_rows(lambda: count_request(limit, 7)) == {RateBucket: ids(empty)}
    assert RateBucket.get_by_id(full.id)
