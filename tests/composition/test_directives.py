"""How directives were handled: counted by state, then each by name, in the departments' own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.base.days import written_day
from app.composition.chapters.directives import directives_chapter, owed_answer
from app.composition.facts import DirectiveFacts, ReplyFacts
from app.composition.kinds import supervision
from app.composition.kinds.quarterly import compose
from app.directives.core.life_cycle import DirectiveKind, DirectiveState
from reports.lint import check_document
from reports.model import Heading, Paragraph
from tests.composition.contents import (
    DOWNWARD,
    block_text,
    chapter,
    directive,
    heads,
)
from tests.drafting.sample_documents import PARTICULARS, quarter_facts

DATED = PARTICULARS.dated
AS_OF = f"截至{written_day(DATED)}，"
OPEN, REPLIED, CLOSED = DirectiveState.OPEN, DirectiveState.REPLIED, DirectiveState.CLOSED


def composed(*found: DirectiveFacts) -> list[object]:
    """Return the chapter on some directives."""
    return list(directives_chapter(replace(quarter_facts(), directives=found), DATED))


def totals(*found: DirectiveFacts) -> str:
    """Return the sentence that counts them."""
    paragraph = composed(*found)[1]
    assert isinstance(paragraph, Paragraph)
    return paragraph.text


def test_without_directives_there_is_no_chapter() -> None:
    assert composed() == []


def test_they_are_counted_by_state_with_the_denominator() -> None:
    found = (directive(CLOSED), directive(CLOSED), directive(REPLIED), directive(OPEN, overdue=True))
    assert totals(*found) == (
        f"2026年第三季度，共办理批示、督办事项4件。{AS_OF}4件中，已销号2件，已回复、尚未销号1件，逾期未回复1件。"
    )


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ((directive(CLOSED),) * 2, "2件均已销号。"),
        ((directive(OPEN),) * 2, "2件均正在办理。"),
    ],
)
def test_where_all_stand_alike_nothing_is_divided(found: tuple[DirectiveFacts, ...], sentence: str) -> None:
    assert totals(*found).partition(AS_OF)[2] == sentence


def test_each_says_who_asked_what_of_whom_and_what_was_answered() -> None:
    answered = (ReplyFacts("甲办", "已倒排工期", date(2026, 8, 3)), ReplyFacts("乙办", "已配合。"))
    *_, paragraph = composed(directive(CLOSED, replies=answered))
    assert paragraph == Paragraph(
        "周示例2026年7月2日批示：“请‘甲办’抓紧推进。”由甲办、乙办办理，要求2026年8月14日前回复。"
        "甲办2026年8月3日回复：“已倒排工期。”乙办回复：“已配合。”",
        head=Heading(2, "举措“2”。"),
    )


def test_a_supervision_without_a_day_says_no_day() -> None:
    *_, paragraph = composed(directive(REPLIED, kind=DirectiveKind.SUPERVISION, due_on=None))
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.startswith(
        "周示例2026年7月2日督办：“请‘甲办’抓紧推进。”由甲办、乙办办理。甲办回复："
    )
    assert paragraph.text.endswith("”")


def test_who_still_owes_an_answer_is_named() -> None:
    half = (ReplyFacts("甲办", "已办。"),)
    assert owed_answer(directive(OPEN)) == "甲办、乙办正在办理，尚未回复。"
    assert owed_answer(directive(OPEN, replies=half)) == "乙办正在办理，尚未回复。"
    assert owed_answer(directive(OPEN, overdue=True, replies=half)) == "乙办逾期未回复。"


def test_what_is_unsettled_stands_before_what_is_settled() -> None:
    blocks = composed(directive(CLOSED), directive(OPEN))
    sections = [block.text for block in blocks if isinstance(block, Heading) and block.level == 2]
    assert sections == ["尚未销号的事项", "已销号的事项"]
    assert not [one for one in composed(directive(OPEN)) if isinstance(one, Heading) and one.level == 2]


def test_one_alone_under_its_chapter_is_headed_without_a_number_and_without_a_finding() -> None:
    found = (directive(REPLIED), directive(OPEN), directive(CLOSED))
    document = supervision.compose(replace(quarter_facts(), directives=found), DOWNWARD)
    assert heads(document, 3)[-1] == "举措“2”。"
    asked = {one.rule.id for one in check_document(document)}
    assert asked.isdisjoint({"skipped-level", "rest"})


def test_words_of_several_paragraphs_are_cited_as_one() -> None:
    *_, paragraph = composed(directive(OPEN, text="第一段\n\n第二段。"))
    assert isinstance(paragraph, Paragraph)
    assert "批示：“第一段。第二段。”由" in paragraph.text


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (
            (REPLIED, REPLIED),
            "2件均已回复、尚未销号，涉及“举措‘2’”。街道正在逐件跟踪督办，抓紧核实办理成效，及时销号。",
        ),
        (
            (OPEN, OPEN, CLOSED),
            "3件中，已销号1件，正在办理2件，涉及“举措‘2’”。街道正在逐件跟踪督办，按照时限要求抓紧推进。",
        ),
    ],
)
def test_upwards_those_that_stand_alike_are_counted_once(
    states: tuple[DirectiveState, ...], words: str
) -> None:
    facts = replace(quarter_facts(), directives=tuple(map(directive, states)))
    assert block_text(chapter(compose(facts, PARTICULARS), "批示和督办事项办理情况")).endswith(words)


def test_where_every_answer_is_late_none_is_asked_for_in_time() -> None:
    late, open_ = directive(OPEN, overdue=True), directive(OPEN)
    alone = block_text(supervision.compose(replace(quarter_facts(), directives=(late,)), DOWNWARD).body)
    assert "对逾期未回复的1件批示、督办事项，承办部门要立即办理回复，并说明逾期原因。" in alone
    assert "按照时限要求办理" not in alone
    both = block_text(supervision.compose(replace(quarter_facts(), directives=(late, open_)), DOWNWARD).body)
    assert "事事有回音。已经逾期的，要立即办理回复，并说明逾期原因。" in both


def test_a_report_upwards_sums_them_up_before_what_comes_next() -> None:
    found = (
        directive(CLOSED),
        directive(REPLIED),
        directive(OPEN),
        directive(OPEN, overdue=True, measure=""),
    )
    report = compose(replace(quarter_facts(), directives=found), PARTICULARS)
    assert heads(report, 1)[-2:] == ["四、批示和督办事项办理情况", "五、下一步工作打算"]
    assert block_text(chapter(report, "批示和督办事项办理情况")) == (
        f"2026年第三季度，共办理批示、督办事项4件。{AS_OF}4件中，"
        "已销号1件，已回复、尚未销号1件，正在办理2件。"
        "尚未销号的3件，涉及“举措‘2’”。街道正在逐件跟踪督办：对已回复的，抓紧核实办理成效，及时销号；"
        "对正在办理的，按照时限要求抓紧推进。"
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (REPLIED, "已回复、尚未销号，涉及“举措‘2’”。街道正在跟踪督办，抓紧核实办理成效，及时销号。"),
        (OPEN, "正在办理，涉及“举措‘2’”。街道正在跟踪督办，按照时限要求抓紧推进。"),
    ],
)
def test_upwards_one_alone_takes_one_sentence(state: DirectiveState, words: str) -> None:
    report = compose(replace(quarter_facts(), directives=(directive(state),)), PARTICULARS)
    assert block_text(chapter(report, "批示和督办事项办理情况")).endswith(
        f"共办理批示、督办事项1件，{AS_OF[:-1]}{words}"
    )


def test_upwards_nothing_is_promised_of_what_is_closed() -> None:
    report = compose(replace(quarter_facts(), directives=(directive(CLOSED),)), PARTICULARS)
    assert block_text(chapter(report, "批示和督办事项办理情况")).endswith(f"1件，{AS_OF[:-1]}已销号。")


def test_a_text_made_within_the_quarter_counts_up_to_its_month() -> None:
    early = list(
        directives_chapter(replace(quarter_facts(), directives=(directive(OPEN),)), date(2026, 7, 20))
    )
    assert block_text(early[1:2]).startswith(
        "2026年7月以来，共办理批示、督办事项1件，截至2026年7月20日正在办理。"
    )


def test_an_answer_after_its_day_is_called_late() -> None:
    due = date(2026, 8, 14)
    for day, words in ((14, "甲办2026年8月14日回复："), (15, "甲办2026年8月15日逾期回复：")):
        replies = (ReplyFacts("甲办", "已办。", date(2026, 8, day)),)
        facts = replace(quarter_facts(), directives=(directive(REPLIED, due_on=due, replies=replies),))
        assert words in block_text(list(directives_chapter(facts, DOWNWARD.dated)))
        upward = block_text(chapter(compose(facts, PARTICULARS), "批示和督办事项办理情况"))
        assert "逾期" not in upward
