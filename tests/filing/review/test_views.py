"""The office's decision on a filing: what it sees beside it, and every step through the pages."""

from __future__ import annotations

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.base.text import REASON_LENGTH
from app.filing.core import operations
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.periods.operations import close_period
from app.periods.rules import Quarter
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import brought_to, contributed, inputs, seen
from tests.world import THRESHOLDS, World, full_content, open_at_once

STRANGERS = ["filer", "head", "leader", "system_admin", "security_admin", "auditor"]
ACTIONS = ["accept", "send-back", "reopen"]


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def address(filing: Filing, action: str = "") -> str:
    return f"/review/{filing.id}/{action}".rstrip("/")


def sent(filing: Filing, **fields: str) -> dict[str, str]:
    return {"version": str(filing.version), **fields}


def mark(filing: Filing) -> str:
    """Return a ticked box's value."""
    return f"{filing.id}:{filing.version}"


def rewritten(world: World, progress: str) -> Filing:
    """Return measure 1's filing, sent back once and handed in again with another text."""
    filing = brought_to(FilingState.SIGNED_OFF, world)
    operations.send_back_filing(
        filing, by=world.users["office"], version=filing.version, reason="请核对数字。"
    )
    operations.save_filing(
        filing, full_content(progress), by=world.users["filer"], version=filing.version, thresholds=THRESHOLDS
    )
    operations.submit_filing(filing, by=world.users["filer"], version=filing.version)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    return world.filing(1)


def test_nothing_is_taken_over_into_the_form_of_a_decision(office: Browser, world: World) -> None:
    """The form that is open there is not the filing's, which has a button for the words of a supporting department."""
    contributed(world, 1, "城管办", "配合整治两次。")
    page = office.get(f"{address(brought_to(FilingState.SIGNED_OFF, world))}?decide=correct")
    assert "配合整治两次。" in seen(page)
    assert "采纳" not in seen(page)


def test_the_plans_wording_and_the_filing_stand_side_by_side(office: Browser, world: World) -> None:
    text = seen(office.get(address(brought_to(FilingState.SIGNED_OFF, world))))
    for words in (
        "落实招商机制，拓展线索来源",
        "已走访企业32家",
        "个别企业联系不畅",
        "76%（序时进度 75%）",
        "配合情况 未写 2 项",
        "办理过程",
    ):
        assert words in text


def test_what_changed_since_it_was_sent_back_is_marked(office: Browser, world: World) -> None:
    filing = rewritten(world, "已走访企业35家，形成线索12条。<b>")
    page = office.get(address(filing)).get_data(as_text=True)
    assert "<del>32</del>家" in page
    assert "<ins>35</ins>家" in page
    assert "<ins>&lt;b&gt;</ins>" in page
    assert "请核对数字。" in page


def test_last_quarters_accepted_text_can_be_put_beside(office: Browser, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    operations.save_filing(
        world.filing(1),
        full_content("全年已走访企业40家。"),
        by=world.users["filer"],
        version=1,
        thresholds=THRESHOLDS,
    )
    filing = world.filing(1)
    text = seen(office.get(address(filing)))
    assert "2026年第三季度采用的" in text
    assert "已走访企业32家" in text
    alone = seen(office.get(address(filing), query_string={"beside": "nothing"}, htmx=True))
    assert "2026年第三季度采用的 " not in alone
    assert "全年已走访企业40家。" in alone


def test_what_changed_and_what_disagrees_stands_before_the_texts(office: Browser, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    filing = brought_to(
        FilingState.SIGNED_OFF, world, content=full_content("已走访企业35家，形成线索12条。", 70)
    )
    page = office.get(address(filing)).get_data(as_text=True)
    changes, texts = page.index('id="changes"'), page.index('id="filing-text"')
    assert changes < page.index("<ins>35</ins>家，形成线索12条。") < texts
    text = seen(office.get(address(filing)))
    assert "比2026年第三季度采用的 76% 低。 2026年第三季度完成率：“76%” 完成率：“70%”" in text
    assert "下一步计划与2026年第三季度采用的一字不差。" in text
    assert text.count("完成率 76% 70%") == 1, "and not a second time beside the texts"


@pytest.mark.parametrize(
    ("decide", "button", "kind"),
    [("correct", "退回", "correct"), ("supplement", "请部门补充", "supplement")],
)
def test_a_decision_that_needs_words_is_opened_above_the_texts(
    office: Browser, world: World, decide: str, button: str, kind: str
) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    closed = office.get(address(filing))
    assert f'href="{address(filing)}?decide={decide}"' in closed.get_data(as_text=True)
    assert "reason" not in inputs(closed)
    page = office.get(address(filing), query_string={"decide": decide, "reason": "请写明数字。"})
    held = inputs(page)
    assert (held["kind"], held["reason"].strip()) == (kind, "请写明数字。")
    text = page.get_data(as_text=True)
    assert text.index(f">{button}</button>") < text.index('id="filing-text"')


def test_the_page_asks_a_fixed_number_of_questions(office: Browser, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    with count_queries() as few:
        office.get(address(filing))
    for number, department in ((2, "经发办"), (3, "城管办")):
        brought_to(FilingState.SIGNED_OFF, world, number, department)
    with count_queries() as many:
        office.get(address(filing))
    assert len(many) == len(few)


def test_accepting_goes_on_to_the_next_that_waits_and_then_home(office: Browser, world: World) -> None:
    first, second = (brought_to(FilingState.SIGNED_OFF, world, number) for number in (1, 2))
    assert "2 经发办 ›" in seen(office.get(address(first)))
    answer = office.post(address(first, "accept"), data=sent(first))
    assert (answer.status_code, answer.location) == (303, address(second))
    assert "还有 1 份待采用" in seen(office.get(answer.location))
    answer = office.post(address(second, "accept"), data=sent(second), htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/review?period=2026Q3")
    assert world.filing(1).state is world.filing(2).state is FilingState.ACCEPTED


def test_the_last_one_waiting_is_followed_by_the_first(office: Browser, world: World) -> None:
    first, second = (brought_to(FilingState.SIGNED_OFF, world, number) for number in (1, 2))
    assert "‹ 1 经发办" in seen(office.get(address(second)))
    assert office.post(address(second, "accept"), data=sent(second)).location == address(first)


def test_sending_back_tells_the_department_why(app: Flask, office: Browser, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    answer = office.post(address(filing, "send-back"), data=sent(filing, reason="请写明数字。"))
    assert answer.status_code == 303
    assert world.filing(1).state is FilingState.RETURNED
    assert "请写明数字。" in seen(log_in(app, world, "filer").get(f"/filings/{filing.id}"))


def test_reopening_gives_an_accepted_filing_back(office: Browser, world: World) -> None:
    filing = brought_to(FilingState.ACCEPTED, world)
    assert "重新打开的理由" in seen(office.get(f"{address(filing)}?decide=reopen"))
    answer = office.post(address(filing, "reopen"), data=sent(filing, reason="统计口径有变。"))
    assert answer.location == address(filing)
    text = seen(office.get(answer.location))
    assert "统计口径有变。" in text
    assert world.filing(1).state is FilingState.RETURNED


@pytest.mark.parametrize(
    ("action", "state"), [("send-back", FilingState.SIGNED_OFF), ("reopen", FilingState.ACCEPTED)]
)
@pytest.mark.parametrize("reason", ["", "  ", "长" * (REASON_LENGTH + 1)])
def test_a_reason_is_needed_and_what_was_typed_stays(
    office: Browser, world: World, action: str, state: FilingState, reason: str
) -> None:
    filing = brought_to(state, world)
    answer = office.post(address(filing, action), data=sent(filing, reason=reason), htmx=True)
    assert answer.status_code == 422
    assert "error-summary" in answer.get_data(as_text=True)
    assert inputs(answer)["reason"].strip() == reason.strip()
    assert world.filing(1).state is state


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stale_version_is_refused_with_what_stands_there_now(
    office: Browser, world: World, action: str
) -> None:
    state = FilingState.ACCEPTED if action == "reopen" else FilingState.SIGNED_OFF
    filing = brought_to(state, world)
    stale = {"version": str(filing.version - 1), "reason": "请写明数字。"}
    answer = office.post(address(filing, action), data=stale)
    assert answer.status_code == 409
    assert "在您审核期间，这份填报有了变化" in seen(answer)
    assert inputs(answer)["version"] == str(filing.version)
    if action != "accept":
        assert inputs(answer)["reason"].strip() == "请写明数字。"
    assert world.filing(1).state is state


def test_what_a_colleague_did_already_is_reported(office: Browser, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    form = sent(filing)
    office.post(address(filing, "accept"), data=form)
    answer = office.post(address(filing, "accept"), data=form)
    assert answer.status_code == 409
    assert "这份填报现在是“已采用”，不能采用" in seen(answer)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FilingState.DRAFT, "部门还没有提交"),
        (FilingState.SUBMITTED, "等待部门负责人审签"),
        (FilingState.RETURNED, "等待部门修改"),
    ],
)
def test_where_nothing_can_be_done_the_page_says_who_has_it(
    office: Browser, world: World, state: FilingState, words: str
) -> None:
    page = office.get(address(brought_to(state, world)))
    assert words in seen(page)
    assert "version" not in inputs(page)


def test_in_a_closed_quarter_nothing_is_offered(office: Browser, world: World) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    close_period(world.period, by=SAMPLE_LOADER)
    assert "填报已关闭，不能再采用" in seen(office.get(address(filing)))
    assert office.post(address(filing, "accept"), data=sent(filing)).status_code == 409


def test_the_ticked_ones_are_accepted_together(office: Browser, world: World) -> None:
    marks = [mark(brought_to(FilingState.SIGNED_OFF, world, number)) for number in (1, 2)]
    page = office.get("/review?tick=all").get_data(as_text=True)
    assert page.count(" checked") == 2
    answer = office.post("/review/accept-all?period=2026Q3&state=signed_off", data={"read": marks})
    assert answer.location == "/review?period=2026Q3&state=signed_off"
    assert "已采用 2 份填报" in seen(office.get(answer.location))
    assert world.filing(1).state is world.filing(2).state is FilingState.ACCEPTED


def test_one_that_moved_keeps_all_from_being_accepted_and_the_ticks_stay(
    office: Browser, world: World
) -> None:
    first, second = (brought_to(FilingState.SIGNED_OFF, world, number) for number in (1, 2))
    marks = [mark(first), mark(second)]
    operations.send_back_filing(
        second, by=world.users["office"], version=second.version, reason="请写明数字。"
    )
    answer = office.post("/review/accept-all", data={"read": marks}, htmx=True)
    assert answer.status_code == 409
    assert "一份也没有采用。经发办“打通转化链条”：" in seen(answer)
    assert answer.get_data(as_text=True).count(" checked") == 1
    assert world.filing(1).state is FilingState.SIGNED_OFF


@pytest.mark.parametrize("read", [[], ["x"], ["1"], ["999999:1"], ["²:1"]])
def test_without_a_tick_nothing_is_accepted_and_the_page_says_so(office: Browser, read: list[str]) -> None:
    answer = office.post("/review/accept-all", data={"read": read})
    assert answer.status_code == 422
    assert "一份也没有采用。请勾选后再办理" in seen(answer)


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_but_the_office_gets_in(app: Flask, world: World, who: str) -> None:
    filing = brought_to(FilingState.SIGNED_OFF, world)
    client = log_in(app, world, who)
    asked = [client.get(path) for path in ("/review", address(filing))]
    done = [client.post(address(filing, action), data=sent(filing, reason="无")) for action in ACTIONS]
    together = client.post("/review/accept-all", data={"read": mark(filing)})
    assert {answer.status_code for answer in (*asked, *done, together)} == {403}
    assert world.filing(1).state is FilingState.SIGNED_OFF


def test_a_filing_that_there_is_not_is_not_found(office: Browser) -> None:
    assert office.get("/review/999999").status_code == 404


def test_what_is_not_handed_in_reads_so_and_is_compared_with_nothing(office: Browser, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    text = seen(office.get(address(world.filing(1))))
    assert "未报 经济发展办公室" in text
    assert "草稿" not in text
    assert "改写较多" not in text
