"""综述: what a quarter was, from facts alone; each block in several wordings, each count in it closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from app.composition.block_keys import BlockRole, key_of
from app.composition.chapters.problem_causes import PROBLEM_CAUSES, cause_of, group_by_cause
from app.composition.chapters.risks import measures_to_correct
from app.composition.chapters.submissions import MOST_TITLES, titles_of_furthest
from app.composition.chapters.synopsis import (
    ROLES,
    SynopsisAlternative,
    synopsis_alternatives,
)
from app.composition.facts import DocumentFacts, IndicatorFacts, MeasureFacts
from app.composition.kinds import compose_document, spec_of, supervision
from app.composition.phrases import small_share, title_list
from app.composition.rules import DocumentKind, SynopsisView
from app.directives.core.life_cycle import DirectiveState
from app.filing.core.measure_status import Forecast, MeasureStatus
from reports.lint import check_document
from reports.model import DocumentError, Paragraph
from tests.composition.contents import DOWNWARD, block_text, changed, chapter, directive, each
from tests.composition.strategies import facts_of
from tests.drafting.sample_documents import PARTICULARS, quarter_facts

WITH_SYNOPSIS = (
    DocumentKind.QUARTERLY,
    DocumentKind.YEARLY,
    DocumentKind.SUMMARY,
    DocumentKind.SUPERVISION,
)
UPWARD = (DocumentKind.QUARTERLY, DocumentKind.YEARLY)
RESULTS, PROBLEMS, PLANS = ROLES


def with_indicators(measure: MeasureFacts) -> MeasureFacts:
    """Return a measure with a number that is as far as its percent says, and one that is a rate."""
    if measure.report is None:
        return measure
    percent = measure.report.percent
    count = IndicatorFacts(f"第{measure.number}类走访", f"{percent}家", "100家", percent)
    rate = IndicatorFacts(f"第{measure.number}类办结率", f"{percent}%", "100%", percent, is_ratio=True)
    return replace(measure, indicators=(count, rate) if measure.number % 2 else (rate,))


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    problems = {2: "规划许可仍在审批。", 5: "居民意见不一。", 13: "报审材料尚未齐全。", 16: "业主意愿不高。"}
    found = each(quarter_facts(), with_indicators)
    for number, text in problems.items():
        report = found.measures[number - 1].report
        assert report is not None
        found = changed(
            found, number, report=replace(report, problems=text, next_steps="10月底前报批，12月开工。")
        )
    return found


def words_of(kind: DocumentKind, facts: DocumentFacts, view: SynopsisView) -> dict[BlockRole, str]:
    alternatives = synopsis_alternatives(facts, spec_of(kind))
    return {
        role: one.paragraph.text for role, found in alternatives.items() for one in found if one.view is view
    }


def every_alternative(facts: DocumentFacts) -> Iterator[SynopsisAlternative]:
    for kind in WITH_SYNOPSIS:
        for found in synopsis_alternatives(facts, spec_of(kind)).values():
            yield from found


def test_a_superior_hears_results_then_what_lags_then_what_is_done(facts: DocumentFacts) -> None:
    words = words_of(DocumentKind.QUARTERLY, facts, SynopsisView.BY_TOPIC)
    assert words[RESULTS] == (
        "第三季度，进展情况已汇总的25项举措中，13项达到或者超过序时进度，占52%。"
        "主要指标中，第1类走访76家，完成年度目标的76%；第7类走访75家，完成75%；第15类走访105家，完成105%；第23类走访76家，完成76%；"
        "第29类走访75家，完成75%；第37类走访105家，完成105%。"
        "“举措‘4’”“举措‘15’”“举措‘26’”“举措‘37’”4项举措已经完成。"
    )
    assert words[PROBLEMS] == (
        "存在的主要问题是，12项举措进度滞后或者存在风险。从原因看，一是前期手续和审批时间较长，涉及6项"
        "（“举措‘2’”“举措‘9’”“举措‘13’”等）；"
        "二是居民、商户等方面意见不一，涉及4项（“举措‘5’”“举措‘16’”“举措‘27’”“举措‘38’”）；"
        "三是施工组织和设备采购慢于计划，涉及2项（“举措‘24’”“举措‘35’”）。"
    )
    assert "牵头部门" not in "".join(words.values())
    assert words[PLANS].startswith(
        "下一步，街道将对上述12项中已暂停的“举措‘9’”“举措‘20’”“举措‘31’”“举措‘42’”明确后续安排，"
        "对其余8项逐项明确追赶措施、责任人和完成时限"
    )
    below = words_of(DocumentKind.SUMMARY, facts, SynopsisView.BY_TOPIC)[PLANS]
    assert below.endswith("上述12项中，4项最近的节点在10月，8项只写明第四季度。")
    going = each(
        facts,
        lambda one: replace(
            one,
            report=one.report
            and replace(
                one.report,
                status=MeasureStatus.LAGGING if one.report.percent < 75 else one.report.status,
                forecast=Forecast.CANNOT_FINISH if one.number == 2 else one.report.forecast,
            ),
        ),
    )
    below = words_of(DocumentKind.SUMMARY, going, SynopsisView.BY_TOPIC)[PLANS]
    assert "。对其中年底预计不能完成的，及早研究补救措施。" in below


def test_departments_hear_who_lags_and_what_they_owe(facts: DocumentFacts) -> None:
    asked = replace(facts, directives=(directive(DirectiveState.OPEN), directive(DirectiveState.CLOSED)))
    words = words_of(DocumentKind.SUPERVISION, asked, SynopsisView.SUPERVISION)
    assert "12项，按牵头部门分，12个部门各1项。" in words[PROBLEMS]
    owed = re.findall(r"(\d+)[项件]", words[PLANS].split("从填报")[0])
    assert [int(one) for one in owed] == [29, 12, 16, 1]
    default = compose_document(DocumentKind.SUPERVISION, asked, DOWNWARD).body
    printed = [block.text for block in default if isinstance(block, Paragraph) and role_of(block) in ROLES]
    assert printed == list(words.values())


def test_so_many_departments_as_no_sentence_holds_are_counted(facts: DocumentFacts) -> None:
    words = words_of(DocumentKind.SUMMARY, facts, SynopsisView.BY_TOPIC)[PROBLEMS]
    assert words.startswith("进度滞后和存在风险的举措共12项，涉及12个牵头部门。")
    few = facts.narrowed(lambda measure: measure.number < 14)
    assert "牵头部门为第2办公室、" in words_of(DocumentKind.SUMMARY, few, SynopsisView.BY_TOPIC)[PROBLEMS]


def role_of(block: Paragraph) -> BlockRole | None:
    key = key_of(block)
    return key.role if key else None


def test_each_block_has_alternatives_and_no_department_is_named_upwards(facts: DocumentFacts) -> None:
    for kind in WITH_SYNOPSIS:
        found = synopsis_alternatives(facts, spec_of(kind))
        assert list(found) == list(ROLES)
        assert all(2 <= len(one) <= 3 for one in found.values())
        assert all(len({one.paragraph.text for one in alternatives}) > 1 for alternatives in found.values())
        views = {one.view for alternatives in found.values() for one in alternatives}
        assert (SynopsisView.SUPERVISION in views) is (kind not in UPWARD)


def test_two_reports_need_no_synopsis(facts: DocumentFacts) -> None:
    alone = facts.narrowed(lambda measure: measure.number in (1, 2))
    assert synopsis_alternatives(alone, spec_of(DocumentKind.QUARTERLY)) == {}


def test_where_nothing_lags_nothing_is_made_up(facts: DocumentFacts) -> None:
    good = facts.narrowed(lambda measure: measure.number in (1, 4, 7))
    words = words_of(DocumentKind.QUARTERLY, good, SynopsisView.BY_TOPIC)
    assert PROBLEMS not in words
    assert words[RESULTS].startswith("第三季度，3项举措均达到或者超过序时进度。")
    assert words[PLANS] == "从各项举措的下一步计划看，最近的节点均在第四季度，街道将按节点督促落实。"
    silent = each(
        good, lambda one: replace(one, report=one.report and replace(one.report, next_steps="继续推进。"))
    )
    assert PLANS not in words_of(DocumentKind.QUARTERLY, silent, SynopsisView.BY_TOPIC)


def test_what_is_given_up_for_the_year_is_not_caught_up(facts: DocumentFacts) -> None:
    def given_up(measure: MeasureFacts) -> MeasureFacts:
        report = measure.report and replace(measure.report, percent=40, forecast=Forecast.CANNOT_FINISH)
        return replace(measure, report=report)

    few = each(facts.narrowed(lambda measure: measure.number in (1, 2, 4)), given_up)
    assert words_of(DocumentKind.QUARTERLY, few, SynopsisView.BY_TOPIC)[PLANS] == (
        "下一步，街道将对上述3项逐项研究补救措施，明确责任人和完成时限。"
    )
    below = words_of(DocumentKind.SUMMARY, few, SynopsisView.BY_TOPIC)[PLANS]
    assert below.startswith("下一步，牵头部门要对上述3项逐项提出补救措施。")
    assert "追赶" not in below


def test_where_nothing_was_reached_it_says_so(facts: DocumentFacts) -> None:
    behind = facts.narrowed(lambda measure: measure.report is not None and measure.report.percent < 75)
    words = words_of(DocumentKind.QUARTERLY, behind, SynopsisView.BY_TOPIC)
    assert "12项举措均落后序时进度，需要加大推进力度。" in words[RESULTS]
    assert "主要指标" not in words[RESULTS]


def test_without_indicators_short_sentences_of_departments_stand_for_them() -> None:
    def reported(measure: MeasureFacts) -> MeasureFacts:
        text = f"这一句写得较长，说明第{measure.number}项工作的背景、经过和结果，共涉及2000户。走访{measure.number}家。"
        return replace(measure, report=replace(measure.report, progress=text)) if measure.report else measure

    words = words_of(DocumentKind.QUARTERLY, each(quarter_facts(), reported), SynopsisView.BY_TOPIC)
    assert "占52%。“举措‘1’”方面，走访1家。“举措‘4’”方面，走访4家。“举措‘7’”方面，走访7家。" in words[RESULTS]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("装修工程因供电扩容审批时间长于预期，施工推迟。", "前期手续和审批时间较长"),
        ("原定场地消防条件不符合要求。", "场地和空间条件受限"),
        ("2个小区业主参选意愿不高，经费也不足。", "居民、商户等方面意见不一"),
        ("设备采购询价时间较长。", "施工组织和设备采购慢于计划"),
        ("遇台风取消3场。", "受天气影响"),
        ("今年以来情况复杂。", ""),
    ],
)
def test_a_problem_goes_by_what_it_names_first(text: str, words: str) -> None:
    cause = cause_of(text)
    assert (cause.words if cause else "") == words


@given(facts_of())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_count_closes_and_is_of_the_facts(facts: DocumentFacts) -> None:
    at_risk = measures_to_correct(facts)
    groups = group_by_cause(at_risk)
    counted = [*(len(group) for _, group in groups.common), len(groups.others), len(groups.unexplained)]
    assert sum(counted) == len(at_risk)
    numbers = {measure.number for measure in facts.measures}
    for one in every_alternative(facts):
        assert len({sentence.text for sentence in one.sentences}) == len(one.sentences)
        for sentence in one.sentences:
            assert set(sentence.measures) <= numbers
            assert "{" not in sentence.text
            if match := re.search(r"最近的节点在(.+)。", sentence.text):
                assert sum(map(int, re.findall(r"的?(\d+)项", match[1]))) == len(sentence.measures)
            if match := re.search(r"原因看，(.+)。", sentence.text):
                assert sum(map(int, re.findall(r"(\d+)项", match[1]))) == len(sentence.measures)
            if match := re.search(r"(\d+)项，分部分看，(.+)。", sentence.text):
                assert (
                    sum(map(int, re.findall(r"(\d+)项", match[2]))) == int(match[1]) or len(facts.parts) > 1
                )


@given(facts_of())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_facts_give_the_same_words_and_a_reader_finds_no_fault(facts: DocumentFacts) -> None:
    for kind in WITH_SYNOPSIS:
        particulars = PARTICULARS if kind in UPWARD else DOWNWARD
        try:
            document = compose_document(kind, facts, particulars)
        except DocumentError:
            continue
        assert synopsis_alternatives(facts, spec_of(kind)) == synopsis_alternatives(facts, spec_of(kind))
        texts = [pair for pair in enumerate(document.body) if isinstance(pair[1], Paragraph)]
        places = {place for place, block in texts if role_of(block) in ROLES}
        assert not [one for one in check_document(document) if one.place.block in places]


def test_forty_problems_are_three_causes_and_the_rest() -> None:
    def lagging(measure: MeasureFacts) -> MeasureFacts:
        if measure.report is None:
            return measure
        problem = PROBLEM_CAUSES[measure.number % 12].signs.split("|")[0]
        report = replace(measure.report, percent=40, status=MeasureStatus.LAGGING, problems=f"因{problem}。")
        return replace(measure, report=replace(report, forecast=Forecast.DIFFICULT))

    facts = each(quarter_facts(), lagging)
    words = words_of(DocumentKind.QUARTERLY, facts, SynopsisView.BY_TOPIC)[PROBLEMS]
    assert words.count("；") == 3
    assert "从原因看，较为分散，其中场地和空间条件受限的3项" in words
    assert "一是" not in words
    assert re.search(r"；其余\d+项为其他原因。$", words)
    assert len(words) < 300


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (4, 43, "，仅占9.3%"),
        (14, 43, "，仅占32.6%"),
        (17, 43, "，仅占39.5%"),
        (18, 43, "，不到半数"),
        (21, 43, "，不到半数"),
        (5, 10, "，仅占半数"),
        (1, 2, "，仅占半数"),
        (1, 8, ""),
    ],
)
def test_half_is_named_only_near_it(count: int, total: int, words: str) -> None:
    assert small_share(count, total) == words


def test_of_many_that_lag_the_furthest_behind_are_named() -> None:
    pairs = [
        (measure, replace(report, percent=100 - measure.number))
        for measure, report in quarter_facts().reported
    ]
    last = [measure.title for measure, _ in pairs[-MOST_TITLES:]]
    assert titles_of_furthest(pairs) == f"{title_list(last)}等"


def test_of_what_was_cancelled_nothing_is_expected() -> None:
    facts = quarter_facts().narrowed(lambda one: one.number in (1, 2, 4, 5))
    for number, status in ((2, MeasureStatus.CANCELLED), (5, MeasureStatus.LAGGING)):
        (report,) = (report for measure, report in facts.reported if measure.number == number)
        report = replace(report, status=status, forecast=Forecast.CANNOT_FINISH)
        facts = changed(facts, number, report=report)
    text = block_text(chapter(supervision.compose(facts, DOWNWARD), "总体情况"))
    assert "其中，年底预计不能完成的1项，即“举措‘5’”。" in text
    assert "从年底预计看，除已取消的1项外，其余3项中，能够完成2项，不能完成1项。" in text
