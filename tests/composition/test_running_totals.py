"""What an earlier quarter says that a later one has summed up; what would be lost with it stays."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.composition.chapters.progress import accepted_texts
from app.composition.running_totals import RunningTotals
from app.composition.scope import read_scope
from app.periods.rules import Quarter
from tests.drafting.sample_documents import CASES, measure_facts


def rest_of(earlier: str, later: str, *, of: int = 2, by: int = 3) -> str:
    totals = RunningTotals()
    totals.add(later, Quarter(2026, by))
    return totals.rest_of(earlier, Quarter(2026, of))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("举办“硅巷早餐会”6场。", "“硅巷早餐会”累计举办13场，二季度开设2个专场。"),
        ("“硅巷早餐会”累计举办13场。", "“硅巷早餐会”全年计划20场，至9月底已举办21场，企业反响好。"),
        ("走访企业66家，举办活动3场。", "今年以来，走访企业70家，新增线索5条，举办活动3场。"),
        ("走访企业66家、楼宇12栋。", "累计走访企业80家、楼宇12栋，服务前移。"),
        ("二季度走访企业66家，继续推进。", "前三季度走访企业120家，全部建档。"),
        ("6月走访企业66家，全部建档。", "截至9月底走访企业120家，全部建档。"),
        ("累计走访企业66家。", "累计走访企业60家。"),
        ("检查场所59家次，整改率97.1%。", "1至9月检查场所106家次，整改率98.2%。"),
    ],
)
def test_a_count_that_a_later_quarter_sums_up_is_held(earlier: str, later: str) -> None:
    assert not rest_of(earlier, later)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("走访企业66家。", "走访企业70家。"),
        ("走访企业66家。", "累计走访企业60家。"),
        ("走访企业66家。", "累计走访企业70户。"),
        ("走访企业66家。", "累计走访居民70家。"),
        ("走访企业66家。", "全年计划走访企业70家。"),
        ("走访企业66家。", "三季度累计走访企业70家。"),
        ("走访企业66家。", "7至9月累计走访企业70家。"),
        ("走访企业66家。", "2024年以来累计走访企业700家。"),
        ("走访企业66家。", "上半年走访企业70家。"),
        ("走访企业66家。", "今年以来情况平稳，三季度走访企业70家。"),
        ("走访企业66家。", "累计签约9家，走访企业70家。"),
        ("走访企业66家，其中重点企业9家。", "累计走访企业70家。"),
        ("走访企业66家，全部建档，签约率8%。", "累计走访企业70家。"),
        ("走访企业66家、楼宇12栋。", "累计走访企业70家。"),
        ("围绕重点产业，走访企业66家。", "累计走访企业70家。"),
        ("展览、讲座和早餐会6场，反响好。", "今年以来讲座和早餐会9场。"),
        ("《企业走访（累计走访企业66家，下同）工作方案》印发。", "累计走访企业70家。"),
        ("计划走访企业66家。", "累计走访企业70家。"),
        ("满意度达到95%。", "今年以来满意度达到96%。"),
        ("全部建档。", "今年以来走访企业70家，未建档2家。"),
    ],
)
def test_what_says_something_else_stays(earlier: str, later: str) -> None:
    assert rest_of(earlier, later) == earlier


@pytest.mark.parametrize(
    ("earlier", "later", "rest"),
    [
        ("走访企业66家，签约3家。", "累计走访企业70家。", "签约3家。"),
        ("与园区建立合作机制，走访企业66家。", "累计走访企业70家。", "与园区建立合作机制。"),
        ("印发方案，走访企业66家、楼宇9栋，签约3家。", "累计走访企业70家、楼宇9栋。", "印发方案，签约3家。"),
        ("走访企业66家，签约3家；建成展厅1个。", "累计走访企业70家，签约4家。", "签约3家；建成展厅1个。"),
        ("楼宇方面：累计走访企业66家，签约3家。", "累计走访企业70家。", "楼宇方面：签约3家。"),
        ("上半年走访企业66家，签约3家。", "前三季度走访企业70家，签约率高。", "上半年签约3家。"),
        ("6月底走访企业66家，签约3家。", "累计走访企业70家。", "至6月底签约3家。"),
        ("“早餐会”累计举办6场，邀请机构9家。", "“早餐会”累计举办9场。", "“早餐会”邀请机构9家。"),
        ("举办“早餐会”6场，邀请机构9家。", "“早餐会”累计举办9场。", "邀请机构9家。"),
    ],
)
def test_a_count_that_is_summed_up_is_left_out_of_its_sentence(earlier: str, later: str, rest: str) -> None:
    assert rest_of(earlier, later) == rest


THINGS = ("走访企业{}家", "拆除违建{}平方米", "“早餐会”{}场")
NUMBERS = st.integers(1, 99)
OWN = st.builds(str.format, st.sampled_from(THINGS), NUMBERS)
SUMMED_UP = st.builds("{}{}".format, st.sampled_from(("累计", "今年以来")), OWN)
STANDING = st.sampled_from(("印发方案", "与园区建立合作机制", "建成展厅2个", "新增线索5条"))
LEANING = ("其中重点企业3家", "全部建档", "并形成清单")
LEADING = ("围绕重点产业", "安全生产方面")


def sentences(*clauses: SearchStrategy[str], marks: str = "，，；、") -> SearchStrategy[str]:
    """Return sentences of such clauses in any order, joined by any of the marks."""
    joined = st.lists(
        st.builds("{}{}".format, st.sampled_from(marks), st.one_of(*clauses)), min_size=1, max_size=5
    )
    return joined.map(lambda found: "".join(found)[1:] + "。")


def clauses_in(text: str) -> list[str]:
    return [one for one in re.split("[，；、。]", text) if one]


def things_in(text: str) -> set[str]:
    """Return what a text counts up to its day."""
    return {one for one in THINGS if re.search(f"(?:累计|今年以来){one.format(r'[0-9]+')}", text)}


@given(
    sentences(OWN, SUMMED_UP, STANDING, st.sampled_from(LEANING + LEADING)), sentences(SUMMED_UP, STANDING)
)
@example("走访企业6家，印发方案。", "累计走访企业9家。")
def test_nothing_is_left_out_but_what_a_later_quarter_says(earlier: str, later: str) -> None:
    stays = iter(clauses_in(rest_of(earlier, later)))
    expected, left_out = next(stays, ""), []
    for words in clauses_in(earlier):
        if expected and expected.endswith(words):
            expected = next(stays, "")
        else:
            left_out.append(words)
    assert not expected
    things = {
        re.sub("[0-9]+", "{}", re.sub("累计|今年以来", "", words)) for words in left_out if words not in later
    }
    assert things <= things_in(later)


@given(sentences(SUMMED_UP, STANDING, marks="，；"), sentences(SUMMED_UP, STANDING))
def test_a_later_quarter_alone_says_how_many_there_are_so_far(earlier: str, later: str) -> None:
    assert not things_in(rest_of(earlier, later)) & things_in(later)


def test_a_year_tells_a_cumulative_figure_once() -> None:
    report = replace(
        measure_facts(1, CASES[0]).report, quarter=Quarter(2026, 4), progress="早餐会累计举办21场，效果好。"
    )
    earlier = tuple(
        replace(report, quarter=Quarter(2026, number), progress=text)
        for number, text in ((1, "举办早餐会6场。建成展厅1个。"), (2, "早餐会累计举办13场。"))
    )
    measure = replace(measure_facts(1, CASES[0]), report=report, earlier=earlier)
    assert accepted_texts(measure, read_scope("2026")) == [
        "一季度，建成展厅1个。早餐会累计举办21场，效果好。"
    ]


@pytest.mark.parametrize(
    ("last", "start"),
    [
        ("早餐会累计举办21场。", "一季度，建成展厅1个。早餐会累计举办21场。"),
        ("举办早餐会21场。", "一季度，举办早餐会6场"),
    ],
)
def test_a_year_picks_of_an_earlier_quarter_what_was_not_summed_up_later(last: str, start: str) -> None:
    report = measure_facts(1, CASES[0]).report
    assert report is not None
    first = f"举办早餐会6场，现场收集研发补贴等问题43个，{'参加企业反响好，' * 5}当场解答35个。建成展厅1个。"
    earlier = (replace(report, quarter=Quarter(2026, 1), progress=first),)
    final = replace(report, quarter=Quarter(2026, 4), progress=last)
    (text,) = accepted_texts(
        replace(measure_facts(1, CASES[0]), report=final, earlier=earlier), read_scope("2026")
    )
    assert text.startswith(start)
