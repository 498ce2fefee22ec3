"""A draft of a plan: edited, taken back, shared by two, confirmed."""

from __future__ import annotations

import hashlib

import pytest

from app.audit.models import Event
from app.base.errors import BadInput, FieldProblems, IllegalTransition, StaleVersion
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import measures_of_plan
from app.plan.core.signals import plan_confirmed
from app.plan.importer import FrameFields, source_from_text
from app.plan.importer.block_edits import BlockEdit, EditKind, EditScope
from app.plan.preview.models import ImportDraft, ImportEdit
from app.plan.preview.operations import (
    change_frame,
    confirm_import,
    discard_import,
    edit_blocks,
    proposed_blocks,
    redo_edit,
    tick_question,
    undo_edit,
)
from app.plan.preview.queries import edits_since, offered_edits, waiting_imports
from app.plan.preview.rules import edit_words
from tests.databases import on_both
from tests.plan.preview.import_drafts import TEXT, block_words, read_draft, start_of
from tests.world import World


def fresh(draft: ImportDraft) -> ImportDraft:
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def edited(world: World, draft: ImportDraft, kind: EditKind, words: str, **values: object) -> str:
    draft = fresh(draft)
    edit = BlockEdit(kind, start_of(draft, words), **values)  # type: ignore[arg-type]
    return edit_blocks(draft, edit, by=world.users["office"], version=draft.version)


def test_a_text_that_was_read_is_kept_with_its_blocks(world: World) -> None:
    draft = fresh(read_draft(world))
    assert (draft.title, draft.year, draft.issuer) == ("示例街道2027年工作计划", 2027, "示例街道办事处")
    assert draft.source_text.text == TEXT.rstrip("\n")
    assert (1, "一、优化营商环境") in block_words(draft)
    assert [(one.name, one.created_by) for one in waiting_imports()] == [("2027年计划.txt", "某街道办公室")]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(BadInput, match="是空的"):
        proposed_blocks(source_from_text(" \n"))


def test_an_edit_counts_the_draft_up_and_is_on_record(world: World) -> None:
    draft = read_draft(world)
    label = edited(world, draft, EditKind.DEMOTE, "三、保障措施")
    assert label == "“三、保障措施”降一级"
    assert (2, "三、保障措施") in block_words(fresh(draft))
    assert (fresh(draft).version, fresh(draft).edits_done) == (2, 1)
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.summary) == ("import_plan", label)


def test_an_edit_without_effect_is_refused(world: World) -> None:
    draft = read_draft(world)
    with pytest.raises(IllegalTransition, match="没有变化"):
        edited(world, draft, EditKind.PROMOTE, "一、优化营商环境")
    assert fresh(draft).version == 1


def test_edits_are_undone_and_made_again_in_order(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    states = [block_words(draft)]
    for kind, words in ((EditKind.DEMOTE, "三、"), (EditKind.JOIN, "加强组织")):
        edited(world, draft, kind, words)
        states.append(block_words(fresh(draft)))
    for expected in (states[1], states[0]):
        undo_edit(draft, by=office, version=fresh(draft).version)
        assert block_words(fresh(draft)) == expected
    assert [edit.draft_version for edit in ImportEdit.select().order_by(ImportEdit.id)] == [5, 4]
    with pytest.raises(IllegalTransition, match="撤销"):
        undo_edit(draft, by=office, version=fresh(draft).version)
    assert redo_edit(draft, by=office, version=fresh(draft).version) == "重做：“三、保障措施”降一级"
    assert block_words(fresh(draft)) == states[1]
    redo_edit(draft, by=office, version=fresh(draft).version)
    assert block_words(fresh(draft)) == states[2]
    with pytest.raises(IllegalTransition, match="重做"):
        redo_edit(draft, by=office, version=fresh(draft).version)


def test_a_new_edit_ends_what_could_be_made_again(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    edited(world, draft, EditKind.DEMOTE, "三、")
    undo_edit(draft, by=office, version=2)
    edited(world, draft, EditKind.TOGGLE, "三、")
    hand = offered_edits(fresh(draft))
    assert hand.done is not None and "填报或不填报" in hand.done.label
    assert hand.undone is None
    assert ImportEdit.select().count() == 1


@on_both
def test_of_two_people_the_slower_changes_nothing_and_learns_what_was_changed(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    edited(world, draft, EditKind.DEMOTE, "三、")
    before = block_words(fresh(draft))
    for step in (
        lambda: edit_blocks(draft, BlockEdit(EditKind.JOIN, start_of(draft, "加强")), by=office, version=1),
        lambda: undo_edit(draft, by=office, version=1),
        lambda: confirm_import(draft, by=office, version=1),
    ):
        with pytest.raises(StaleVersion):
            step()
    assert block_words(fresh(draft)) == before
    assert [edit.label for edit in edits_since(fresh(draft), 1)] == ["“三、保障措施”降一级"]


def test_questions_are_ticked_off_and_opened_again(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    question = {
        "kind": "year",
        "message": "请核对。",
        "start": 0,
        "end": 0,
        "place": "全文",
        "checked": False,
    }
    ImportDraft.update(questions=[question]).execute()
    for checked in (True, False):
        tick_question(draft, 0, checked=checked, by=office)
        assert fresh(draft).questions[0]["checked"] is checked
    assert fresh(draft).version == 1
    with pytest.raises(BadInput):
        tick_question(draft, 1, checked=True, by=office)


def test_the_frame_is_corrected_unless_another_was_faster(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    read = draft.frame_digest
    change_frame(draft, FrameFields("新题", 2028, "甲", "示街〔2028〕1号"), by=office, read=read)
    assert fresh(draft).frame_fields == FrameFields("新题", 2028, "甲", "示街〔2028〕1号")
    with pytest.raises(StaleVersion):
        change_frame(draft, FrameFields("旧题", 2027), by=office, read=read)
    with pytest.raises(FieldProblems):
        change_frame(draft, FrameFields("", 2027), by=office, read=fresh(draft).frame_digest)
    assert fresh(draft).title == "新题"


def test_a_draft_is_given_up_with_its_history(world: World) -> None:
    draft = read_draft(world)
    edited(world, draft, EditKind.DEMOTE, "三、")
    with pytest.raises(StaleVersion):
        discard_import(draft, by=world.users["office"], version=1)
    discard_import(draft, by=world.users["office"], version=2)
    assert not ImportDraft.select().exists()
    assert not ImportEdit.select().exists()


@on_both
def test_confirming_stores_the_tree_as_it_was_corrected(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    edited(world, draft, EditKind.TOGGLE, "三、保障措施")
    confirmed: list[Plan] = []

    def note_confirmed(plan: Plan, **_given: object) -> None:
        confirmed.append(plan)

    with plan_confirmed.connected_to(note_confirmed):
        plan = confirm_import(draft, by=office, version=fresh(draft).version)
    assert confirmed == [plan]
    stored = Plan.get_by_id(plan.id)
    assert (stored.title, stored.year, stored.source_text) == (
        "示例街道2027年工作计划",
        2027,
        TEXT.rstrip("\n"),
    )
    assert len(stored.blocks) == len(block_words(draft))
    assert [measure.title for measure in measures_of_plan(plan)] == [
        "夯实招商基础",
        "打通转化链条",
        "推进旧区改造",
        "加强垃圾分类",
    ]
    parts = PlanItem.select().where((PlanItem.plan == plan) & PlanItem.parent.is_null())
    assert [(part.number, part.reporting) for part in parts.order_by(PlanItem.sequence)] == [
        ("一", True),
        ("二", True),
        ("三", False),
    ]
    assert not ImportDraft.select().exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (FrameFields("题", None), "没有写明年度"),
        (FrameFields("题", 2026), "2026 年的工作计划《示例街道2026年工作计划》已经入库"),
        (FrameFields("示例街道2026年工作计划", 2027), "与已入库的 2026 年工作计划同名"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_kept(world: World, fields: FrameFields, sentence: str) -> None:
    draft, office = read_draft(world), world.users["office"]
    change_frame(draft, fields, by=office, read=draft.frame_digest)
    with pytest.raises(BadInput, match=sentence):
        confirm_import(draft, by=office, version=2)
    assert Plan.select().count() == 1
    assert block_words(fresh(draft)) == block_words(draft)


def test_a_text_that_is_stored_already_is_refused(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    Plan.update(source_sha256=hashlib.sha256(draft.source_text.text.encode()).hexdigest()).execute()
    with pytest.raises(BadInput, match="全文相同"):
        confirm_import(draft, by=office, version=1)


def test_without_a_measure_there_is_no_plan(world: World) -> None:
    draft, office = read_draft(world), world.users["office"]
    edited(world, draft, EditKind.TOGGLE, "一、", scope=EditScope.TEXT)
    with pytest.raises(BadInput, match="没有任何举措"):
        confirm_import(draft, by=office, version=fresh(draft).version)


def test_an_edit_of_more_than_one_says_of_how_many() -> None:
    edit = BlockEdit(EditKind.DEMOTE, 0, scope=EditScope.TEXT)
    assert [edit_words(edit, "甲", count) for count in (1, 2)] == [
        "“甲”降一级",
        "“甲”降一级（全文同类 2 处）",
    ]
