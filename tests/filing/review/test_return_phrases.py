"""Reasons that the office keeps ready, and one reason for several filings."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base.errors import FieldProblems, NotAllowed
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from app.filing.review.models import ReturnPhrase
from app.filing.review.return_phrases import (
    add_phrase,
    phrases_by_kind,
    reason_with_phrases,
    remove_phrase,
)
from tests.clients import Browser, log_in
from tests.databases import on_both
from tests.filing.pages import brought_to, inputs, seen
from tests.world import World

NUMBERS, NAMES = "请写明具体数字。", "请补企业名单。"


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


@pytest.fixture
def kept(world: World) -> list[ReturnPhrase]:
    by = world.users["office"]
    return [add_phrase(ReturnKind.CORRECT, NUMBERS, by=by), add_phrase(ReturnKind.SUPPLEMENT, NAMES, by=by)]


@on_both
def test_the_office_adds_and_removes_them(world: World) -> None:
    by = world.users["office"]
    phrase = add_phrase(ReturnKind.CORRECT, f" {NUMBERS}\n", by=by)
    for text in ("", " ", "长" * 201, NUMBERS):
        with pytest.raises(FieldProblems):
            add_phrase(ReturnKind.CORRECT, text, by=by)
    add_phrase(ReturnKind.SUPPLEMENT, NUMBERS, by=by)
    with pytest.raises(NotAllowed):
        remove_phrase(phrase, by=world.users["head"])
    remove_phrase(phrase, by=by)
    assert {kind: [one.text for one in found] for kind, found in phrases_by_kind().items()} == {
        ReturnKind.CORRECT: [],
        ReturnKind.SUPPLEMENT: [NUMBERS],
    }


def test_ticked_ones_stand_before_what_is_written_besides() -> None:
    phrases = [ReturnPhrase(id=number, text=f"第{number}句。") for number in (1, 2, 12)]
    assert reason_with_phrases(phrases, ["12", "1"], " 另请核对。 ") == "第1句。第12句。另请核对。"
    assert reason_with_phrases(phrases, [], "") == ""


def test_a_ticked_one_is_reason_enough(office: Browser, world: World, kept: list[ReturnPhrase]) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    at = f"/review/{filing.id}"
    text = seen(office.get(at, query_string={"decide": "supplement"}))
    assert (NAMES in text, NUMBERS in text) == (True, False)
    form = {"version": str(filing.version), "kind": "supplement", "phrase": str(kept[1].id), "reason": ""}
    assert office.post(f"{at}/send-back", data=form).status_code == 303
    assert world.filing(1).returned_reason == NAMES


def test_what_was_ticked_stays_ticked_when_it_is_too_much(
    office: Browser, world: World, kept: list[ReturnPhrase]
) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    form = {"version": str(filing.version), "kind": "correct", "phrase": str(kept[0].id)}
    answer = office.post(f"/review/{filing.id}/send-back", data={**form, "reason": "长" * 195})
    assert answer.status_code == 422
    assert inputs(answer)["phrase"] == str(kept[0].id)
    assert world.filing(1).state is FilingState.SIGNED_OFF


def test_one_reason_goes_to_all_that_have_none_of_their_own(
    office: Browser, world: World, kept: list[ReturnPhrase]
) -> None:
    filings = [brought_to(FilingState.SIGNED_OFF, world, number) for number in (1, 2)]
    filings.append(brought_to(FilingState.SIGNED_OFF, world, 3, "城管办"))
    marks = [filing.read_value for filing in filings]
    form = {
        "read": marks,
        "kind": "supplement",
        "phrase": str(kept[1].id),
        "reason": "下周前。",
        f"reason_{filings[1].id}": "数字不对。",
        f"kind_{filings[1].id}": "correct",
    }
    answer = office.post("/review/send-back", query_string={"read": marks}, data=form)
    assert answer.status_code == 303
    rows = [Filing.get_by_id(filing.id) for filing in filings]
    assert [row.returned_reason for row in rows] == [f"{NAMES}下周前。", "数字不对。", f"{NAMES}下周前。"]
    assert [row.return_kind.value for row in rows] == ["supplement", "correct", "supplement"]


def test_the_list_is_edited_on_its_page(office: Browser, world: World, kept: list[ReturnPhrase]) -> None:
    assert 'href="/review/phrases"' in office.get("/review").get_data(as_text=True)
    again = office.post("/review/phrases", data={"kind": "correct", "text": NUMBERS})
    assert again.status_code == 422
    assert "已有同样的理由" in seen(again)
    assert office.post("/review/phrases", data={"kind": "correct", "text": "请附依据。"}).status_code == 303
    page = office.get("/review/phrases").get_data(as_text=True)
    assert f'data-confirm="删除常用理由“{NUMBERS}”？' in page
    assert office.post(f"/review/phrases/{kept[0].id}/remove").status_code == 303
    text = seen(office.get("/review/phrases"))
    assert ("请附依据。" in text, NUMBERS in text) == (True, False)
