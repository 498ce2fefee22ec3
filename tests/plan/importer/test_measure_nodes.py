"""Which paragraphs under the lowest heads are measures: those with a head, with departments, or all of them."""

from __future__ import annotations

import pytest

from app.plan.importer import read_plan
from app.plan.importer.outline import LONGEST_HEAD, TextSpan
from app.plan.importer.paragraph_heads import paragraph_head_end
from app.plan.importer.paragraphs import PlanParagraph

TITLE = "青山街道2026年重点工作安排"
LONG = "围绕年度目标细化分解任务，建立台账，逐项推进，定期通报进展情况，确保各项任务落到实处。"
FIRST = "围绕年度目标细化分解任务，建立台账"
DUTY = "（责任单位：党政办）"
HEADED = (
    *("一、抓经济", f"抓好招商。{LONG}", f"服务企业。{LONG}"),
    *("二、抓城管", f"整治市容。{LONG}", f"提升绿化。{LONG}"),
)
LED_IN = (*HEADED[:1], LONG, *HEADED[1:4], LONG, *HEADED[4:])


def measures_of(*lines: str, part: int = -1) -> list[str]:
    """The titles of the measures of a part, the last by default."""
    return [one.title for one in read_plan("\n".join((TITLE, *lines))).parts[part].all_measures()]


@pytest.mark.parametrize(
    ("first", "others", "is_measure"),
    [
        ("字" * 9, ("抓好招商", "服务企业"), True),
        ("字" * 10, ("抓好招商", "服务企业"), False),  # more than twice as long
        ("打铁必须自身硬", ("坚持政治引领，打造忠诚政府", "坚持依法行政，打造法治政府"), True),
        ("打铁必须自身硬", ("坚持政治引领", "坚持依法行政", "坚持从严治政"), False),
        ("打铁必须自身硬", ("坚持政治引领", "坚持依法行政", "坚持从严治政办事"), False),
        (
            "打铁必须自身硬",
            ("坚持政治引领", "坚持依法行政", "坚持从严治政办好事"),
            True,
        ),  # not alike in length
        ("打铁必须自身硬", ("坚持政治引领", "坚持依法行政", "坚决从严治政"), True),
        ("打铁必须自身硬", ("坚持政治引领", "坚持依法行政", "坚持从严，治政"), True),
        ("坚持人民至上", ("坚持政治引领", "坚持依法行政", "坚持从严治政"), True),
        ("坚持人民", ("坚持政治引领", "坚持依法行政", "坚持从严治政"), True),
    ],
)
def test_an_opening_statement_is_unlike_the_heads_below_it(
    first: str, others: tuple[str, ...], is_measure: bool
) -> None:
    text = [f"{head}。{LONG}" for head in (first, *others)]
    assert measures_of(*HEADED, "三、抓自身", *text) == [*([first] if is_measure else []), *others]


def test_one_head_among_several_paragraphs_is_none() -> None:
    assert measures_of(*HEADED, "三、抓民生", f"办好实事。{LONG}", f"各位代表！{LONG}") == ["办好实事"]
    headless = [FIRST, "办好实事", FIRST]
    assert measures_of(*HEADED, "三、抓民生", LONG, f"办好实事。{LONG}", LONG) == headless


def test_paragraphs_without_heads_are_measures_where_most_siblings_hold_some_with_heads() -> None:
    assert measures_of(*HEADED, "三、抓民生", f"{LONG}{LONG}") == [FIRST]
    assert measures_of(*HEADED, f"三、抓民生。{LONG}", LONG) == [FIRST]
    assert measures_of(*HEADED, f"三、抓民生。{LONG}") == ["抓民生"]
    few = ("一、抓经济", LONG, "二、抓城管", LONG, "三、抓民生", f"办好实事。{LONG}")
    assert measures_of(*few) == ["抓经济", "抓城管", "抓民生"]


@pytest.mark.parametrize(
    ("head", "is_head"),
    [
        ("字" * 34 + "。", True),
        ("字" * 35 + "。", False),
        ("办好实事！", True),
        ("办好实事？", False),
        ("2026年办好实事。", False),
        ("办好实事3件。", True),
        ("全年办好实事。", False),
        ("到2026年办好实事。", False),
        ("同时，办好实事。", False),
        ("办实事，解难题，惠民生。", True),
        ("办实事，解难题，惠民生，暖民心。", False),
        ("责任单位：党政办。", False),
        ("**办好实事**", True),
        ("**" + "字" * 44 + "**", True),
        ("【办好实事】", True),
    ],
)
def test_what_can_be_the_head_of_a_paragraph(head: str, is_head: bool) -> None:
    found = measures_of(*LED_IN, "三、抓民生", f"{head}{LONG}", f"抓好教育。{LONG}")
    assert len(found) == (2 if is_head else 1)


def test_what_follows_a_head_elaborates_it() -> None:
    assert (
        measures_of(*HEADED, "三、抓民生", "办好实事。" + "字" * 7 + "。", f"抓好教育。{LONG}")[0]
        == "办好实事"
    )
    assert (
        measures_of(*HEADED, "三、抓民生", "办好实事。" + "字" * 6 + "。", f"抓好教育。{LONG}")[0]
        == "抓好教育"
    )


@pytest.mark.parametrize(
    ("stated", "plain", "measures"),
    [(2, 0, 2), (2, 2, 2), (2, 3, 0), (1, 0, 0), (3, 1, 3)],
)
def test_paragraphs_that_each_name_departments_are_measures(stated: int, plain: int, measures: int) -> None:
    text = [f"其{number}，{LONG}{DUTY}" for number in range(stated)] + [f"又{LONG}"] * plain
    found = measures_of("一、抓经济", *text, "二、抓城管", LONG, part=0)
    assert found == ["抓经济", "抓城管"] if not measures else len(found) == measures


def test_a_paragraph_without_departments_belongs_to_the_one_above() -> None:
    text = (f"引导{LONG}", f"甲，{LONG}{DUTY}", f"后续{LONG}", f"乙，{LONG}{DUTY}")
    plan = read_plan("\n".join((TITLE, "一、抓经济", *text)))
    first, second = plan.measures()
    assert plan.parts[0].text == f"引导{LONG}"
    assert first.text.endswith(f"后续{LONG}")
    assert "后续" not in second.text


@pytest.mark.parametrize(
    ("labelled", "others", "is_field"), [(2, 1, True), (2, 2, False), (3, 2, True), (1, 0, False)]
)
def test_paragraphs_with_the_labels_of_most_measures_are_its_fields(
    labelled: int, others: int, is_field: bool
) -> None:
    fields = (f"工作目标：引进企业。{LONG}", f"主要措施：建立台账。{LONG}")
    bodies = [fields] * labelled + [(f"建立台账。{LONG}", f"逐项推进。{LONG}")] * others
    lines = [
        line
        for number, body in zip("一二三四五", bodies, strict=False)
        for line in (f"{number}、抓好第{number}项", *body)
    ]
    assert ("抓好第一项" in measures_of(*lines, part=0)) is is_field


@pytest.mark.parametrize(
    ("lines", "measures"),
    [
        ((f"甲，{LONG}", f"乙，{LONG}"), ["甲", "乙"]),
        (("现将重点工作安排如下：", f"甲，{LONG}", f"乙，{LONG}"), ["甲", "乙"]),
        ((f"甲，{LONG}", "重点如下：", f"乙，{LONG}"), ["甲", "重点如下", "乙"]),
        ((f"甲，{LONG}", "责任单位：党政办", f"乙，{LONG}"), ["甲", "乙"]),
        ((f"甲，{LONG}", f"乙，{LONG}", "重点如下："), ["甲", "乙", "重点如下"]),
    ],
)
def test_in_a_text_without_heads_every_paragraph_is_a_measure(
    lines: tuple[str, ...], measures: list[str]
) -> None:
    assert measures_of(*lines) == measures


def test_parts_of_paragraphs_alone_are_divided_into_them() -> None:
    several = (f"其一{LONG}", f"其二{LONG}")
    assert len(measures_of("一、抓经济", *several, "二、抓城管", *several, "三、抓民生", *several)) == 2
    assert len(measures_of("一、抓经济", *several, "二、抓城管", *several, "三、抓民生", LONG)) == 1
    whole = ["抓经济", "抓城管", "抓民生"]
    assert measures_of("一、抓经济", LONG, "二、抓城管", LONG, "三、抓民生", *several) == whole
    assert (
        measures_of("一、抓经济", *several, "二、抓城管", *several, f"三、抓民生。{LONG}", *several) == whole
    )


def test_a_paragraph_that_begins_with_its_departments_is_a_measure() -> None:
    text = [f"{DUTY}{number}，{LONG}" for number in "甲乙"]
    found = list(read_plan("\n".join((TITLE, "一、抓经济", *text, "二、抓城管", LONG))).parts[0].measures)
    assert [LONG in one.heading + one.text for one in found] == [True, True]
    assert all(one.title for one in found)


@pytest.mark.parametrize(
    ("marks", "end"),
    [
        ((0, 6), 8),
        ((0, LONGEST_HEAD + 10), LONGEST_HEAD + 10),
        ((0, LONGEST_HEAD + 11), 0),
        ((1, 6), 0),
        ((0,), 0),
        ((), 0),
    ],
)
def test_bold_type_at_the_start_of_a_paragraph_is_its_head(marks: tuple[int, ...], end: int) -> None:
    text = "全力服务企业：，" + "字" * 2 * LONGEST_HEAD
    assert paragraph_head_end(TextSpan(PlanParagraph(text, 1, [*marks]), 0, len(text))) == end


@pytest.mark.parametrize(
    ("head", "is_head"),
    [
        ("整治市容。", True),
        ("整治市容", False),  # a head without an end is another habit
        ("整治市容。提升绿化。", False),
        ("今年整治违建50处。", False),
        (f"{'整治市容' * 9}。", False),
    ],
)
def test_heads_that_are_paragraphs_of_their_own_leave_the_text_below_whole(head: str, is_head: bool) -> None:
    text = f"做好摸底。{LONG}抓实整改。{LONG}"
    parts = [("一、抓经济", "抓好招商。", "服务企业。"), ("二、抓民生", "办好助餐。", "改造道路。")]
    lines = [
        line for part, *heads in parts for line in (part, *(one for own in heads for one in (own, text)))
    ]
    lines += ["三、抓城管", "提升绿化。", text, head, text]
    assert measures_of(*lines) == ["提升绿化", head.rstrip("。")][: 1 + is_head]


def test_a_part_that_holds_purposes_is_none_to_report_on() -> None:
    tasks = f"1.抓好招商。{LONG}\n2.服务企业。{LONG}"
    purposes = f"（一）指导思想。{LONG}\n（二）发展定位。{LONG}\n（三）工作原则。{LONG}"
    plan = read_plan(f"{TITLE}\n一、统领全局工作\n{purposes}\n二、抓经济\n{tasks}")
    assert [part.reporting for part in plan.parts] == [False, True]


SECTIONS = ("一、抓经济", "（一）服务企业", "{}", "{}", "（二）抓好招商", "{}", "{}", "二、抓城管", LONG)


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([LONG], 4),  # one sentence each
        ([f"{LONG}{LONG}"], 2),
        ([f"{LONG}{LONG}\n责任单位：党政办"], 4),
        ([f"{LONG}{LONG}\n责任单位：党政办", LONG], 2),
    ],
)
def test_which_paragraphs_of_sections_are_measures(texts: list[str], count: int) -> None:
    lines = "\n".join(SECTIONS).format(*texts * 4).splitlines()
    assert len(measures_of(*lines, part=0)) == count


def test_each_measure_begins_at_its_name_where_fields_of_several_stand_under_a_head() -> None:
    fields = "任务名称：{}\n工作内容：压实责任，年内建成\n责任单位：{}\n完成时限：全年"
    sections = (fields.format("建设医疗中心", "医政科"), fields.format("扩大服务供给", "基层科"))
    plan = read_plan("\n".join((TITLE, "一、抓医疗", *sections, "二、抓预防", *sections)))
    assert [(one.number, one.title, one.lead, one.deadline) for one in plan.parts[0].all_measures()] == [
        ("1", "建设医疗中心", ("医政科",), "全年"),
        ("2", "扩大服务供给", ("基层科",), "全年"),
    ]
    once = read_plan("\n".join((TITLE, "一、抓医疗", sections[0], "二、抓预防", sections[1])))
    assert [one.title for one in once.measures()] == ["抓医疗", "抓预防"]


def test_departments_of_the_last_measure_sign_no_plan() -> None:
    plan = read_plan(
        f"{TITLE}\n一、抓就业。{LONG}\n主责单位：人社局\n协办单位：总工会\n滨湖区人民政府\n2026年1月22日"
    )
    assert [(one.lead, one.support) for one in plan.measures()] == [(("人社局",), ("总工会",))]
    assert plan.closing == "滨湖区人民政府\n2026年1月22日"


def test_short_sentences_are_cut_as_their_longer_siblings_are() -> None:
    long = "1.完善楼宇企业走访服务机制，全年走访重点企业二百家，解决企业实际困难。"
    assert measures_of("一、抓经济", long, "2.整治街巷，改造小区五个。") == [
        "完善楼宇企业走访服务机制",
        "整治街巷",
    ]
    assert measures_of("一、抓经济", long, "2.整治街巷，改造小区。") == [
        "完善楼宇企业走访服务机制",
        "整治街巷，改造小区",
    ]
    short = ("2.整治街巷，改造小区五个。", "3.提升绿化，新建公园两处。")
    assert measures_of("一、抓经济", long, *short)[1:] == [one[2:-1] for one in short]


def test_paragraphs_behind_those_with_heads_are_measures_where_they_say_work() -> None:
    headed = (*HEADED, "三、抓民生", f"办好实事。{LONG}", f"扩大就业。{LONG}")
    for headless, titles in (
        ([f"加强社会保障工作，{LONG}"], ["加强社会保障工作"]),
        (["继续办好十件实事。", f"各位代表！{LONG}"], ["继续办好十件实事"]),
        ([f"社保是民生之基。{LONG}", f"培养人才。{LONG}"], ["社保是民生之基", "培养人才"]),
        ([f"社保是民生之基。{LONG}加强和改进"], ["社保是民生之基"]),
        ([f"加强社会保障工作，{LONG}", f"提高养老水平，{LONG}"], ["加强社会保障工作", "提高养老水平"]),
        (["今年，我们将继续办好十件实事，改善民生。"], ["今年，我们将继续办好十件实事"]),
    ):
        assert measures_of(*headed, *headless)[2:] == titles
    talk = (
        "内需市场，一头连着发展，一头连着民生。我们要",
        "绿水青山是金山银山。我们要",
        "实现上述目标，我们必须牢记神圣使命，紧扣发展主题，勇于担当，锐意进取，潜心实干。",
    )
    for no_measure in (*talk, "各位代表！", "同时，", "今年6月前完成。"):
        assert measures_of(*headed, no_measure + LONG)[2:] == []


def test_what_follows_heads_in_most_sections_is_text_of_theirs() -> None:
    behind = f"加强社会保障工作，{LONG}"
    headed = (
        *HEADED[:3],
        behind,
        *HEADED[3:],
        behind,
        "三、抓民生",
        f"办好实事。{LONG}",
        f"扩大就业。{LONG}",
    )
    assert measures_of(*headed, behind) == ["办好实事", "扩大就业"]


def test_a_maxim_where_a_paragraph_leads_to_the_heads_elsewhere_is_no_head() -> None:
    heads, titles = (f"办好实事。{LONG}{LONG}", f"扩大就业。{LONG}{LONG}"), ["办好实事", "扩大就业"]
    for first, sections, is_head in (
        (f"民惟邦本。{LONG}", LED_IN, False),
        (f"民惟邦本。{LONG}", HEADED, True),
        (f"改善民生。{LONG}", LED_IN, True),
        (f"民惟邦本。{LONG}{LONG}", LED_IN, True),
    ):
        assert measures_of(*sections, "三、抓民生", first, *heads) == [first[:4]] * is_head + titles


def test_a_paragraph_before_those_with_heads_is_a_measure_where_it_says_as_much() -> None:
    heads, titles = (f"办好实事。{LONG}", f"扩大就业。{LONG}"), ["办好实事", "扩大就业"]
    for first, sections, is_measure in (
        (f"加强社会保障工作，{LONG}", HEADED, True),
        (f"加强社会保障工作，{LONG}", LED_IN, False),
        ("加强社会保障工作，提高养老水平。", HEADED, False),
        (f"民生工作提出了更高要求，{LONG}", HEADED, False),
    ):
        found = measures_of(*sections, "三、抓民生", first, *heads)
        assert found == ["加强社会保障工作"] * is_measure + titles


def test_labels_are_heads_where_most_paragraphs_have_one() -> None:
    texts = [f"{label}：{LONG}" for label in ("抓好“四个一批”", "做好四篇文章", "注重四种形式")]
    titles = ["抓好“四个一批”", "做好四篇文章", "注重四种形式"]
    assert measures_of(*HEADED, "三、抓项目", *texts, f"强化责任。{LONG}") == [*titles, "强化责任"]
    spoken = [
        f"{words}：{LONG}"
        for words in ("今年工作的总体要求是", "全街经济发展的目标是", "全年工作的着力点仍是")
    ]
    assert len(measures_of(*HEADED, "三、抓项目", *spoken, f"强化责任。{LONG}", f"优化服务。{LONG}")) == 2


def test_the_text_below_a_head_that_is_a_paragraph_is_no_measure() -> None:
    texts = ("抓好招商。", f"加强社会保障工作，{LONG}", "服务企业。", f"提高养老水平，{LONG}")
    assert measures_of("一、抓经济", *texts) == ["抓好招商", "服务企业"]


def test_heads_that_stand_by_turns_with_their_text_in_most_chapters_are_measures() -> None:
    turns = f"抓好招商。{LONG}服务企业。{LONG}"
    chapters = [
        f"（{number}）{head}。" for number, head in zip("一二三", ("抓经济", "抓城管", "抓民生"), strict=True)
    ]
    for texts, titles in (
        ([turns, turns, f"抓好招商。{LONG}服务企业。办好3件实事。"], ["抓好招商", "服务企业"] * 3),
        ([turns, turns, LONG], ["抓经济", "抓城管", "抓民生"]),
        ([turns, turns, f"{LONG}{LONG}"], ["抓经济", "抓城管", "抓民生"]),
    ):
        lines = [chapter + text for chapter, text in zip(chapters, texts, strict=True)]
        assert measures_of("一、重点任务", *lines, part=0) == titles
