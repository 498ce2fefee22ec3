"""The lint as a whole: places, fixes, any text, the plan's own text. How long it takes: benchmarks/lint.py."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer import PlanDraft, read_plan
from reports.lint import LintContext, LintRule, Severity, apply_fix, check_document, checking, place_words
from reports.lint.checking import MOST_OF_A_RULE
from reports.lint.passages import passages_of_document
from reports.lint.rules import all_rules
from reports.model import (
    Annex,
    Block,
    Chart,
    ChartRow,
    Column,
    Direction,
    DocumentNumber,
    Enclosure,
    Heading,
    Imprint,
    LetterMasthead,
    Masthead,
    MinutesMasthead,
    OfficialDocument,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Signature,
    Table,
)
from tests.reports import samples
from tests.reports.lint.cases import UPWARD, downward, of_rule, with_text
from tests.reports.lint.findings import FINDINGS, FORMS, findings_in

PLAN = Path(__file__).parents[3] / "plans" / "2026-work-plan.txt"
# What rules look for, strung together at random: far worse than any text that was ever filed.
SCRAPS = st.sampled_from(
    [
        *"，。、；：！？…“”‘’（）《》〈〉〔〕·—,.;:!?()[]\"'-*# \n　%％xX×_街道项家等一二三十〇年月日号",
        *"第约超近元12０９ａ",
        *(
            "一是",
            "三是",
            "截止9月底",
            "26年9月",
            "2026年09月05日",
            "[2026]第012号",
            "2026-09-05",
            "约30户左右",
        ),
        *(
            "一、",
            "(一)",
            "1、",
            "①",
            "二〇二六年",
            "妥否，请批示",
            "45项中，",
            "12项，占50%",
            "5%点",
            "720m2",
            "<b>",
            "**",
        ),
        *(
            "落后序时进度5%",
            "13～17万",
            "《甲》、《乙》",
            "百分之30",
            "等……",
            "（，",
            "附件3",
            "附件：",
            "特此通知",
            "其它",
            "约3、4个",
            "3百户",
            "――",
            "5~8",
            "同比较去年同期同比",
            "workshop",
            "（以下简称“甲”）",
            "再接再励",
            "附件1：",
            "、等，",
            "...",
            "。”。",
            "华阳街道办事处",
            "我办",
            "工程滞后",
        ),
    ]
)
WORDS = st.lists(SCRAPS, min_size=1, max_size=12).map("".join).filter(str.strip)
CONTEXT = LintContext(
    previous=(samples.PROGRESS,),
    names=(("社区平安办公室", "平安办"),),
    persons=("林知远",),
    lights={0: "绿灯", 1: "红灯"},
)
HEADS = (
    Masthead(("华阳路街道办事处",), DocumentNumber("华街", 2026), Direction.UPWARD, ("林志远",)),
    LetterMasthead("华阳路街道办事处", DocumentNumber("华街", 2026)),
    MinutesMasthead("主任办公会议纪要"),
    None,
)


def everywhere(text: str) -> OfficialDocument:
    """A document that says the same in every place."""
    blocks: tuple[Block, ...] = (
        Heading(1, text),
        Paragraph(text, head=Heading(3, text)),
        Table(
            (Column(text), Column(text)), ((text, text), ("", text), ("合计", "")), caption=text, note=text
        ),
        Table((Column(text),), ()),
        Chart(text, (text,), (ChartRow(text, (1,)),)),
        Sheet((SheetRow((SheetField(text, text), SheetField(text, text))),)),
    )
    return OfficialDocument(
        title=text,
        body=blocks,
        masthead=Masthead((text, text), DocumentNumber("华街", 2026), Direction.UPWARD, (text,)),
        addressee=text,
        signature=Signature((text,)),
        note=text,
        annexes=(Annex(text, blocks), Annex(text, blocks)),
        enclosure=Enclosure(text, blocks),
        imprint=Imprint(text, copies_to=(text, text)),
    )


def without_fixes_left(document: OfficialDocument) -> OfficialDocument:
    """The document after one fix at a time, as a writer who clicks on each."""
    for _ in range(100):
        findings = check_document(document, CONTEXT)
        wanted = next((one for one in findings if one.fix), None)
        if wanted is None:
            return document
        document = apply_fix(document, wanted)
    raise AssertionError(findings)


def test_every_rule_has_an_id_of_its_own_a_name_and_a_source() -> None:
    ids = [one.rule.id for one in all_rules()]
    assert len(set(ids)) == len(ids)
    assert all(one.rule.label and one.rule.clause for one in all_rules())


def test_at_one_place_errors_come_first_whatever_the_order_of_the_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = everywhere("走访,,座谈,,")
    found = check_document(document, CONTEXT)
    monkeypatch.setattr(checking, "all_rules", lambda: all_rules()[::-1])
    assert check_document(document, CONTEXT) == found
    whole = [one.severity for one in found if not one.quote]
    assert whole == sorted(whole)


def test_one_place_is_put_right_by_one_finding() -> None:
    found = check_document(with_text("新建口袋公园2处，面积约3000平米。"))
    assert [one.severity for one in found if one.quote == "平米"] == [Severity.ERROR]


def test_of_what_two_rules_say_about_the_same_figures_one_thing_stands() -> None:
    found = check_document(with_text("共走访120家，其中企业50家、商户40家、工地40家。"))
    assert [(one.rule.id, one.quote) for one in found] == [
        ("divided-whole", "120家，其中企业50家、商户40家、工地40家")
    ]


@settings(max_examples=30)
@given(text=st.one_of(WORDS, st.text(min_size=1, max_size=40).filter(str.strip)))
def test_any_text_is_checked_and_every_place_quotes_it(text: str) -> None:
    document = everywhere(text)
    searched = list(passages_of_document(document))
    for finding in check_document(document, CONTEXT):
        place = finding.place
        assert finding.reason.endswith(("。", "）。"))
        if finding.quote:
            (found_in,) = (one.text for one in searched if one.contains_place(place))
            assert found_in[place.start : place.end] == finding.quote
        else:
            assert (place.block, place.annex, place.start, place.end) == (None, None, 0, 0)


@settings(max_examples=40)
@given(text=WORDS, title=WORDS, head=st.sampled_from(HEADS))
def test_one_fix_after_the_other_comes_to_an_end(
    text: str, title: str, head: Masthead | LetterMasthead | MinutesMasthead | None
) -> None:
    document = replace(
        UPWARD,
        title=title,
        masthead=head,
        body=(Heading(1, title), Paragraph(text)),
        annexes=(Annex(title, (Paragraph(text, head=Heading(1, title)),)),),
    )
    without_fixes_left(document)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_is_found_as_before(form: str) -> None:
    """A change that is meant: see findings.py."""
    kept = [row for row in json.loads(FINDINGS.read_text(encoding="utf-8")) if row[0] == form]
    assert kept
    assert [[*row[:3], findings_in(*row[:3])] for row in kept] == kept


def test_a_fix_changes_the_place_and_nothing_else() -> None:
    document = everywhere("走访,座谈")
    for finding in check_document(document):
        if finding.rule.id == "half-width-mark":
            corrected = apply_fix(document, finding)
            before, after = list(passages_of_document(document)), list(passages_of_document(corrected))
            changed = [one for one, other in zip(before, after, strict=True) if one.text != other.text]
            (passage,) = changed
            assert passage.contains_place(finding.place)


def test_a_fix_whose_words_are_gone_changes_nothing() -> None:
    document = with_text("走访,座谈。")
    (finding,) = check_document(document)
    other = with_text("座谈，走访。")
    assert apply_fix(other, finding) is other
    assert apply_fix(UPWARD, replace(finding, place=replace(finding.place, block=9))) is UPWARD


def test_findings_come_in_reading_order_with_places_in_words() -> None:
    annexes = (Annex("甲", (samples.table(1, "走访,座谈。"),)), Annex("乙", (Paragraph("走访,座谈。"),)))
    document = replace(with_text("走访,座谈,调研。"), addressee="", annexes=annexes)
    found = check_document(document)
    assert [(place_words(document, one.place), one.place.annex, one.place.start) for one in found] == [
        ("主送机关", None, 0),
        ("正文第1段", None, 2),
        ("正文第1段", None, 5),
        ("附件1表第1行第6列（进展情况）", 0, 2),
        ("附件2第1段", 1, 2),
    ]


def test_what_concerns_all_of_a_document_comes_before_its_first_words() -> None:
    document = replace(with_text("推进情况如下。"), addressee="")
    masthead = replace(samples.UPWARD.masthead, issuers=(",甲", "乙"))
    found = check_document(replace(document, masthead=masthead))
    assert [one.rule.id for one in found][:2] == ["missing-addressee", "half-width-mark"]


def test_a_finding_shows_the_words_around_it_within_their_line() -> None:
    document = with_text("前言。\n今年以来走访企业一百二十家,座谈二十次，形成线索十六条。")
    (finding,) = check_document(document)
    assert (finding.before, finding.quote, finding.after) == (
        "……来走访企业一百二十家",
        ",",
        "座谈二十次，形成线索……",
    )
    (short,) = check_document(with_text("走访,座谈。"))
    assert (short.before, short.after) == ("走访", "座谈。")


def test_what_a_chart_and_a_form_are_labelled_with_is_read_too() -> None:
    chart = Chart("推进情况", ("已完成", "滞后,"), (ChartRow("甲,", (1, 2)),))
    sheet = Sheet((SheetRow((SheetField("领导,", "走访,座谈。"),)),))
    document = replace(UPWARD, body=(Paragraph("报告如下。"), chart, sheet))
    assert [(place_words(document, one.place), one.quote) for one in check_document(document)] == [
        ("正文图图例第2项", ","),
        ("正文图第1行", ","),
        ("正文表单第1行第1栏名称", ","),
        ("正文表单第1行第1栏（领导,）", ","),
    ]
    document = replace(UPWARD, body=(chart,))
    (corrected,) = apply_fix(document, check_document(document)[0]).body
    assert isinstance(corrected, Chart)
    assert corrected.series == ("已完成", "滞后，")


@pytest.mark.parametrize(
    ("clause", "source"),
    [
        ("7.3.1", "GB/T 9704-2012，7.3.1"),
        ("条例第十九条（三）", "《党政机关公文处理工作条例》第十九条（三）"),
        ("GB/T 15834-2011，4.8", "GB/T 15834-2011，4.8"),
    ],
)
def test_a_source_is_given_in_full(clause: str, source: str) -> None:
    assert LintRule("any", "任何", Severity.ERROR, clause).source == source


def plan() -> PlanDraft:
    """The 2026 plan as it was published."""
    return read_plan(PLAN.read_bytes())


def blocks_of(draft: PlanDraft) -> tuple[Block, ...]:
    """A plan's own text as headings and paragraphs."""
    blocks: list[Block] = [Paragraph(text) for text in draft.lead_in.splitlines()]
    for part in draft.parts:
        blocks.append(Heading(1, part.title))
        for section in part.sections:
            blocks.append(Heading(2, section.title))
            heads = (Heading(3, f"{measure.title}。") for measure in section.measures)
            texts = (measure.text for measure in section.measures)
            blocks += [Paragraph(text, head=head) for text, head in zip(texts, heads, strict=True)]
    return tuple(blocks)


def test_the_published_plan_is_found_in_order_but_for_one_comma() -> None:
    draft = plan()
    body = (Paragraph("现将《华阳路街道2026年工作计划》予以印发，请认真贯彻执行。"),)
    notice = replace(
        downward(UPWARD),
        title=f"关于印发《{draft.title}》的通知",
        body=body,
        enclosure=Enclosure(draft.title, blocks_of(draft)),
    )
    assert len(blocks_of(draft)) > 60
    (finding,) = check_document(notice)
    assert (finding.rule.id, finding.before[-1], finding.after[0]) == ("quoted-list", "》", "《")


@pytest.mark.parametrize("light", ["绿灯", "黄灯", "红灯"])
def test_a_long_report_is_found_in_order(light: str) -> None:
    texts = tuple(block.text for block in blocks_of(plan()) if isinstance(block, Paragraph))
    rows = tuple((str(number), *[text] * 3) for number, text in enumerate(texts, start=1))
    table = Table((Column("序号"), Column("进展情况"), Column("存在问题"), Column("下一步计划")), rows)
    document = replace(UPWARD, body=blocks_of(plan()), annexes=(Annex("推进情况表", (table,)),))
    previous = tuple(text[::-1] for text in texts) * 3
    context = replace(CONTEXT, previous=previous, lights=dict.fromkeys(range(len(document.body)), light))
    assert {finding.rule.id for finding in check_document(document, context)} == {"length", "quoted-list"}


def test_a_rule_that_is_broken_at_every_character_is_shown_so_often_with_a_note_that_it_goes_on() -> None:
    found = [one for one in check_document(with_text("，。" * 5_000)) if one.rule.id == "doubled-mark"]
    assert len(found) == MOST_OF_A_RULE + 1
    assert sum(one.reason == "这一项不止200处，只列出前200处，请改正后再检查。" for one in found) == 1


def test_a_number_too_long_to_reckon_with_is_passed_over() -> None:
    digits = "1" * 5_000
    assert check_document(with_text(f"{digits}项中，已完成{digits}项，占{digits}项的{digits}%，滞后1项。"))


def test_ten_characters_are_shown_around_a_finding() -> None:
    shown = []
    for around in ("长" * 10, "长" * 11):
        [finding] = of_rule("half-width-bracket", with_text(f"{around}(abc){around}"))
        shown.append((finding.before, finding.after))
    assert shown == [("长" * 10, "长" * 10), ("……" + "长" * 10, "长" * 10 + "……")]
