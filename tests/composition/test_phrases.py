"""Shares, names, marks and numbers as official Chinese writes them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import FieldProblems
from app.base.text import quoted_title
from app.composition.kinds import quarterly, reading_sheet, spec_of, summary
from app.composition.particulars import (
    IssuingOrganisation,
    Particulars,
    read_names,
    read_number,
    usual_particulars,
)
from app.composition.phrases import (
    count_words,
    own_words,
    percent_words,
    says_nothing,
    unspaced_title,
)
from app.composition.rules import DocumentKind
from tests.drafting.sample_documents import hanzi_and_figures


@pytest.mark.parametrize(
    ("count", "total", "share"),
    [(38, 45, "84.4%"), (1, 2, "50%"), (3, 43, "7.0%"), (1, 8, "12.5%"), (10, 40, "25.0%")],
)
def test_all_shares_of_a_total_have_as_many_decimals(count: int, total: int, share: str) -> None:
    assert percent_words(count, total) == share


def test_shares_that_are_read_together_have_them_too() -> None:
    entries = [("能够完成", 25), ("有困难但能完成", 12), ("不能完成", 4)]
    assert (
        count_words(entries, 41) == "能够完成25项，占61.0%；有困难但能完成12项，占29.3%；不能完成4项，占9.8%"
    )
    assert count_words([("红灯", 5), ("绿灯", 15)], 20) == "红灯5项，占25%；绿灯15项，占75%"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("完成走访,形成清单", "完成走访，形成清单。"),
        ("分三类:楼宇、园区;老洋房", "分三类：楼宇、园区；老洋房。"),
        ("新增3家(含园区1家)。", "新增3家（含园区1家）。"),
        ("占全年的45.5%,合1,200平方米", "占全年的45.5%，合1,200平方米。"),
        ("“No.1 创新空间”已开放", "“No.1 创新空间”已开放。"),
        ("下一步继续推进，", "下一步继续推进。"),
    ],
)
def test_marks_become_full_width_and_the_last_sentence_ends(typed: str, printed: str) -> None:
    assert own_words(typed) == printed


@given(st.text(alphabet="走访企业家三季度0123456789,;:?!()（），。“” \n", min_size=1).filter(str.strip))
def test_a_departments_words_and_figures_are_never_touched(text: str) -> None:
    assert hanzi_and_figures(own_words(text)) == hanzi_and_figures(text)


@pytest.mark.parametrize("text", ["", "无", "无。", " 暂无。 ", "没有"])
def test_nothing_is_recognised_in_the_ways_that_people_write_it(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing("无障碍设施不足。")


def test_titles_are_closed_up_and_their_own_marks_become_single() -> None:
    assert unspaced_title("华阳路街道 2026 年工作计划") == "华阳路街道2026年工作计划"
    assert quoted_title("夯实“蓄水池”") == "“夯实‘蓄水池’”"


@pytest.mark.parametrize(
    "typed", ["示街〔2026〕12号", "示街[2026]12号", " 示街【2026】 12 号 ", "示街(2026)12号"]
)
def test_a_number_is_understood_with_any_brackets(typed: str) -> None:
    assert str(read_number(typed, year=2026)) == "示街〔2026〕12号"


@pytest.mark.parametrize(
    "typed", ["12", "示街〔2026〕第12号", "示街〔2026〕012号", "示街〔26〕12号", "示街〔2026〕12"]
)
def test_a_wrong_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(FieldProblems) as refusal:
        read_number(typed, year=2026)
    assert "〔2026〕12号”的样子" in refusal.value.fields["number"]


def test_a_number_of_another_year_is_refused() -> None:
    with pytest.raises(FieldProblems) as refusal:
        read_number("示街〔2025〕12号", year=2026)
    assert "2025年" in refusal.value.fields["number"]


def test_the_head_of_the_administration_signs_not_a_deputy() -> None:
    leaders = (
        SimpleNamespace(name="林", post="党工委书记", is_acting=False),
        SimpleNamespace(name="程", post="办事处副主任", is_acting=False),
        SimpleNamespace(name="顾", post="党工委副书记、办事处主任", is_acting=False),
    )
    usual = usual_particulars(
        IssuingOrganisation("示例街道办事处", leaders=leaders), date(2026, 10, 9), quarterly.SPEC
    )
    assert (usual.signers, usual.issuers, usual.office) == (
        ("顾",),
        ("示例街道办事处",),
        "示例街道党政办公室",
    )


def test_where_nobody_heads_the_administration_its_acting_head_signs() -> None:
    leaders = (
        SimpleNamespace(name="林", post="党工委书记", is_acting=True),
        SimpleNamespace(name="程", post="办事处副主任", is_acting=False),
        SimpleNamespace(name="叶", post="办事处副主任", is_acting=True),
    )
    organisation = IssuingOrganisation("示例街道办事处", leaders=leaders)
    assert usual_particulars(organisation, date(2026, 10, 9), quarterly.SPEC).signers == ("叶",)


def test_what_stays_inside_is_signed_by_its_office() -> None:
    organisation = IssuingOrganisation("示例街道办事处")
    for spec in (summary.SPEC, reading_sheet.SPEC):
        assert usual_particulars(organisation, date(2026, 10, 9), spec).issuers == ("示例街道党政办公室",)


@pytest.mark.parametrize(
    ("kind", "recipient"),
    [
        (DocumentKind.QUARTERLY, "示例区人民政府"),
        (DocumentKind.YEARLY, "示例区人民政府"),
        (DocumentKind.CIRCULAR, "各部门、各居民区"),
        (DocumentKind.SUMMARY, "街道党工委、办事处"),
        (DocumentKind.READING_SHEET, ""),
    ],
)
def test_reports_go_up_to_the_superior(kind: DocumentKind, recipient: str) -> None:
    organisation = IssuingOrganisation("示例街道办事处", "示例区人民政府")
    assert usual_particulars(organisation, date(2026, 10, 9), spec_of(kind)).recipient == recipient


PARTY, ADMINISTRATION = "中共示例街道工作委员会", "示例街道办事处"
WORDS = {PARTY: "示街工委", ADMINISTRATION: "示街"}
NOT_REGISTERED = (
    f"还没有登记{ADMINISTRATION}的代字。请先登记发文机关和代字：flask org issuer {ADMINISTRATION} 代字。"
)
NO_WORD = "代字只写汉字，不写括号、数字和“号”，例如“示街”；年份和序号在印发时自动编定。"


@pytest.mark.parametrize(
    ("issuers", "words", "word"),
    [
        ((PARTY, ADMINISTRATION), WORDS, "示街工委"),
        ((ADMINISTRATION, PARTY), WORDS, "示街"),
        ((ADMINISTRATION,), {}, ""),
    ],
)
def test_a_numbers_word_is_that_of_the_host(
    issuers: tuple[str, ...], words: dict[str, str], word: str
) -> None:
    assert IssuingOrganisation("示例街道办事处", words=words).word_of(issuers) == word


@pytest.mark.parametrize(
    ("issuers", "word", "problem"),
    [
        (
            (PARTY, ADMINISTRATION),
            "示街",
            f"“示街”是{ADMINISTRATION}的代字。主办机关是{PARTY}，发文机关代字请填“示街工委”。",
        ),
        ((PARTY, ADMINISTRATION), "示街工委", ""),
        ((ADMINISTRATION,), "示街函", ""),
        (
            (ADMINISTRATION,),
            "",
            NOT_REGISTERED,
        ),
        (("示例街道消防站",), "示街", ""),
        *(
            ((ADMINISTRATION,), word, NO_WORD)
            for word in ("示街〔2026〕第1号", "示街1", "示街号", "示 街", "SJ")
        ),
    ],
)
def test_another_organs_word_and_what_is_no_word_are_refused(
    issuers: tuple[str, ...], word: str, problem: str
) -> None:
    particulars = Particulars(issuers, "各部门", (), date(2026, 10, 9), word=word)
    assert particulars.word_problem(WORDS) == problem


def test_names_are_separated_however_people_do_it() -> None:
    assert read_names("区委办公室，区政府办公室、区政协。\n") == ("区委办公室", "区政府办公室", "区政协")
