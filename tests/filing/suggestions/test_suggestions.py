"""Small changes of words that the office proposes: taken with one click or declined, without giving the filing back."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import FieldProblems, IllegalTransition, NotAllowed, StaleVersion
from app.filing.core import operations as filings
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.own_duties import DutyKind, own_duties
from app.filing.department.home import department_home
from app.filing.department.taking_back import take_back_sign_off
from app.filing.suggestions import operations
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.queries import filings_with_open_suggestions, find_suggestion, suggestions_on
from app.filing.suggestions.rules import (
    SUGGESTION_TRANSITIONS,
    SuggestionState,
    SuggestionStep,
    next_suggestion_state,
)
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.periods.operations import close_period, reopen_period
from app.periods.rules import Quarter
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, inputs, revisions_of, seen
from tests.world import THRESHOLDS, World, open_at_once

OLD, NEW = "已走访企业32家，形成线索12条。", "走访企业32家，形成线索12条。"


@pytest.fixture
def waiting(world: World) -> Filing:
    return brought_to(FilingState.SIGNED_OFF, world)


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def suggested(world: World, filing: Filing, **texts: str) -> WordingSuggestion:
    by = world.users["office"]
    made = operations.suggest_wording(filing, texts or {"progress": NEW}, by=by, version=filing.version)
    found = find_suggestion(made[0].id)
    assert found is not None
    return found


def agree(world: World, suggestion: WordingSuggestion, who: str = "filer") -> None:
    operations.agree_to_suggestion(suggestion, by=world.users[who], thresholds=THRESHOLDS)


def notices_of(world: World, who: str) -> list[Notice]:
    mine = Notice.account == world.users[who].account_id
    return list(Notice.select().where(mine & (Notice.kind == NoticeKind.SUGGESTION)).order_by(Notice.id))


def test_only_what_is_open_can_be_answered_or_withdrawn() -> None:
    for step, state in itertools.product(SuggestionStep, SuggestionState):
        if state is SuggestionState.OPEN:
            assert next_suggestion_state(step, state) is not SuggestionState.OPEN
        else:
            with pytest.raises(IllegalTransition, match=state.label):
                next_suggestion_state(step, state)
    assert set(SUGGESTION_TRANSITIONS.values()) == set(SuggestionState) - {SuggestionState.OPEN}


@on_both
def test_agreed_words_become_the_departments_and_the_filing_stays(world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    suggestion = suggested(world, filing)
    assert (suggestion.before, suggestion.after, suggestion.state) == (OLD, NEW, SuggestionState.OPEN)
    assert [one.path for one in notices_of(world, "filer")] == [f"/filings/{filing.id}#suggestions"]
    agree(world, suggestion, "head")
    stored = world.filing(1)
    assert (stored.progress, stored.state) == (NEW, FilingState.SIGNED_OFF)
    assert stored.updated_by == world.users["head"].person
    assert (stored.percent, stored.problems) == (76, "个别企业联系不畅。")
    assert [one.read_at is None for one in notices_of(world, "head")] == [False]
    assert "部门已同意：进展情况" in notices_of(world, "office")[0].sentence
    assert [row.content["progress"] for row in revisions_of(stored)][:2] == [NEW, OLD]
    assert [event.action for event in events_of_subject(stored)][-2:] == [
        "suggest_wording",
        "answer_suggestion",
    ]
    filings.accept_filing(stored, by=world.users["office"], version=stored.version)


@on_both
def test_declined_words_are_left_with_the_reason(world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    suggestion, filer = suggested(world, filing), world.users["filer"]
    for words in ("", "  ", "长" * 201):
        with pytest.raises(FieldProblems):
            operations.decline_suggestion(suggestion, words, by=filer)
    assert WordingSuggestion.get().is_open
    operations.decline_suggestion(suggestion, "“已”不能删。", by=filer)
    row = WordingSuggestion.get()
    assert (row.state, row.answer, row.answered_by) == (
        SuggestionState.DECLINED,
        "“已”不能删。",
        filer.person,
    )
    assert world.filing(1).progress == OLD
    assert notices_of(world, "office")[0].detail == "“已”不能删。"
    with pytest.raises(IllegalTransition, match="部门未同意"):
        agree(world, suggestion)


def test_several_texts_are_answered_each_for_itself(world: World, waiting: Filing) -> None:
    texts = {"progress": NEW, "problems": "个别企业联系不畅。", "next_steps": "四季度继续走访企业。"}
    suggested(world, waiting, **texts)
    second, first = suggestions_on(world.filing(1))
    assert [first.field, second.field] == ["progress", "next_steps"]
    agree(world, second)
    assert [one.is_open for one in suggestions_on(world.filing(1))] == [False, True]
    assert filings_with_open_suggestions([waiting.id]) == {waiting.id}
    agree(world, find_suggestion(first.id) or first)
    assert (world.filing(1).progress, world.filing(1).next_steps) == (NEW, "四季度继续走访企业。")
    assert filings_with_open_suggestions([waiting.id]) == frozenset()


def test_another_suggestion_for_the_same_text_takes_the_place_of_the_first(
    world: World, waiting: Filing
) -> None:
    first = suggested(world, waiting)
    suggested(world, world.filing(1), progress="走访企业32家。")
    assert [one.after for one in suggestions_on(waiting)] == ["走访企业32家。"]
    with pytest.raises(IllegalTransition, match="已撤回"):
        agree(world, first)


@pytest.mark.parametrize("texts", [{}, {"progress": f" {OLD}\n"}, {"progress": " "}])
def test_nothing_changed_or_nothing_left_is_no_suggestion(
    world: World, waiting: Filing, texts: dict[str, str]
) -> None:
    with pytest.raises(FieldProblems):
        operations.suggest_wording(waiting, texts, by=world.users["office"], version=waiting.version)
    assert WordingSuggestion.select().count() == 0


@pytest.mark.parametrize("step", ["accept", "send_back", "take_back"])
def test_it_ends_when_the_filing_waits_no_more(world: World, waiting: Filing, step: str) -> None:
    suggestion, office = suggested(world, waiting), world.users["office"]
    filing = world.filing(1)
    if step == "accept":
        filings.accept_filing(filing, by=office, version=filing.version)
    elif step == "send_back":
        filings.send_back_filing(filing, by=office, version=filing.version, reason="请改。")
    else:
        take_back_sign_off(filing, by=world.users["head"], version=filing.version)
    assert WordingSuggestion.get().state is SuggestionState.WITHDRAWN
    assert events_of_subject(suggestion)[-1].action == "withdraw_suggestion"
    assert not [one for one in notices_of(world, "filer") if one.read_at is None]
    with pytest.raises(IllegalTransition):
        agree(world, suggestion)


def test_what_is_not_waiting_gets_none(world: World, waiting: Filing) -> None:
    office = world.users["office"]
    with pytest.raises(StaleVersion):
        operations.suggest_wording(waiting, {"progress": NEW}, by=office, version=waiting.version - 1)
    draft = brought_to(FilingState.SUBMITTED, world, 2)
    with pytest.raises(IllegalTransition):
        operations.suggest_wording(draft, {"progress": NEW}, by=office, version=draft.version)
    suggestion = suggested(world, world.filing(1))
    close_period(world.period, by=SAMPLE_LOADER)
    with pytest.raises(IllegalTransition):
        agree(world, find_suggestion(suggestion.id) or suggestion)


def test_only_its_department_answers_and_only_the_office_suggests(world: World, waiting: Filing) -> None:
    suggestion = suggested(world, waiting)
    for who in ("office", "leader", "filer:城管办"):
        with pytest.raises(NotAllowed):
            agree(world, suggestion, who)
    for who in ("filer", "head", "leader"):
        with pytest.raises(NotAllowed):
            operations.withdraw_suggestion(suggestion, by=world.users[who])


def test_the_office_changes_words_in_place_and_the_department_takes_them(
    app: Flask, office: Browser, world: World, waiting: Filing
) -> None:
    form = inputs(office.get(f"/review/{waiting.id}", query_string={"decide": "suggest"}))
    assert form["progress"].strip() == OLD
    sent = {**form, "progress": NEW, "note": "“已”字可省。"}
    answer = office.post(f"/review/{waiting.id}/suggest", data=sent)
    assert answer.location == f"/review/{waiting.id}"
    page = office.get(answer.location)
    assert "待部门答复" in seen(page)
    assert "撤回建议并采用" in seen(page)
    assert "经发办 待采用 改字待答复" in seen(office.get("/review"))
    filer = log_in(app, world, "filer")
    shown = filer.get(f"/filings/{waiting.id}")
    assert "<del>已</del>走访企业32家" in shown.get_data(as_text=True)
    assert "办公室说明：“已”字可省。" in seen(shown)
    at = f"/filings/suggestions/{WordingSuggestion.get().id}"
    assert filer.post(f"{at}/agree").location == f"/filings/{waiting.id}"
    assert world.filing(1).progress == NEW
    assert "部门已同意" in seen(office.get(f"/review/{waiting.id}"))
    again = filer.post(f"{at}/agree")
    assert again.status_code == 409
    assert "现在是“部门已同意”，不用再办理" in seen(again)


def test_what_was_typed_stays_when_it_cannot_be_taken(
    app: Flask, office: Browser, world: World, waiting: Filing
) -> None:
    at = f"/review/{waiting.id}/suggest"
    form = inputs(office.get(f"/review/{waiting.id}", query_string={"decide": "suggest"}))
    unchanged = office.post(at, data={**form, "note": "请改。"}, htmx=True)
    assert unchanged.status_code == 422
    assert "没有改动任何文字" in seen(unchanged)
    assert inputs(unchanged)["note"].strip() == "请改。"
    stale = office.post(at, data={**form, "version": waiting.version - 1, "progress": NEW})
    assert stale.status_code == 409
    assert inputs(stale)["progress"].strip() == NEW
    suggestion = suggested(world, waiting)
    filer, name = log_in(app, world, "filer"), f"suggestion{suggestion.id}-answer"
    declined = filer.post(f"/filings/suggestions/{suggestion.id}/decline", data={name: "长" * 201})
    assert declined.status_code == 422
    assert inputs(declined)[name].strip() == "长" * 201
    done = filer.post(f"/filings/suggestions/{suggestion.id}/decline", data={name: "不改。"})
    assert done.status_code == 303
    withdrawn = office.post(f"/review/suggestions/{suggestion.id}/withdraw")
    assert withdrawn.status_code == 409


def test_pages_ask_as_many_questions_with_suggestions_as_without(
    app: Flask, office: Browser, world: World, waiting: Filing
) -> None:
    filer, counts = log_in(app, world, "filer"), []
    for _ in range(2):
        for client, path in ((office, "/review"), (filer, "/filings")):
            with count_queries() as asked:
                client.get(f"{path}/{waiting.id}")
            counts.append(len(asked))
        suggested(world, world.filing(1), progress=NEW, next_steps="继续走访。")
    assert counts[:2] == counts[2:]


def test_what_waits_for_an_answer_is_among_the_next_steps_of_its_department(
    app: Flask, world: World, waiting: Filing
) -> None:
    suggestion = suggested(world, waiting, progress=NEW, next_steps="继续走访。")
    for who in ("filer", "head"):
        page = log_in(app, world, who).get("/filings?period=2026Q3")
        assert "改字建议待答复（1）" in seen(page)
        assert f'href="/filings/{waiting.id}#suggestions"' in page.get_data(as_text=True)
    filer = world.users["filer"]
    assert "改字建议 1 项待答复" in department_home([world.period], own_duties(filer), user=filer).sentence
    for who in ("filer:城管办", "office"):
        assert DutyKind.SUGGESTION not in {duty.kind for duty in own_duties(world.users[who])}
    close_period(world.period, by=SAMPLE_LOADER)
    assert "改字建议" not in seen(log_in(app, world, "filer").get("/filings"))
    reopen_period(world.period, by=world.users["office"], reason="还有答复。")
    for one in suggestions_on(waiting):
        operations.decline_suggestion(one, "不改。", by=world.users["filer"])
    assert suggestion.filing_id == waiting.id
    assert "改字建议待答复" not in seen(log_in(app, world, "filer").get("/filings"))


def test_beside_several_quarters_a_suggestion_stands_under_none_of_them(
    app: Flask, world: World, waiting: Filing
) -> None:
    suggested(world, waiting, progress=NEW)
    open_at_once(world.plan, Quarter(2026, 4))
    page = log_in(app, world, "filer").get("/filings").get_data(as_text=True)
    assert page.count("改字建议待答复（1）") == 1
    assert page.index("改字建议待答复（1）") < page.index('<h2 id="quarter">2026年第三季度')


def test_the_home_asks_as_many_questions_with_suggestions_as_without(world: World, waiting: Filing) -> None:
    other, counts = brought_to(FilingState.SIGNED_OFF, world, 2), []
    for filing in (waiting, other):
        suggested(world, filing)
        with count_queries() as asked:
            own_duties(world.users["filer"])
        counts.append(len(asked))
    assert counts[0] == counts[1]
    duties = [duty for duty in own_duties(world.users["filer"]) if duty.kind is DutyKind.SUGGESTION]
    assert [duty.title[:5] for duty in duties] == ["第 1 项", "第 2 项"]
