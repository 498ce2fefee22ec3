"""Choosing a kind and filling in its form: what each kind asks for, and what is said where something is missing."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest
from flask import Flask

from app.base.clock import clock_stopped_at
from app.composition.kinds import KINDS, spec_of
from app.composition.rules import DocumentKind
from app.composition.scope import ScopeSpan
from app.drafting.core.models import Document
from app.periods.calendar import CHINA
from app.periods.rules import Quarter
from tests.clients import Browser, log_in
from tests.world import World, open_at_once

FIELD = re.compile(r'<(?:input|select)[^>]* name="(\w+)"')
EVERYWHERE = {"dated", "note"}
HEAD = {"issuer", "word", "copies_to", "copy_number", "sealed", "secrecy", "urgency"}
DAYS = {"file_by", "mend_by"}
FIELDS = {
    DocumentKind.QUARTERLY: {"period", "span", "fullness", "recipient", "signer", *HEAD},
    DocumentKind.CIRCULAR: {"period", "span", "recipient", "form", "fullness", *DAYS, *HEAD},
    DocumentKind.SUMMARY: {"period", "span", "issuer", "recipient"},
    DocumentKind.SUPERVISION: {"period", "span", "recipient", "form", *DAYS, *HEAD},
    DocumentKind.DEPARTMENT: {"period", "span", "fullness", "recipient", "department"},
    DocumentKind.YEARLY: {"fullness", "recipient", "signer", *HEAD},
    DocumentKind.READING_SHEET: {"period", "span", "issuer", "leader", "secrecy", "urgency"},
    DocumentKind.FILING_NOTICE: {"period", "recipient", "form", *HEAD},
    DocumentKind.PLAN: {"recipient", "form", *HEAD},
}


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


def path(kind: DocumentKind) -> str:
    return f"/documents/new/{kind.value}"


def page(client: Browser, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def filled(world: World, kind: DocumentKind) -> dict[str, str]:
    """Return what the office sends: only what the kind asks for."""
    everything = {
        "period": str(world.period.id),
        "span": ScopeSpan.QUARTER.value,
        "department": str(world.departments["经发办"].id),
        "leader": str(world.leader.id),
        "issuer": "示例街道办事处",
        "recipient": "示例区人民政府",
        "signer": "王玥",
        "form": "file",
        "word": "华街",
        "file_by": "2026-10-19",
        "mend_by": "2026-10-26",
    }
    asked = {name: value for name, value in everything.items() if name in FIELDS[kind]}
    return {"dated": "2026-10-09", **asked}


def test_every_kind_is_offered_once_with_what_it_is_for(office: Browser) -> None:
    assert sorted(one.SPEC.kind for one in KINDS) == sorted(DocumentKind)
    shown = page(office, "/documents/new")
    for kind in DocumentKind:
        assert f"<h2>{spec_of(kind).group.label}</h2>" in shown
        assert f'href="{path(kind)}?year=2026">{kind.label}</a>' in shown
        assert spec_of(kind).purpose in shown
        assert spec_of(kind).purpose.endswith("。")


def test_a_form_asks_for_what_its_kind_needs_and_for_nothing_else(office: Browser) -> None:
    for kind in DocumentKind:
        shown = page(office, path(kind))
        asked = set(FIELD.findall(shown)) - {"csrf_token", "once", "viewport"}
        assert asked == EVERYWHERE | FIELDS[kind], kind
        assert spec_of(kind).purpose in shown


def test_what_a_form_asks_for_is_enough(office: Browser, reported: World) -> None:
    possible = [kind for kind in DocumentKind if kind is not DocumentKind.YEARLY]
    for kind in possible:
        answer = office.post(path(kind), data=filled(reported, kind))
        assert answer.status_code == 303, answer.get_data(as_text=True)
    documents = {document.kind: document for document in Document.select()}
    assert set(documents) == set(possible)
    for kind, document in documents.items():
        assert (document.department is not None) == ("department" in FIELDS[kind])
        assert (document.leader is not None) == ("leader" in FIELDS[kind])
        own = "经济发展办公室" if kind is DocumentKind.DEPARTMENT else "示例街道办事处"
        assert document.issuer == own
        assert (document.period is None) == (kind is DocumentKind.PLAN)


def test_a_year_without_its_last_quarter_is_refused_above_the_form(office: Browser, reported: World) -> None:
    answer = office.post(
        path(DocumentKind.YEARLY), data=filled(reported, DocumentKind.YEARLY) | {"signer": "王玥"}
    )
    assert answer.status_code == 422
    assert "2026年第四季度还没有开启填报，请先在“季度”中开启。" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        (DocumentKind.QUARTERLY, {"period": "999"}, "请选择季度。"),
        (DocumentKind.QUARTERLY, {"span": "half_year"}, "上半年到第二季度为止，请选择2026年第二季度。"),
        (DocumentKind.QUARTERLY, {"span": "century"}, "请选择时间范围。"),
        (DocumentKind.DEPARTMENT, {"department": "0"}, "请选择部门。"),
        (DocumentKind.READING_SHEET, {"leader": "0"}, "请选择呈送领导。"),
        (DocumentKind.CIRCULAR, {"word": ""}, "请填写发文机关代字。"),
        (
            DocumentKind.SUMMARY,
            {"dated": "2019-01-01"},
            "成文日期写的是2019年1月1日（周二）。2026年第三季度的公文",
        ),
        (
            DocumentKind.FILING_NOTICE,
            {"dated": "2099-01-01"},
            "至2027年12月31日（周五）之间，请核对年份和月份。",
        ),
        (DocumentKind.CIRCULAR, {"mend_by": "2026-10-25"}, "2026年10月25日（周日）不是工作日，可改为"),
        (
            DocumentKind.SUPERVISION,
            {"mend_by": "2026-10-09"},
            "整改时限应晚于成文日期（2026年10月9日（周五））。",
        ),
        (DocumentKind.SUPERVISION, {"file_by": "2026-10-12"}, "补报时限不能早于本季度的填报截止日"),
        (DocumentKind.SUPERVISION, {"file_by": ""}, "请填写日期，例如 2026-10-14。"),
        (
            DocumentKind.FILING_NOTICE,
            {"dated": "2026-10-27"},
            "早于成文日期（2026年10月27日（周二）），部门收到通知时",
        ),
    ],
)
def test_what_is_missing_is_reported_beside_its_field(
    office: Browser, reported: World, kind: DocumentKind, changes: dict[str, str], sentence: str
) -> None:
    answer = office.post(path(kind), data=filled(reported, kind) | changes)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert not Document.select().exists()


def test_the_notice_of_a_plan_proposes_what_the_plan_says_of_itself(office: Browser) -> None:
    shown = page(office, path(DocumentKind.PLAN))
    for proposed in ("示例街道办事处", "各办公室、各中心", "2026-02-05"):
        assert f'value="{proposed}"' in shown


def test_a_form_says_what_it_is_too_late_or_too_early_for(app: Flask, reported: World) -> None:
    due = reported.period.due_dates
    with clock_stopped_at(datetime.combine(due.department_due, time(9))):
        client = log_in(app, reported, "office")
        assert "截止日已过" not in page(client, path(DocumentKind.FILING_NOTICE))
        assert "填报还没有截止" in page(client, path(DocumentKind.CIRCULAR))
    with clock_stopped_at(datetime.combine(due.leader_due, time(9))):
        client = log_in(app, reported, "office")
        late = page(client, path(DocumentKind.FILING_NOTICE))
        assert "截止日已过" in late
        assert f'value="{due.opens_on}"' in late
        assert "填报还没有截止" not in page(client, path(DocumentKind.CIRCULAR))


def test_another_quarter_brings_its_own_days_and_keeps_what_was_typed(app: Flask, reported: World) -> None:
    due = reported.period.due_dates
    fourth = open_at_once(reported.plan, Quarter(2026, 4))
    typed = filled(reported, DocumentKind.CIRCULAR) | {
        "recipient": "各居民区",
        "note": "联系人：王某",
        "file_by": "",
    }
    with clock_stopped_at(datetime.combine(due.department_due, time(9))):
        client = log_in(app, reported, "office")
        chosen = typed | {"period": str(fourth.id)}
        answer = client.post(f"{path(DocumentKind.CIRCULAR)}/quarter", data=chosen)
        shown = answer.get_data(as_text=True)
        assert answer.status_code == 200
        last = fourth.due_dates.grace_ends_on(CHINA)
        assert f'value="{last}"' in shown
        assert (f'value="{due.department_due}"' in shown, 'value="2026-10-19"' in shown) == (True, False)
        assert 'value="各居民区"' in shown
        assert 'value="联系人：王某"' in shown
        assert "第四季度填报截至" in shown
        assert "第三季度填报截至" not in shown
        assert f'hx-post="{path(DocumentKind.CIRCULAR)}/quarter?year=2026"' in shown
        assert "hx-select-oob" not in shown  # mistakes of the other quarter go with its days
        assert "第三季度填报截至" in page(client, f"{path(DocumentKind.CIRCULAR)}?period=2026Q3")


def test_a_span_that_another_quarter_does_not_end_becomes_that_quarter(
    office: Browser, reported: World
) -> None:
    fourth = open_at_once(reported.plan, Quarter(2026, 4))
    typed = filled(reported, DocumentKind.QUARTERLY) | {"span": ScopeSpan.THREE_QUARTERS.value}
    address = f"{path(DocumentKind.QUARTERLY)}/quarter"
    kept = office.post(address, data=typed).get_data(as_text=True)
    assert re.search(r'<option selected value="three_quarters">', kept)
    other = office.post(address, data=typed | {"period": str(fourth.id)}).get_data(as_text=True)
    assert re.search(r'<option selected value="quarter">', other)


def test_the_quarter_follows_a_span_that_was_chosen(office: Browser, reported: World) -> None:
    fourth = open_at_once(reported.plan, Quarter(2026, 4))
    typed = filled(reported, DocumentKind.CIRCULAR) | {"period": str(fourth.id)}
    address = f"{path(DocumentKind.CIRCULAR)}/quarter"
    chosen = {"HX-Trigger-Name": "span"}

    def shown(span: ScopeSpan) -> str:
        answer = office.post(address, data=typed | {"span": span.value}, headers=chosen)
        return answer.get_data(as_text=True)

    three_quarters = shown(ScopeSpan.THREE_QUARTERS)
    assert '<option selected value="three_quarters">' in three_quarters
    assert f'<option selected value="{reported.period.id}">2026年第三季度' in three_quarters
    assert f'<option selected value="{fourth.id}">' in shown(ScopeSpan.QUARTER)
    unopened = shown(ScopeSpan.HALF_YEAR)
    assert '<option selected value="half_year">' in unopened
    assert "2026年第二季度还没有开启填报，请先在“季度”中开启。" in unopened


def test_a_form_is_about_the_newest_quarter_that_is_due(app: Flask, reported: World) -> None:
    fourth = open_at_once(reported.plan, Quarter(2026, 4))
    chosen = re.compile(r'<option selected value="(\d+)">2026年')
    for day, period in (
        (fourth.department_due - timedelta(days=1), reported.period),
        (fourth.department_due, fourth),
    ):
        with clock_stopped_at(datetime.combine(day, time(9))):
            shown = page(log_in(app, reported, "office"), path(DocumentKind.CIRCULAR))
            assert chosen.findall(shown) == [str(period.id)]


def test_a_report_on_the_year_is_about_its_last_quarter(app: Flask, reported: World) -> None:
    due = reported.period.due_dates
    with clock_stopped_at(datetime.combine(due.department_due, time(9))):
        client = log_in(app, reported, "office")
        shown = page(client, path(DocumentKind.YEARLY))
        assert "第四季度还没有开启填报" in shown
        assert "第三季度" not in shown
    fourth = open_at_once(reported.plan, Quarter(2026, 4))
    with clock_stopped_at(datetime.combine(fourth.department_due, time(9))):
        shown = page(log_in(app, reported, "office"), path(DocumentKind.YEARLY))
        assert "2026年第四季度填报截至" in shown
        assert "还没有开启" not in shown


def test_only_kinds_that_rest_on_several_quarters_ask_for_a_span() -> None:
    for kind in DocumentKind:
        assert ("span" in FIELDS[kind]) == (len(spec_of(kind).spans) > 1)
