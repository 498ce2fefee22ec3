"""The head's signature: one by one, all at once, or not at all."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.base.errors import StaleVersion
from app.filing.core import operations
from app.filing.core.content import LONG_TEXTS, TEXT_CEILING
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.department.sign_off_corrections import sign_off_corrected
from tests.clients import log_in
from tests.filing.pages import (
    address,
    brought_to,
    inputs,
    seen,
)
from tests.world import THRESHOLDS, World, full_content


def resubmitted(world: World, measure: int) -> None:
    """Let the filing come back, be changed and be handed in again."""
    filing = world.filing(measure)
    filer, head = world.users["filer"], world.users["head"]
    operations.return_filing(filing, by=head, version=filing.version, reason="请补充数字。")
    content = full_content("改过的文字。")
    operations.save_and_submit(
        world.filing(measure), content, by=filer, version=filing.version, thresholds=THRESHOLDS
    )


def test_a_head_signs_on_the_page_and_goes_on_to_the_next_that_waits(app: Flask, world: World) -> None:
    first, second = (brought_to(FilingState.SUBMITTED, world, measure) for measure in (1, 2))
    browser = log_in(app, world, "head")
    version = inputs(browser.get(address(first)))["version"]
    answer = browser.post(address(first, "sign-off"), data={"version": version})
    assert (answer.status_code, answer.location) == (303, address(second))
    assert world.filing(1).state is FilingState.SIGNED_OFF
    assert world.filing(1).signed_off_by == world.users["head"].person
    last = browser.post(address(second, "sign-off"), data={"version": str(second.version)})
    assert last.location == "/filings?period=2026Q3"


def test_a_signature_in_the_list_stays_in_the_list(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    brought_to(FilingState.SUBMITTED, world, measure=2)
    data = {"version": str(filing.version), "then": "list"}
    answer = log_in(app, world, "head").post(address(filing, "sign-off"), data=data)
    assert answer.location == "/filings?period=2026Q3"


def test_a_head_returns_with_a_reason(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    data = {"version": str(filing.version), "reason": "请补充走访企业的名单。"}
    assert log_in(app, world, "head").post(address(filing, "return"), data=data).status_code == 303
    assert world.filing(1).state is FilingState.RETURNED
    assert events_of_subject(world.filing(1))[-1].reason == "请补充走访企业的名单。"
    assert "请补充走访企业的名单。" in seen(log_in(app, world, "filer").get(address(filing)))


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "退回须写明理由"), ("长" * 201, "理由共 201 字")])
def test_a_reason_that_is_none_or_too_long_is_refused_and_kept(
    app: Flask, world: World, reason: str, sentence: str
) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    data = {"version": str(filing.version), "reason": reason}
    answer = log_in(app, world, "head").post(address(filing, "return"), data=data)
    assert answer.status_code == 422
    assert sentence in seen(answer)
    assert inputs(answer)["reason"] == reason
    assert world.filing(1).state is FilingState.SUBMITTED


def test_a_head_corrects_words_in_place_and_signs_in_one_step(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    head = log_in(app, world, "head")
    form = inputs(head.get(address(filing)))
    assert form["progress"].strip() == filing.progress
    signed = head.post(address(filing, "sign-off"), data={**form, "progress": "负责人改过的一句。"})
    assert (signed.status_code, world.filing(1).state) == (303, FilingState.SIGNED_OFF)
    assert world.filing(1).progress == "负责人改过的一句。"
    assert "第 1 项已改好并审签，填报人会看到改动" in seen(head.get(signed.location))
    filer = log_in(app, world, "filer")
    assert "某部门负责人审签时改了文字" in seen(filer.get("/notices"))
    page = filer.get(address(filing))
    assert "审签时改了文字。看改了哪些" in seen(page)
    kept = re.search(
        r"/filings/\d+/kept/\d+", page.get_data(as_text=True)[page.text.index("审签时改了文字") :]
    )
    assert kept
    shown = seen(filer.get(kept[0]))
    assert "负责人改过的一句。" in shown
    assert filing.progress in shown, "what was handed in stands beside it"


def test_words_that_stay_as_they_are_are_signed_without_a_correction(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    head = log_in(app, world, "head")
    head.post(address(filing, "sign-off"), data=inputs(head.get(address(filing))))
    assert world.filing(1).state is FilingState.SIGNED_OFF
    assert [event.action for event in events_of_subject(world.filing(1))][-2:] == ["submit", "sign_off"]
    assert "审签时改了文字" not in seen(log_in(app, world, "filer").get(address(filing)))


@pytest.mark.parametrize(
    ("length", "sentence"), [(0, "进展情况"), (TEXT_CEILING + 1, f"{TEXT_CEILING + 1} 字")]
)
def test_a_correction_that_cannot_stand_is_named_and_nothing_is_signed(
    app: Flask, world: World, length: int, sentence: str
) -> None:
    filing, text = brought_to(FilingState.SUBMITTED, world), "长" * length
    head = log_in(app, world, "head")
    form = inputs(head.get(address(filing)))
    refused = head.post(address(filing, "sign-off"), data={**form, "progress": text})
    assert refused.status_code == 422
    assert sentence in seen(refused)
    assert inputs(refused)["progress"].strip() == text.strip()
    assert (world.filing(1).state, world.filing(1).progress) == (FilingState.SUBMITTED, filing.progress)


def test_a_correction_of_what_changed_meanwhile_is_not_lost(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    head = log_in(app, world, "head")
    form = inputs(head.get(address(filing)))
    resubmitted(world, 1)
    answer = head.post(address(filing, "sign-off"), data={**form, "progress": "我改的。"})
    assert answer.status_code == 409
    assert inputs(answer)["progress"].strip() == "我改的。"
    assert world.filing(1).progress == "改过的文字。"


def test_words_that_stay_are_not_signed_either_in_what_changed_meanwhile(world: World) -> None:
    read = brought_to(FilingState.SUBMITTED, world)
    texts = {name: getattr(read, name) for name in LONG_TEXTS}
    Filing.update(version=read.version + 1).execute()
    with pytest.raises(StaleVersion):
        sign_off_corrected(world.filing(1), texts, by=world.users["head"], version=read.version)


def test_what_changed_since_it_was_read_is_shown_and_not_signed(app: Flask, world: World) -> None:
    read = brought_to(FilingState.SUBMITTED, world)
    resubmitted(world, 1)
    browser = log_in(app, world, "head")
    for action in ("sign-off", "return"):
        data = {"version": str(read.version), "reason": "我写的理由。"}
        answer = browser.post(address(read, action), data=data)
        assert answer.status_code == 409
        assert "这份填报有了变化" in seen(answer)
        assert "改过的文字。" in seen(answer)
    assert inputs(answer)["reason"] == "我写的理由。"
    assert world.filing(1).state is FilingState.SUBMITTED


def test_what_is_signed_already_says_so(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    answer = log_in(app, world, "head").post(
        address(filing, "sign-off"), data={"version": str(filing.version)}
    )
    assert answer.status_code == 409
    assert "现在是“待采用”，不能审签" in seen(answer)


def test_all_that_the_list_showed_is_signed_at_once(app: Flask, world: World) -> None:
    read = [brought_to(FilingState.SUBMITTED, world, measure) for measure in (1, 2)]
    browser = log_in(app, world, "head")
    data = {"read": [f"{filing.id}:{filing.version}" for filing in read]}
    answer = browser.post("/filings/sign-off-all", data=data)
    assert answer.location == "/filings?period=2026Q3"
    assert "已审签 2 份。" in seen(browser.get(answer.location))
    assert {world.filing(measure).state for measure in (1, 2)} == {FilingState.SIGNED_OFF}


def test_if_one_has_changed_none_is_signed_and_it_is_named(app: Flask, world: World) -> None:
    read = [brought_to(FilingState.SUBMITTED, world, measure) for measure in (1, 2)]
    resubmitted(world, 2)
    data = {"read": [f"{filing.id}:{filing.version}" for filing in read]}
    answer = log_in(app, world, "head").post("/filings/sign-off-all", data=data)
    assert answer.status_code == 409
    assert "一份也没有审签。经发办“打通转化链条”" in seen(answer)
    assert {world.filing(measure).state for measure in (1, 2)} == {FilingState.SUBMITTED}


@pytest.mark.parametrize("read", [[], ["x:1"], ["1"], ["99999:1"]])
def test_a_list_that_names_nothing_is_refused(app: Flask, world: World, read: list[str]) -> None:
    answer = log_in(app, world, "head").post("/filings/sign-off-all", data={"read": read})
    assert answer.status_code == 422
    assert "一份也没有审签" in seen(answer)


@pytest.mark.parametrize("who", ["filer", "head:城管办", "office", "leader"])
def test_only_the_own_head_signs(app: Flask, world: World, who: str) -> None:
    filing, browser = brought_to(FilingState.SUBMITTED, world), log_in(app, world, who)
    data = {"version": str(filing.version), "reason": "理由", "read": [f"{filing.id}:{filing.version}"]}
    answers = [browser.post(address(filing, action), data=data) for action in ("sign-off", "return")]
    answers.append(browser.post("/filings/sign-off-all", data=data))
    assert {answer.status_code for answer in answers} == {403}
    assert world.filing(1).state is FilingState.SUBMITTED
