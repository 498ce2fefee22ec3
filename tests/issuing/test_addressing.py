"""Documents that departments read: those that are issued to them, by name or together, and no others."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.authority.actor import SYSTEM
from app.authority.policy import Action, is_allowed
from app.base.errors import NotAllowed
from app.composition.particulars import IssuingOrganisation
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.assembling.proposed_particulars import proposed_particulars
from app.drafting.core.models import Document, DocumentAddressee
from app.issuing import corrections, verification
from app.issuing.addressing import in_words, named_departments
from app.issuing.announcements import title_in_marks
from app.issuing.models import Verification
from app.notices.models import Notice
from app.org.models import Department
from app.overview.queries import newest_readable_documents
from tests.clients import count_queries, log_in
from tests.drafting.sample_documents import PARTICULARS
from tests.issuing.issued_documents import (
    REASON,
    drafts,
    issue_now,
    print_now,
    quick,
)
from tests.world import World

EVERYBODY = ["经发办", "城管办", "一居"]
TO_ALL = "各部门、各居民区"
DOWNWARD = {
    DocumentKind.CIRCULAR: EVERYBODY,
    DocumentKind.SUPERVISION: EVERYBODY,
    DocumentKind.FILING_NOTICE: EVERYBODY,
    # The plan itself says to whom it is issued: 各办公室、各中心.
    DocumentKind.PLAN: EVERYBODY[:2],
}


# Receivers, copies, and the departments that are meant.
NAMED: list[tuple[str, tuple[str, ...], list[str]]] = [
    (TO_ALL, (), EVERYBODY),
    ("各部门", (), EVERYBODY[:2]),
    ("街道各办公室、执法队、各中心、各居民区", (), EVERYBODY),
    ("本街道各单位", (), EVERYBODY),
    ("城市管理办公室", ("经发办",), EVERYBODY[:2]),
    ("长宁区人民政府", ("区委办公室", "各居民区"), ["一居"]),
    ("街道党工委、办事处", (), []),
    ("各有关部门", ("各驻区单位",), []),
    ("区各部门", ("区各居民区", "区城市管理办公室"), []),
    ("本街道各居委会", (), ["一居"]),
    ("", (), []),
]


def sent(world: World, recipient: str, kind: DocumentKind = DocumentKind.CIRCULAR) -> Document:
    """Return a document that was issued to whom it names."""
    scope, particulars = DocumentScope(world.period.quarter), replace(PARTICULARS, recipient=recipient)
    leader = world.leader if kind is DocumentKind.READING_SHEET else None
    about = world.departments["经发办"] if kind is DocumentKind.DEPARTMENT else None
    office = world.users["office"]
    order = AssemblyRequest(kind, world.plan, scope, department=about, leader=leader)
    draft = assemble_document(order, particulars, by=office)
    return issue_now(print_now(draft), world)


def unread_sentences(who: str, world: World) -> list[str]:
    """Return what somebody is told of documents and has not read."""
    own = (Notice.account == world.users[who].account_id) & Notice.read_at.is_null()
    return [notice.sentence for notice in Notice.select().where(own & Notice.topic.startswith("document:"))]


@pytest.mark.parametrize(("recipient", "copies_to", "meant"), NAMED)
def test_a_document_goes_to_whom_it_names_one_by_one_or_together(
    world: World, recipient: str, copies_to: tuple[str, ...], meant: list[str]
) -> None:
    to = named_departments(replace(PARTICULARS, recipient=recipient, copies_to=copies_to))
    assert [one.short_name for one in to] == meant


@pytest.mark.parametrize("kind", DocumentKind)
def test_by_its_usual_recipients_what_goes_downward_goes_to_departments_and_the_rest_to_none(
    world: World, kind: DocumentKind
) -> None:
    meant = [
        one.short_name
        for one in named_departments(
            proposed_particulars(kind, world.plan, IssuingOrganisation("示例街道办事处", "示例区人民政府"))
        )
    ]
    assert meant == DOWNWARD.get(kind, [])


def test_many_departments_are_counted_and_few_are_named() -> None:
    several = [Department(name=f"第{number}中心") for number in range(1, 6)]
    assert in_words(several[:2]) == "第1中心、第2中心"
    assert in_words(several) == "第1中心、第2中心等5个部门"


@pytest.mark.parametrize(
    ("recipient", "meant"), [("示例街道办事处", ["经发办"]), ("经发办、城管办", ["经发办", "城管办"])]
)
def test_a_departments_report_goes_to_that_department_too(
    reported: World, in_app: None, recipient: str, meant: list[str]
) -> None:
    report = sent(reported, recipient, DocumentKind.DEPARTMENT)
    assert [one.department.short_name for one in report.addressees.order_by(DocumentAddressee.id)] == meant
    assert is_allowed(reported.users["head"], Action.READ_DOCUMENT, report)
    assert not is_allowed(reported.users["filer:一居"], Action.READ_DOCUMENT, report)


def test_departments_and_the_leader_are_notified_once_it_can_be_read_and_a_correction_overtakes_it(
    reported: World, in_app: None
) -> None:
    document = sent(reported, TO_ALL)
    assert document.title == "关于《示例街道2026年工作计划》第三季度推进情况的通报"
    named = "《关于〈示例街道2026年工作计划〉第三季度推进情况的通报》"
    news = f"街道办公室印发了{named}（{document.number}），请查阅。"
    for who in ("filer", "head", "head:城管办", "filer:一居"):
        assert unread_sentences(who, reported) == [news]
    assert unread_sentences("leader", reported) == unread_sentences("office", reported) == []
    laid_before = sent(reported, "", DocumentKind.READING_SHEET)
    assert unread_sentences("leader", reported) == [
        f"街道办公室呈送{title_in_marks(laid_before.title)}，请审阅。"
    ]

    office = reported.users["office"]
    draft = corrections.correct_document(document, REASON, by=office, version=document.version)
    issue_now(print_now(draft), reported)
    assert [words[:8] for words in unread_sentences("filer", reported)] == ["街道办公室更正了"]


def test_a_reading_sheet_leads_to_entering_what_its_leader_wrote(app: Flask, reported: World) -> None:
    with app.app_context():
        laid_before = sent(reported, "", DocumentKind.READING_SHEET)
    page = log_in(app, reported, "office").get(f"/documents/{laid_before.id}")
    link = re.search(r'href="([^"]+)">录入批示<', page.text)
    assert link
    assert link[1].startswith(f"/directives/handwritten?leader={reported.leader.id}&amp;measure=")
    form = log_in(app, reported, "office").get(link[1].replace("&amp;", "&"))
    assert form.status_code == 200
    assert f'<option selected value="{reported.leader.id}">' in form.text
    assert "录入批示" not in log_in(app, reported, "leader").get(f"/documents/{laid_before.id}").text


def test_a_department_lists_and_reads_its_own_and_is_led_on_to_what_corrects_it(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        own, foreign = sent(reported, "经发办"), sent(reported, "城管办", DocumentKind.SUPERVISION)
        draft = corrections.correct_document(own, REASON, by=reported.users["office"], version=own.version)
        corrected = issue_now(print_now(draft), reported)
    head = log_in(app, reported, "head")
    listed = head.get("/documents").text
    assert [f"/documents/{one.id}" in listed for one in (own, corrected, foreign)] == [True, True, False]
    assert "发文登记簿" not in listed
    assert "新建公文" not in listed
    assert f'href="/documents/{corrected.id}"' in head.get(f"/documents/{own.id}").text
    assert head.get(f"/documents/{corrected.id}/download/pdf").status_code == 200
    for path in ("", "/file.pdf", "/download/pdf", "/pages", "/verification"):
        assert head.get(f"/documents/{foreign.id}{path}").status_code == 403
    assert newest_readable_documents(reported.users["head"]) == [corrected]
    assert foreign.title not in head.get(f"/measures/{reported.measures[0].id}").text


def test_whom_a_correction_no_longer_goes_to_is_notified_and_not_offered_it(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        own = sent(reported, "经发办、城管办")
        draft = print_now(
            corrections.correct_document(own, REASON, by=reported.users["office"], version=own.version)
        )
        Document.update(recipient="城管办").where(Document.id == draft.id).execute()
        corrected = issue_now(Document.get_by_id(draft.id), reported)
        for who, words in (("filer", "不再发给贵部门"), ("head:城管办", "以更正后的为准")):
            (sentence,) = unread_sentences(who, reported)
            assert words in sentence
        assert unread_sentences("filer:一居", reported) == []
    shown = log_in(app, reported, "filer").get(f"/documents/{own.id}").text
    assert (f"/documents/{corrected.id}" in shown, REASON in shown) == (False, False)
    assert "这份公文已被更正" in shown
    assert "不再发给贵部门" in shown
    with app.app_context():
        assert unread_sentences("filer", reported) == []


def test_a_department_sees_what_verifying_its_files_came_to_and_cannot_ask(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        own = sent(reported, "经发办")
        verification.request_verification(own, by=reported.users["office"])
        verification.run_verification(Verification.get().id, quick, by=SYSTEM)
        with pytest.raises(NotAllowed):
            verification.request_verification(own, by=reported.users["filer"])
    for who, may_ask in (("office", True), ("filer", False)):
        shown = log_in(app, reported, who).get(f"/documents/{own.id}/verification").text
        assert (verification.REPEATED in shown, "再核对一次" in shown) == (True, may_ask)


@pytest.mark.parametrize("who", ["office", "leader", "filer"])
def test_a_list_takes_the_same_queries_however_long_it_is_and_has_pages(
    app: Flask, reported: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        sent(reported, TO_ALL)
    client = log_in(app, reported, who)
    with count_queries() as few:
        client.get("/documents")
    with app.app_context():
        others = [draft for draft in drafts(reported) if draft.kind is not DocumentKind.CIRCULAR]
        issued = [issue_now(draft, reported) for draft in others]
        for document in issued:
            DocumentAddressee.create(document=document, department=reported.departments["经发办"])
    monkeypatch.setattr("app.base.paging.PAGE_LENGTH", 3)
    with count_queries() as many:
        first = client.get("/documents").text
    assert len(many) == len(few)
    assert not any("content" in statement or '"data"' in statement for statement in many)
    beyond = client.get("/documents?page=999").text
    assert f"没有第 999 页，这是第 {last_of(beyond)} 页" in beyond
    assert "没有第" not in first
    for shown, number in ((first, 1), (beyond, last_of(beyond))):
        assert f"第 {number} 页，共 {last_of(beyond)} 页" in shown
    newest, oldest = f'href="/documents/{issued[-1].id}"', Document.select().order_by(Document.id).first().id
    assert newest in first
    assert f'href="/documents/{oldest}"' in beyond


def last_of(page: str) -> int:
    """Return how many pages a list has."""
    return int(page.partition("页，共 ")[2].partition(" 页")[0])


def test_a_department_reads_a_document_without_checksums_and_formats_before_it(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        path = f"/documents/{sent(reported, TO_ALL).id}"
    leader, filer = (
        log_in(app, reported, who).get(path).get_data(as_text=True) for who in ("leader", "filer")
    )
    assert "校验码" in leader
    assert "校验码" not in filer
    assert f"{path}/verification" not in filer
    before_text, _, _ = filer.partition("<iframe")
    assert before_text.index("在新窗口打开") < before_text.index("下载文件") < before_text.index("归档 PDF")
