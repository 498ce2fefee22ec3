"""Title, addressee, 签发人, annexes, captions, note, ends of paragraphs, length."""

from dataclasses import replace

import pytest

from reports.lint import Context, Severity
from reports.model import (
    Annex,
    Direction,
    DocumentNumber,
    Enclosure,
    LetterMasthead,
    Masthead,
    OfficialDocument,
    Paragraph,
)
from tests.reports import samples
from tests.reports.lint.cases import (
    UPWARD,
    downward,
    mended,
    of_rule,
    quotes,
    text_of,
    with_text,
    with_title,
)

LETTER = replace(UPWARD, masthead=LetterMasthead("华阳路街道办事处", DocumentNumber("华街", 2026)))
BROKEN_TITLES = [
    ("title-kind", "华阳路街道2026年工作计划"),
    ("title-kind", "关于第三季度工作情况的汇报"),
    ("title-end-mark", "关于第三季度工作情况的报告。"),
    ("title-inner-mark", "深化治理，推进工作的报告"),
    ("title-repetition", "关于转发关于做好填报工作的通知"),
    ("title-repetition", "转发工作规则的通知的通知"),
    ("title-link", "华阳路街道办事处关于\n第三季度工作情况报告"),
    ("title-lines", "关于" + "进一步加强社区治理和服务体系建设" * 5 + "的报告"),
    ("title-lines", "甲\n乙\n丙\n关于工作的报告"),
    ("title-shape", "华阳路街道办事处关于第三季度\n工作计划\n推进情况的报告情况的报告"),
]
SOUND_TITLES = [
    "关于《优化环境，服务企业。工作方案》推进情况的报告",
    "华阳路街道办事处\n关于2026年第三季度工作计划推进情况的报告",
    "关于征求“一网统管”意见的函",
    "关于转发《关于做好填报工作的通知》的通知",
    "2026年第三季度工作情况报告",
    "关于征求意见",
    "关于印发《工作规则（试行）》的通知（征求意见稿）",
    "华阳路街道办事处\n关于2026年第三季度工作计划推进情况和\n下一步工作打算的报告",
]


@pytest.mark.parametrize(("rule", "title"), BROKEN_TITLES)
def test_a_title_that_is_wrong_is_quoted(rule: str, title: str) -> None:
    (finding,) = of_rule(rule, with_title(title))
    assert finding.quote in title
    assert finding.place.part == "标题"


@pytest.mark.parametrize("title", SOUND_TITLES)
@pytest.mark.parametrize("rule", sorted({rule for rule, _ in BROKEN_TITLES}))
def test_titles_that_are_right_are_left_alone(rule: str, title: str) -> None:
    assert quotes(rule, with_title(title)) == []


def test_the_mark_after_a_title_is_taken_away_and_a_paper_without_red_head_needs_no_kind() -> None:
    document = with_title("关于工作情况的报告。")
    assert mended(document, of_rule("title-end-mark", document)).title == "关于工作情况的报告"
    assert quotes("title-kind", replace(with_title("第三季度工作小结"), masthead=None)) == []


def test_the_word_that_a_title_lacks_is_put_in() -> None:
    document = with_title("关于工作情况报告")
    assert mended(document, of_rule("title-link", document)).title == "关于工作情况的报告"


def test_an_upward_document_names_its_signatory() -> None:
    (finding,) = of_rule("missing-signatory", samples.DRAFT)
    assert (finding.severity, finding.quote, finding.place.part) == (Severity.ERROR, "", "签发人")
    assert of_rule("missing-signatory", UPWARD) == []
    assert of_rule("missing-signatory", downward(UPWARD)) == []


@pytest.mark.parametrize(
    ("document", "missing", "several"),
    [
        (UPWARD, 0, 0),
        (replace(UPWARD, addressee=""), 1, 0),
        (replace(UPWARD, addressee="区委、区政府"), 0, 1),
        (replace(UPWARD, addressee="区委，区政府："), 0, 1),
        (replace(UPWARD, addressee="区政府："), 0, 0),
        (replace(downward(UPWARD), addressee=""), 0, 0),
        (replace(downward(UPWARD), addressee="各办公室、各中心"), 0, 0),
        (replace(LETTER, addressee="区教育局、区民政局"), 0, 0),
    ],
)
def test_an_upward_document_goes_to_one_authority(
    document: OfficialDocument, missing: int, several: int
) -> None:
    assert len(of_rule("missing-addressee", document)) == missing
    assert len(of_rule("several-addressees", document)) == several


def test_marks_that_are_set_by_themselves_are_taken_away() -> None:
    addressee = replace(UPWARD, addressee="长宁区人民政府：")
    assert mended(addressee, of_rule("addressee-mark", addressee)) == UPWARD
    note = replace(UPWARD, note="（此件公开发布）")
    assert mended(note, of_rule("note-brackets", note)).note == "此件公开发布"
    assert of_rule("note-brackets", replace(UPWARD, note="此件公开发布（不含附件）")) == []


@pytest.mark.parametrize(
    ("rule", "title", "right"),
    [
        ("annex-end-mark", "工作情况表。", "工作情况表"),
        ("annex-end-mark", "工作情况表；", "工作情况表"),
        ("annex-label", "附件1：工作情况表", "工作情况表"),
        ("annex-label", "附件 工作情况表", "工作情况表"),
        ("annex-title-marks", "《工作情况表》", "工作情况表"),
    ],
)
def test_an_annex_title_stands_bare(rule: str, title: str, right: str) -> None:
    document = replace(UPWARD, annexes=(Annex("名单", UPWARD.body), Annex(title, UPWARD.body)))
    (finding,) = of_rule(rule, document)
    assert (finding.place.annex, finding.place.part) == (1, "附件2标题")
    assert mended(document, [finding]).annexes[1].title == right


@pytest.mark.parametrize("title", ["《工作计划》推进情况表", "工作情况表（一）", "附件收集办法"])
@pytest.mark.parametrize("rule", ["annex-end-mark", "annex-label", "annex-title-marks"])
def test_annex_titles_that_are_right_are_left_alone(rule: str, title: str) -> None:
    expected = 1 if (rule, title) == ("annex-label", "附件收集办法") else 0
    assert len(of_rule(rule, replace(UPWARD, annexes=(Annex(title, UPWARD.body),)))) == expected


def test_a_caption_ends_without_a_mark() -> None:
    table = replace(samples.table(1), caption="各部分推进情况：")
    document = replace(UPWARD, body=(table,))
    (finding,) = of_rule("caption-mark", document)
    assert mended(document, [finding]).body == (replace(table, caption="各部分推进情况"),)


@pytest.mark.parametrize(
    ("text", "quoted", "right"),
    [
        ("工作有序推进", ["进"], "工作有序推进。"),
        ("工作有序推进，", ["，"], "工作有序推进。"),
        ("称“数字硅巷”", ["”"], "称“数字硅巷”。"),
        ("工作有序推进\n完成5项。\n占26%", ["进", "%"], "工作有序推进。\n完成5项。\n占26%。"),
        ("工作有序推进。", [], "工作有序推进。"),
        ("他说：“工作有序推进。”", [], "他说：“工作有序推进。”"),
        ("报告如下:", [], "报告如下:"),
        ("报告如下：\n走访；\n（完成。）", [], "报告如下：\n走访；\n（完成。）"),
    ],
)
def test_a_paragraph_ends(text: str, quoted: list[str], right: str) -> None:
    document = with_text(text)
    assert quotes("end-mark", document) == quoted
    assert text_of(mended(document, of_rule("end-mark", document))) == right


LONG = (Paragraph("国" * 4_499 + "。"),)


@pytest.mark.parametrize(
    ("document", "context", "count"),
    [
        (replace(UPWARD, body=LONG), Context(), 0),
        (replace(UPWARD, body=LONG * 2), Context(), 1),
        (replace(UPWARD, body=LONG, title="关于招商工作的专题报告"), Context(), 1),
        (replace(UPWARD, body=LONG), Context(budget=4_000), 1),
        (replace(UPWARD, body=LONG * 2), Context(budget=9_000), 0),
        (replace(UPWARD, enclosure=Enclosure("工作计划", LONG * 2)), Context(), 0),
    ],
)
def test_a_long_body_is_to_be_shortened(document: OfficialDocument, context: Context, count: int) -> None:
    assert len(of_rule("length", document, context)) == count


def test_the_names_of_several_issuers_are_read() -> None:
    masthead = Masthead(("甲街道", "乙 街道"), DocumentNumber("华街", 2026), Direction.DOWNWARD)
    document = replace(UPWARD, masthead=masthead)
    (finding,) = of_rule("space", document)
    corrected = mended(document, [finding]).masthead
    assert isinstance(corrected, Masthead)
    assert corrected.issuers == ("甲街道", "乙街道")
