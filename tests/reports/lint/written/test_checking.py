"""A text as a document: what its lines are, where findings stand in it, and what a fragment is not asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.lint.finding import FindingPlace, LintFinding, LintRule, Severity, SuggestedFix
from reports.lint.written import TextFinding, check_lines, fixed_lines, lines_of_text
from reports.lint.written.document import document_of_lines
from reports.model import DocumentPart

REPORT = """示街〔2026〕12号    签发人：王玥
示例街道办事处
关于2026年第三季度工作计划推进情况的报告
示例区人民政府：
　　现将2026年第三季度工作计划推进情况报告如下。
一、总体情况
（一）抓好招商。走访企业3家，形成线索5条。
（二）抓好服务。办结诉求8件，详见附件2。
二、下一步打算
　　继续抓好落实。
　　附件：1.推进情况表
　　　　　2.诉求办理情况表
　　　　　　　　　　　示例街道办事处
　　　　　　　　　　　2026年10月9日
（联系人：张三）
附件1
推进情况表
序号\t数量
1\t3
2\t4
合计\t7
附件2
诉求办理情况表
　　全部办结。
抄送：区委办公室。
示例街道党政办公室    2026年10月9日印发
"""

PIECES = st.sampled_from([*REPORT.splitlines(), "", "。", "约3户左右,", "附件", "2026年10月9日"])
LINES = st.lists(PIECES, max_size=8).map("\n".join)


def findings(text: str) -> list[TextFinding]:
    return list(check_lines(lines_of_text(text)))


def described(text: str) -> list[tuple[str, str, str]]:
    return [(one.finding.rule.id, one.place_words, one.finding.quote) for one in findings(text)]


def test_lines_are_read_as_the_parts_of_a_document() -> None:
    document = document_of_lines(lines_of_text(REPORT)).document
    assert document.title == "示例街道办事处\n关于2026年第三季度工作计划推进情况的报告"
    assert document.addressee == "示例区人民政府"
    assert document.signature
    assert str(document.signature.signed_on) == "2026-10-09"
    assert [annex.title for annex in document.annexes] == ["推进情况表", "诉求办理情况表"]
    assert not document.is_fragment


def test_a_sound_document_is_found_sound() -> None:
    assert described(REPORT) == []


@pytest.mark.parametrize(
    "text",
    [
        "走访企业3家，形成线索5条。",
        "走访企业3家",
        "示例街道党政办公室",
        "具体安排详见附件。",
        "各项指标完成情况见下表。",
        "三、下一步打算\n　　继续抓好落实。\n四、有关建议",
        "一、二季度完成较好。",
        "序号\t数量",
        "三、存在不足\n1.进度不均衡。完成率最低的下塘村只有46%。\n2.质量有差距。随机抽验30户。",
        "会议听取了区住房城乡建设局关于改造情况的报告。\n会议指出，任务已完成5项。",
        "关于停车位问题。\n小区规划车位420个。",
        "如表2所示，受理工单1530件。\n表3列出了增幅居前的三类诉求。",
        "附件：1.建议清单\n　　　2.县发展和改革局《关于报送建议清单的函》",
        "会议议定以下事项：一是……二是……（略）",
    ],
)
def test_a_fragment_is_not_asked_for_the_rest(text: str) -> None:
    assert described(text) == []


@pytest.mark.parametrize(
    ("wrong", "right", "rule", "place", "quote"),
    [
        ("2026年10月9日\n", "2026年10月09日\n", "padded-date", "第14段", "2026年10月09日"),
        ("（二）抓好服务", "（三）抓好服务", "heading-sequence", "第8段", "（三）抓好服务。"),
        ("二、下一步", "一、下一步", "heading-sequence", "第9段", "一、下一步打算"),
        ("详见附件2", "详见附件3", "missing-annex", "第8段", "附件3"),
        ("合计\t7", "合计\t8", "total", "第1个表第4行第2列", "8"),
        ("的报告", "报告", "title-link", "标题", "报告"),
        ("示例区人民政府：", "示例区人民政府:", "half-width-mark", "第4段", ":"),
    ],
)
def test_an_error_is_found_at_its_line(wrong: str, right: str, rule: str, place: str, quote: str) -> None:
    text = REPORT.replace(wrong, right, 1)
    assert text != REPORT
    assert described(text)[0] == (rule, place, quote)


def test_places_are_those_of_the_text_itself() -> None:
    text = REPORT.replace("形成线索5条", "截止9月底,形成线索5条").replace("1\t3", "1\t约3户左右")
    for one in findings(text):
        assert one.line is not None
        assert lines_of_text(text)[one.line].text[one.start : one.end] == one.finding.quote
    fixed = fixed_lines(lines_of_text(text), findings(text))
    assert fixed[6].text == "（一）抓好招商。走访企业3家，截至9月底，形成线索5条。"
    assert not [one for one in check_lines(fixed) if one.finding.fix]


def test_text_that_goes_on_below_a_table_that_is_not_there_is_found() -> None:
    assert described("完成情况见下表。\n下一步继续抓好落实。") == [("missing-table", "第1段", "见下表")]


def test_only_a_report_is_held_to_a_length() -> None:
    long = "街道走访了各类企业。" * 600
    assert described(long) == []
    assert ("length", "全文", "") in described(REPORT.replace("继续抓好落实。", long))


@settings(max_examples=40)
@given(text=st.one_of(LINES, st.text(max_size=80)))
def test_any_text_is_checked_and_every_finding_quotes_it(text: str) -> None:
    lines = lines_of_text(text)
    for one in check_lines(lines):
        if one.line is not None:
            assert one.finding.quote.startswith(lines[one.line].text[one.start : one.end])


@pytest.mark.parametrize(("announced", "is_wrong"), [("三", True), ("四", False)])
def test_numbered_paragraphs_are_as_many_as_were_announced(announced: str, is_wrong: bool) -> None:
    numbered = "一、提高认识\n（一）学文件。\n（二）看现场。\n二、补齐短板。\n三、广泛宣传。\n四、压实责任。"
    found = [
        one.finding.quote
        for one in findings(f"同志们：\n今天召开推进会，下面，我讲{announced}点意见。\n{numbered}\n")
    ]
    assert (f"{announced}点意见。" in found) is is_wrong


@pytest.mark.parametrize(("second", "blamed"), [("项目经费35.6万元，其中设备21.4万元。", 0), ("落实经费", 1)])
def test_a_short_sentence_among_numbered_sentences_is_no_heading(second: str, blamed: int) -> None:
    found = findings(f"一、同意更新消防设施。\n二、{second}\n此复。")
    assert sum(one.finding.rule.id == "heading-mark" for one in found) == blamed


def test_of_fixes_one_over_another_the_first_counts_and_breaks_move_with_the_text() -> None:
    rule = LintRule("padded-date", "日期补零", Severity.ERROR, "7.3.5.4")

    def fixed_to(start: int, end: int, replacement: str) -> TextFinding:
        quote, place = "甲乙丙丁戊己"[start:end], FindingPlace(DocumentPart.BODY)
        return TextFinding(LintFinding(rule, place, quote, "", SuggestedFix(replacement)), "", 0, start, end)

    (line,) = lines_of_text("甲乙丙丁戊己。")
    broken = replace(line, breaks=tuple((place, "\n") for place in (2, 3, 4, 6)))
    fixes = [(0, 2, "一"), (1, 3, "二"), (2, 4, "三"), (3, 5, "四"), (5, 6, "五")]
    (fixed,) = fixed_lines((broken,), [fixed_to(*one) for one in fixes])
    assert fixed.text == "一三戊五。"
    assert [place for place, _ in fixed.breaks] == [1, 2, 2, 4]
