"""The notice that issues a plan: every character of what was published, once, in order, under its own numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.authority.actor import SYSTEM
from app.composition.facts import DocumentFacts, PlanFacts
from app.composition.kinds.plan import SPEC, compose
from app.composition.particulars import IssuingOrganisation, Particulars, usual_particulars
from app.composition.published_wording import read_publication
from app.composition.rules import DocumentKind
from app.composition.scope import read_scope
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import RenderJob
from app.drafting.jobs import operations as jobs
from app.plan.importer import Block as Division
from app.plan.importer import BlockKind, read_plan, source_from_text
from reports.frozen_text import document_as_json, document_from_json
from reports.model import Block, DocumentError, Enclosure, Heading, OfficialDocument, Paragraph
from reports.numbering import number_blocks
from tests.drafting.sample_documents import printed_text
from tests.plan.importer.texts import visible_characters
from tests.world import THRESHOLDS, World

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "plans" / "2026-work-plan.txt"
PLANS = sorted(
    path for path in (ROOT / "tests/plan/importer/plans").iterdir() if path.suffix in (".txt", ".md")
)
DATED = date(2026, 9, 1)
PARTY, ADMINISTRATION = "中共华阳路街道工作委员会", "华阳路街道办事处"
ORGANISATION = IssuingOrganisation(ADMINISTRATION, words={PARTY: "华街工委", ADMINISTRATION: "华街"})


def facts_of(source: str) -> DocumentFacts:
    """Return the facts of a plan, as they are gathered from its source."""
    plan = read_plan(source)
    whole = PlanFacts(
        plan.title, plan.year or 2026, plan.issuer, plan.issued_on, plan.lead_in, read_publication(source)
    )
    return DocumentFacts(whole, read_scope("2026"), ())


def test_a_stored_division_of_the_text_counts_not_what_is_read_again() -> None:
    source = source_from_text("一、甲部\n1. 乙。丙丁。\n二、戊部\n己庚。\n附记一行")
    blocks = [
        Division(source.text.index(words), source.text.index(words) + len(words), level, kind)
        for words, level, kind in (
            ("一、甲部", 1, BlockKind.REPORTED),
            ("1. 乙。", 2, BlockKind.REPORTED),
            ("丙丁。", 0, BlockKind.TEXT),
            ("二、戊部", 0, BlockKind.TEXT),
            ("己庚。", 0, BlockKind.TEXT),
            ("附记一行", 0, BlockKind.CLOSING),
        )
    ]
    found = read_publication(source.text, [block.as_json() for block in blocks])
    assert [(one.label, one.heading, one.text) for one in found.passages] == [
        ("一、", "甲部", ""),
        ("1.", "乙。", "丙丁。\n二、戊部\n己庚。"),
    ]
    assert found.closing == "附记一行"


def particulars_of(facts: DocumentFacts) -> Particulars:
    return usual_particulars(ORGANISATION, DATED, SPEC, plan=facts.plan)


def notice_of(path: Path) -> OfficialDocument:
    facts = facts_of(path.read_text(encoding="utf-8"))
    return compose(facts, particulars_of(facts))


def enclosed(document: OfficialDocument) -> Enclosure:
    assert document.enclosure is not None
    return document.enclosure


def lines_of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield headings and paragraphs as they are printed, with their numbers."""
    for label, block in number_blocks(blocks):
        if isinstance(block, Heading):
            yield label + block.text
        elif isinstance(block, Paragraph):
            yield label + (block.head.text if block.head else "") + block.text


def test_a_joint_notice_has_the_word_of_the_organ_that_leads() -> None:
    proposed = particulars_of(facts_of(SOURCE.read_text(encoding="utf-8")))
    assert (proposed.issuers, proposed.word) == ((PARTY, ADMINISTRATION), "华街工委")


@pytest.fixture(scope="module")
def notice() -> OfficialDocument:
    return notice_of(SOURCE)


def test_the_2026_plan_stands_in_it_as_published_notice_and_all(notice: OfficialDocument) -> None:
    assert notice.signature is not None
    assert notice.signature.signed_on == date(2026, 2, 5)
    enclosure = enclosed(notice)
    everything = (
        notice.title,
        f"{notice.addressee}：",
        *lines_of_blocks(notice.body),
        *notice.signature.issuers,
        "2026年2月5日",
        enclosure.title,
        *lines_of_blocks(enclosure.blocks),
    )
    assert visible_characters("".join(everything)) == visible_characters(SOURCE.read_text(encoding="utf-8"))


def test_what_is_kept_is_the_same_wording(notice: OfficialDocument) -> None:
    facts = facts_of(SOURCE.read_text(encoding="utf-8"))
    assert DocumentFacts.from_json(json.loads(json.dumps(facts.as_json()))) == facts
    assert document_from_json(json.loads(json.dumps(document_as_json(notice)))) == notice


def test_the_plans_own_numbers_and_heads_are_kept(notice: OfficialDocument) -> None:
    lines = list(lines_of_blocks(enclosed(notice).blocks))
    assert lines[1] == "一、优化营商环境、厚植创新沃土，推动经济动能更加澎湃强劲"
    assert lines[2] == "（一）紧抓招商引资，壮大经济增长源动力"
    assert lines[3].startswith("夯实招商项目“蓄水池”。落实“1+11+17+X”招商机制，")
    assert any(line.startswith("聚焦重点就业群体，深化“15分钟就业服务圈”") for line in lines)
    assert len(lines) == 1 + 5 + 15 + 45


def test_only_the_spaces_of_typesetting_are_closed_up(notice: OfficialDocument) -> None:
    text = "".join(lines_of_blocks(enclosed(notice).blocks))
    assert text.startswith("2026年是“十五五”规划的开启之年。")
    assert "“宁心聚链 企立潮头”" in text
    assert "“GO! 趣武夷”" in text


def test_each_level_is_set_in_its_own_face(notice: OfficialDocument) -> None:
    blocks = enclosed(notice).blocks
    headings = [block.level for block in blocks if isinstance(block, Heading)]
    run_in = [block.head.level for block in blocks if isinstance(block, Paragraph) and block.head]
    assert (headings.count(1), headings.count(2), run_in) == (5, 15, [3] * 45)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_of_any_build_are_whole(path: Path) -> None:
    plan = read_plan(path.read_text(encoding="utf-8"))
    text = visible_characters("".join(lines_of_blocks(enclosed(notice_of(path)).blocks)))
    published_text = visible_characters(
        "".join([plan.lead_in, *(piece for part in plan.parts for piece in part.wording_pieces())])
    )
    assert text.startswith(published_text)
    assert text.removeprefix(published_text) in ("", visible_characters(plan.closing))


def lines_of(name: str) -> list[str]:
    return list(
        lines_of_blocks(enclosed(notice_of(next(path for path in PLANS if path.stem == name))).blocks)
    )


def test_numbers_that_run_through_go_on() -> None:
    lines = lines_of("numbers_run_through")
    assert "二、聚焦经济发展，增强综合实力" in lines
    assert any(line.startswith("3.抓实招商引资，") for line in lines)
    assert any(line.startswith("6.促进就业创业。") for line in lines)


def test_chapters_keep_their_words_and_a_space() -> None:
    lines = lines_of("chapters_and_articles")
    assert lines[1:3] == ["第一章　聚焦主责主业", "第一节　财政审计"]
    assert lines[3].startswith("第一条　开展区本级预算执行审计，")


def test_heads_on_lines_of_their_own_stay_there() -> None:
    lines = lines_of("own_line_heads")
    assert lines[1] == "加强理论武装"
    assert lines[2].startswith("组织各级工会干部学习")


def test_the_last_page_of_an_earlier_notice_is_not_part_of_the_plan() -> None:
    assert not any("抄送" in line or "印发" in line for line in lines_of("district_points")[-2:])
    assert lines_of("bureau_dotted_heads")[-1] == "2.2026年抽检计划表"


def test_a_plan_without_a_notice_gets_the_usual_words() -> None:
    notice = notice_of(next(path for path in PLANS if path.stem == "bold_lines"))
    assert notice.body == (Paragraph("现将《白云街道2026年工作要点》印发给你们，请认真组织实施。"),)
    assert notice.addressee == "各部门、各居民区"
    assert notice.title == "关于印发\n《白云街道2026年工作要点》的通知"


def test_a_plan_whose_wording_was_not_gathered_is_no_notice() -> None:
    bare = DocumentFacts(PlanFacts("示例街道2026年工作计划", 2026), read_scope("2026"), ())
    with pytest.raises(DocumentError, match="没有读到工作计划全文"):
        compose(bare, particulars_of(bare))


def test_two_organs_share_one_office(notice: OfficialDocument) -> None:
    assert notice.imprint is not None
    assert notice.imprint.office == "华阳路街道党政办公室"


@pytest.mark.usefixtures("in_app", "queue")
def test_it_needs_no_opened_quarter_and_no_filing(world: World) -> None:
    particulars = Particulars(("示例街道办事处",), "各部门", (), DATED, word="示街")
    order = AssemblyRequest(DocumentKind.PLAN, world.plan, read_scope("2026"))
    document = assemble_document(order, particulars, by=world.users["office"])
    assert document.period is None
    jobs.run_job(RenderJob.get().id, thresholds=THRESHOLDS, by=SYSTEM)
    assert RenderJob.get().state is JobState.DONE
    text = printed_text(document.files.get().data)
    assert "推进旧区改造完成改造项目收尾做好善后工作建设美丽家园" in text
