"""What decides about uncertain heads: their features, and how many the other sections of the plan have."""

from __future__ import annotations

import pytest

from app.plan.importer import PlanDraft, read_plan
from app.plan.importer.paragraphs import PlanParagraph
from app.plan.importer.run_in_heads import (
    BodySentence,
    HeadCandidate,
    HeadStyle,
    TextBody,
    body_of,
    bold_runs,
    heads_of_bodies,
    is_brief,
    score_candidate,
    score_sentences,
    style_of,
)
from tests.plan.importer.texts import joined_lines

HEAD, TEXT = "夯实安全基础。", "落实安全生产治本攻坚行动，压实监督管理责任，控制各类事故发生。"
OTHER_TEXT = "统筹推进各项民生实事项目按期落地见效并公布，接受群众监督，确保完成任务。"
RUN_IN, ELSEWHERE = HeadStyle(True, False), HeadStyle(False, False)


def body(*texts: str, place: str = "一、") -> TextBody:
    return body_of(place, joined_lines(*texts)[0])


def sentence(text: str, *, opens: bool = True, bold: int = 0, own_line: bool = False) -> BodySentence:
    return BodySentence(text, 0, opens, 1, bold, own_line)


def found(*bodies: TextBody) -> list[list[str]]:
    """Return the heads of each body."""
    return [
        [each.sentences[head.place].text[: head.end] for head in heads]
        for each, (heads, _) in zip(bodies, heads_of_bodies(bodies), strict=True)
    ]


def warned(*bodies: TextBody) -> list[list[str]]:
    return [[one.message for one in warnings] for _, warnings in heads_of_bodies(bodies)]


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("字" * 24 + "。", True),
        ("字" * 25 + "。", False),
        ("字" * 12 + "，" + "字" * 13 + "。", True),
        ("字" * 13 + "，" + "字" * 13 + "。", False),
        ("字" * 12 + "，" + "字" * 12 + "。", True),
        ("夯实基础，守住底线。", True),
        ("夯实基础，守住了底线。", True),
        ("夯实基础，牢牢守住底线。", False),
        ("夯实5处，守住底线。", False),
        ("夯实，守住，稳定。", False),
        ("（责任单位：办公室）", False),
        ("重点任务如下：", False),
        ("。", False),
    ],
)
def test_a_short_clause_or_couplet_is_brief(text: str, brief: bool) -> None:
    assert is_brief(sentence(text)) is brief


@pytest.mark.parametrize(
    ("one", "following", "opens_body", "style", "score"),
    [
        (sentence(HEAD), sentence(TEXT), True, RUN_IN, 4.5),
        (sentence(HEAD), sentence(TEXT), False, RUN_IN, 3.5),
        (sentence(HEAD, opens=False), sentence(TEXT), False, RUN_IN, 3.0),
        (sentence(HEAD, opens=False), sentence(TEXT), False, HeadStyle(True, True), 1.0),
        (sentence(HEAD, bold=3, opens=False), sentence(TEXT), False, HeadStyle(True, True), 7.0),
        (sentence(HEAD), sentence(TEXT), False, ELSEWHERE, 1.0),
        (sentence(HEAD), None, False, RUN_IN, -2.5),
        (sentence(HEAD), sentence(HEAD), False, RUN_IN, 1.5),
        (sentence(HEAD), sentence(TEXT, bold=4), False, RUN_IN, -2.5),
        (sentence(HEAD), sentence(TEXT, own_line=True), False, RUN_IN, -2.5),
        (sentence(HEAD), sentence("（责任单位：办公室）"), False, RUN_IN, -2.5),
        (sentence(HEAD, bold=6), sentence(TEXT), False, RUN_IN, 7.5),
        (sentence(HEAD, own_line=True), sentence(TEXT), False, RUN_IN, 7.5),
        (sentence(HEAD, bold=1), sentence(TEXT, bold=1), False, RUN_IN, 1.5),
        (sentence("新建站点3个。"), sentence(TEXT), False, RUN_IN, 1.5),
        (sentence("同时夯实基础。"), sentence(TEXT), False, RUN_IN, -1.5),
        (sentence("落实退役军人事务工作。"), sentence(TEXT), False, RUN_IN, 2.0),
        (sentence("字" * 45 + "。"), sentence(TEXT), False, RUN_IN, 1.5),
        (sentence("字" * 46 + "。"), sentence(TEXT), False, RUN_IN, -4.5),
        (sentence("字" * 46 + "。", bold=9), sentence(TEXT), False, RUN_IN, 5.5),
    ],
)
def test_what_speaks_for_a_head(
    one: BodySentence, following: BodySentence | None, opens_body: bool, style: HeadStyle, score: float
) -> None:
    assert score_candidate(HeadCandidate(one, following, opens_body, style)) == score


def test_sentences_that_score_enough_are_heads() -> None:
    near, head = "新建站点3个。", "坚持依法行政。"
    heads = score_sentences(body(HEAD + TEXT + near + TEXT + head + TEXT), RUN_IN)
    assert [(one.place, one.end) for one in heads] == [(0, 7), (4, 7)]
    heads = score_sentences(body(HEAD + TEXT, near + TEXT, head + TEXT), RUN_IN)
    assert [one.place for one in heads] == [0, 4]
    assert score_sentences(body(TEXT, HEAD), RUN_IN) == []


def test_a_bold_beginning_of_a_longer_sentence_is_a_head() -> None:
    text = "**聚焦便民需求，**完善服务设施，提升服务效能，优化办事流程，方便群众办事。"
    [head] = score_sentences(body(text), RUN_IN)
    assert (head.place, head.end) == (0, 7)
    [head] = score_sentences(body(text.replace("，**", "**，")), RUN_IN)
    assert head.end == 7
    [head] = score_sentences(body(f"**{'字' * 10}**{'字' * 40}，后文继续展开说明。"), RUN_IN)
    assert head.end == 10
    [head] = score_sentences(body(f"**{'字' * 10}**{'字' * 34}，后文继续展开说明。"), RUN_IN)
    assert head.end == 45
    assert score_sentences(body(f"**一是聚焦**便民需求，{TEXT}"), RUN_IN) == []


@pytest.mark.parametrize(
    ("bodies", "style"),
    [
        ([body(HEAD + TEXT)], HeadStyle(True, False)),
        ([body(HEAD + TEXT), body(TEXT + TEXT)], HeadStyle(True, False)),
        ([body(HEAD + TEXT), body(TEXT + TEXT), body(TEXT)], HeadStyle(False, False)),
        ([body(HEAD)], HeadStyle(False, False)),
        ([], HeadStyle(False, False)),
        ([body("同时夯实。" + TEXT)], HeadStyle(False, False)),
        ([body(HEAD + TEXT, HEAD + TEXT)], HeadStyle(True, True)),
        ([body(HEAD, HEAD + TEXT)], HeadStyle(True, True)),
        ([body(HEAD + TEXT, HEAD + TEXT, TEXT)], HeadStyle(True, False)),
        ([body(HEAD + TEXT + HEAD + TEXT, HEAD + TEXT)], HeadStyle(True, True)),
        ([body(HEAD + TEXT + HEAD + TEXT + HEAD + TEXT, HEAD + TEXT)], HeadStyle(True, False)),
        ([body(f"{HEAD}{TEXT}", f"{HEAD}**压实**责任，{TEXT}")], HeadStyle(True, False)),
    ],
)
def test_how_a_plan_writes_its_heads(bodies: list[TextBody], style: HeadStyle) -> None:
    assert style_of(bodies) == style


def sections(*counts: int) -> list[TextBody]:
    return [body((HEAD + TEXT) * count, place=f"（{place}）") for place, count in enumerate(counts, 1)]


@pytest.mark.parametrize(
    ("counts", "usual"),
    [
        ((2, 2, 2, 1), 2),
        ((2, 2, 2, 3), 2),
        ((2, 2, 1), None),
        ((2, 2), None),
        ((1, 1, 1, 2), None),
        ((3, 3, 3, 3, 3, 3, 3, 2, 2, 2), 3),
        ((3, 3, 3, 3, 3, 3, 2, 2, 2), None),
    ],
)
def test_a_section_with_another_count_than_most_is_a_warning(
    counts: tuple[int, ...], usual: int | None
) -> None:
    odd = [
        [] if count == usual or usual is None else [f"找到{count}项举措，而其他专项多为{usual}项，请核对。"]
        for count in counts
    ]
    assert warned(*sections(*counts)) == odd


def test_a_section_without_heads_is_a_warning_with_its_first_line() -> None:
    without = body(OTHER_TEXT + OTHER_TEXT, place="（四）")
    assert warned(*sections(2, 2, 2), without)[-1] == ["没有找到举措标题，暂按自然段划分举措，请核对。"]
    [warning] = heads_of_bodies([*sections(2, 2, 2), without])[-1][1]
    assert (warning.place, warning.line) == ("（四）", 1)
    assert warned(without) == [[]]
    assert warned(*sections(2, 2, 2), TextBody("（四）", ())) == [[], [], [], []]


CLAUSE = "强化应急保障，加强应急物资设备的全周期管理。"


def test_clauses_built_alike_are_heads_where_the_first_sentence_begins_with_one() -> None:
    other = "强化队伍建设，针对特殊群体开展入户检查。"
    heads = found(*sections(2, 2), body(CLAUSE + TEXT + other + TEXT))
    assert heads[-1] == ["强化应急保障，", "强化队伍建设，"]
    messages = warned(*sections(2, 2), body(CLAUSE + TEXT + other + TEXT))
    assert messages[-1] == [
        f"“{head}”后面是逗号，暂按举措标题处理，请核对。" for head in ("强化应急保障，", "强化队伍建设，")
    ]
    assert warned(*sections(2, 2, 2), body(CLAUSE + TEXT + other + TEXT))[-1] == []
    mixed = body(CLAUSE + TEXT + HEAD + TEXT)
    assert found(*sections(2, 2, 2), mixed)[-1] == ["强化应急保障，", HEAD]
    assert warned(*sections(2, 2, 2), mixed)[-1] == []
    assert found(*sections(3, 3, 3), mixed)[-1] == [HEAD]
    assert found(*sections(2, 2), mixed)[-1] == [HEAD]


def test_clauses_are_no_heads_where_the_first_sentence_is_one() -> None:
    first = "强化安全生产基础，守住全部发展底线。"
    others = [f"强化{name}，针对特殊群体开展入户检查，确保安全。{TEXT}" for name in ("队伍", "机制")]
    assert found(*sections(2, 2), body(first + TEXT + "".join(others)))[-1] == [first]


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("强化队伍，", True),
        ("强化队伍建设工作，", True),
        ("强化各支队伍建设，", True),
        ("强化各支队伍建设了，", True),
        ("强化各支队伍建设工作，", False),
        ("加强队伍建设，", False),
        ("强化队，", False),
    ],
)
def test_which_clauses_are_built_alike(other: str, alike: bool) -> None:
    text = f"{CLAUSE}{TEXT}{other}针对特殊群体开展入户检查，确保安全。{TEXT}"
    assert found(*sections(2, 2), body(text))[-1] == (["强化应急保障，", other] if alike else [])


@pytest.mark.parametrize(("elaboration", "alike"), [("开展检查，排查。", True), ("开展检查，查。", False)])
def test_a_clause_that_is_a_head_is_elaborated_by_eight_characters(elaboration: str, alike: bool) -> None:
    heads = found(*sections(2, 2), body(f"{CLAUSE}{TEXT}强化队伍建设和治理工作，{elaboration}{TEXT}"))[-1]
    assert heads == []
    heads = found(*sections(2, 2), body(f"{CLAUSE}{TEXT}强化队伍，{elaboration}{TEXT}"))[-1]
    assert heads == (["强化应急保障，", "强化队伍，"] if alike else [])


@pytest.mark.parametrize(("length", "head"), [(4, True), (3, False), (15, True), (16, False)])
def test_a_clause_that_is_a_head_has_four_to_fifteen_characters(length: int, head: bool) -> None:
    clause = "强化".ljust(length, "字") + "，"
    heads = found(*sections(2, 2), body((clause + "针对特殊群体开展入户检查。" + TEXT) * 2))[-1]
    assert heads == ([clause, clause] if head else [])


@pytest.mark.parametrize(
    ("text", "marks", "runs"),
    [
        ("夯实基础。落实", (0, 5), {0: 5}),
        ("夯实基础。落实", (0,), {}),
        ("夯实。落实。坚持", (0, 6), {}),
        ("夯实。落实。坚持", (0, 6, 8), {6: 2}),
        ("夯实基础坚持依法", (0, 2, 4, 6), {0: 2, 4: 2}),
        ("夯实，坚持", (2, 5), {}),
        ("夯实  坚持", (2, 4), {}),
        ("字" * 50, (0, 45), {0: 45}),
        ("字" * 50, (0, 46), {}),
        ("字" * 50, (3, 4, 50), {3: 1}),
    ],
)
def test_bold_marks_make_pairs_around_what_could_be_a_head(
    text: str, marks: tuple[int, ...], runs: dict[int, int]
) -> None:
    assert bold_runs(text, marks) == runs


def test_a_body_is_cut_into_sentences_and_departments() -> None:
    sentences = body_of(
        "一、",
        [
            PlanParagraph("压实责任（责任单位：办公室）。控制事故。", 4, [12, 16]),
            PlanParagraph("（经发办牵头）推动发展。", 7, own_line=True),
            PlanParagraph("责任单位：办公室。经发办。", 9),
        ],
    ).sentences
    assert [(one.text, one.paragraph, one.opens_paragraph, one.line) for one in sentences] == [
        ("压实责任（责任单位：办公室）。", 0, True, 4),
        ("控制事故。", 0, False, 4),
        ("（经发办牵头）", 1, True, 7),
        ("推动发展。", 1, False, 7),
        ("责任单位：办公室。经发办。", 2, True, 9),
    ]
    assert [(one.bold, one.own_line) for one in sentences] == [
        (0, False),
        (0, False),
        (0, True),
        (0, True),
        (0, False),
    ]


FIRST = "夯实安全基础。落实安全生产治本攻坚行动，压实监督管理责任，控制各类事故发生。"
LAST = "坚持依法行政。落实法治建设规划目标，深化法制审查监督，推动法治观察点运作。"


def _plan(*middle: str) -> PlanDraft:
    sections = [
        f"（{number}）筑牢发展底线\n\n{FIRST}{middle[0] if number == '一' else ''}{LAST}"
        for number in "一二三四"
    ]
    return read_plan("青山街道办事处2026年工作计划\n\n一、强化治理\n\n" + "\n\n".join(sections))


def _titles(plan: PlanDraft) -> list[str]:
    return [measure.title for measure in plan.parts[0].sections[0].measures]


def test_brief_sentences_that_are_elaborated_are_heads() -> None:
    assert _titles(_plan("")) == ["夯实安全基础", "坚持依法行政"]


@pytest.mark.parametrize(
    "sentence",
    [
        "认真落实退役军人事务工作。",
        "新建消防站点3个。",
        "一是开展隐患排查。",
        "做好区党代会期间华阳团的各项服务保障工作和代表选举工作，确保顺利。",
    ],
)
def test_other_sentences_stay_in_their_measure(sentence: str) -> None:
    plan = _plan(sentence)
    assert _titles(plan) == ["夯实安全基础", "坚持依法行政"]
    assert sentence in plan.parts[0].sections[0].measures[0].text


@pytest.mark.parametrize(
    "head",
    [
        "**强化应急保障。**",
        "**强化应急保障**。",
        "**强化**应急保障。",
        "**强化应急保障，**",
        "**强化应急保障。",
    ],
)
def test_bold_marks_around_before_or_inside_the_head(head: str) -> None:
    plan = _plan(f"{head}加强应急物资设备的全周期管理，针对特殊群体开展入户检查。")
    assert _titles(plan) == ["夯实安全基础", "强化应急保障", "坚持依法行政"]


def test_a_section_with_another_count_is_a_warning_with_its_place() -> None:
    (warning,) = _plan("**强化应急保障。**加强应急物资设备的全周期管理，开展入户检查。").warnings
    assert warning.place == "一、（一）筑牢发展底线"
    assert "3项举措" in warning.message


def test_clauses_are_no_heads_where_a_head_opens_the_section() -> None:
    opening, later = (
        "聚焦便民利民服务，优化窗口办事流程。",
        "聚焦企业发展需求，落实各项惠企政策并定期走访重点企业了解困难。",
    )
    sections = (body(opening + TEXT + later + TEXT), *[body(HEAD + TEXT)] * 3)
    assert found(*sections)[0] == [opening]


def test_clauses_are_no_heads_where_the_section_opens_in_bold() -> None:
    elaborated = "全面完成既定的各项目标和要求。"
    opening = sentence(f"推进招商，{elaborated}", bold=len("推进招商，"))
    others = (sentence(f"推进{matter}，{elaborated}", opens=False) for matter in ("改革", "建设"))
    assert found(TextBody("一、", (opening, *others))) == [["推进招商，"]]
