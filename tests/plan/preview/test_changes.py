"""Every step from a text that was read to a plan that is stored, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from app.org.models import Department
from app.plan.assignments.operations import set_indicators, set_milestones
from app.plan.core.models import Assignment, Indicator
from app.plan.core.rules import AssignmentRole
from app.plan.importer import Block, BlockKind, BlockProposal, FrameFields, source_from_text
from app.plan.importer.block_edits import BlockEdit, EditKind, EditScope
from app.plan.preview import operations
from app.plan.preview.duty_grid import DutyGrid, DutyRow
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import PLAN_NUMBER_LENGTH, PLAN_TITLE_LENGTH
from app.plan.preview.preview_page import PreviewPage
from tests.plan.preview.import_drafts import FIELDS, read_draft, start_of
from tests.plan.tables import indicators, milestones
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World

MOMENT = datetime(2027, 1, 18, 9, 30)
DUTIES = "（经济发展办公室牵头，城管执法局、第一居民区配合）"
MEASURES = ("1. 夯实招商基础", "2. 打通转化链条", "1. 推进旧区改造", "2. 加强垃圾分类")


def test_each_step_changes_what_it_names_and_nothing_else(world: World, tmp_path: Path) -> None:
    found = changes_beside(__file__, MOMENT)
    draft = read(found, world)
    edit_and_undo(found, world, draft)
    correct_frame(found, world, draft)
    decide_duties(found, world, draft)
    confirm(found, world, draft, tmp_path)
    found.compare()


def fresh(draft: ImportDraft) -> ImportDraft:
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def doing(operation: Any, draft: ImportDraft, *given: Any, late: int = 0, **named: Any) -> Callable[[], Any]:
    """Return a step that names the version of the draft at which it stands, or an older one."""
    return lambda: operation(draft, *given, version=fresh(draft).version - late, **named)


def read(found: RecordedChanges, world: World) -> ImportDraft:
    office = world.users["office"]
    letter = source_from_text("关于开会的函\n\n各部门：\n\n请来开会。")
    blocks = BlockProposal(
        (Block(0, 6, 0, BlockKind.TITLE), Block(8, 18, 0, BlockKind.TEXT)), FrameFields("函", None)
    )
    noted = replace(letter, notes=("文件里有两张图。",))
    found.record("read nothing", lambda: operations.proposed_blocks(source_from_text(" \n")))
    found.record(
        "read as filer", lambda: operations.start_import(letter, "函.txt", blocks, by=world.users["filer"])
    )
    long_name = "长" * PLAN_TITLE_LENGTH + ".txt"
    other = found.record(
        "read what is no plan", lambda: operations.start_import(noted, long_name, blocks, by=office)
    )
    found.record("give it up, read too early", doing(operations.discard_import, other, late=1, by=office))
    found.record("give it up", doing(operations.discard_import, other, by=office))
    draft: ImportDraft = found.record("read a plan", lambda: read_draft(world, DUTIES))
    return draft


def edit_and_undo(found: RecordedChanges, world: World, draft: ImportDraft) -> None:
    office = world.users["office"]

    def edit(kind: EditKind, words: str, late: int = 0, **values: Any) -> Callable[[], str]:
        change = BlockEdit(kind, start_of(fresh(draft), words), **values)
        return doing(operations.edit_blocks, draft, change, late=late, by=office)

    undo, redo = (
        partial(doing, one, draft, by=office) for one in (operations.undo_edit, operations.redo_edit)
    )
    found.record("undo nothing", undo())
    found.record("edit without effect", edit(EditKind.PROMOTE, "一、"))
    found.record("edit", edit(EditKind.TOGGLE, "三、"))
    found.record("edit what was changed meanwhile", edit(EditKind.JOIN, "加强组织", late=1))
    found.record("edit all alike", edit(EditKind.TOGGLE, "一、", scope=EditScope.TEXT))
    found.record("undo", undo())
    found.record("undo read too early", undo(late=1))
    found.record("undo the first", undo())
    found.record("redo", redo())
    found.record("redo read too early", redo(late=1))
    found.record("edit after that", edit(EditKind.SET_KIND, "加强组织", block_kind=BlockKind.SET_APART))
    found.record("redo nothing", redo())
    tick = partial(operations.tick_question, draft, by=office)
    for number, checked in ((0, True), (1, True), (1, False), (2, True), (-1, True)):
        found.record(f"tick {number} {checked}", partial(tick, number, checked=checked))


def correct_frame(found: RecordedChanges, world: World, draft: ImportDraft) -> None:
    def correct(fields: FrameFields, read: str = "") -> Callable[[], None]:
        digest = read or fresh(draft).frame_digest
        return lambda: operations.change_frame(draft, fields, by=world.users["office"], read=digest)

    first = fresh(draft).frame_digest
    longest = replace(FIELDS, title="长" * PLAN_TITLE_LENGTH, issuer="长" * PLAN_TITLE_LENGTH)
    longest = replace(longest, document_number="长" * PLAN_NUMBER_LENGTH)
    found.record("correct the frame", correct(longest))
    found.record("correct it once more", correct(FIELDS, read=first))
    found.record(
        "correct it wrongly",
        correct(FrameFields(" ", 2027, "长" * (PLAN_TITLE_LENGTH + 1), "长" * (PLAN_NUMBER_LENGTH + 1))),
    )
    found.record("correct it back", correct(FIELDS))


def decide_duties(found: RecordedChanges, world: World, draft: ImportDraft) -> None:
    office = world.users["office"]
    starts = [start_of(fresh(draft), words) for words in MEASURES]
    before = [measure.id for measure in world.measures]

    def choose(chosen: dict[int, int], *, carries: bool, late: int = 0) -> Callable[[], None]:
        return doing(operations.choose_predecessors, draft, chosen, late=late, carries=carries, by=office)

    def decide(late: int = 0, **meanings: str) -> Callable[[], None]:
        return doing(operations.decide_names, draft, meanings, late=late, by=office)

    def save(changes: dict[int, dict[str, str]], late: int = 0) -> Callable[[], None]:
        rows = rows_of(draft)
        wanted = [row.with_names(changes[row.number]) if row.number in changes else row for row in rows]
        return doing(operations.save_duty_rows, draft, wanted, late=late, by=office)

    found.record("say what goes on", choose(dict(zip(starts, before, strict=True)), carries=False))
    found.record("say it too late", choose({}, carries=True, late=1))
    found.record("decide a name", decide(城管执法局="城管办"))
    found.record("decide another", decide(某局="-"))
    found.record("decide it too late", decide(某局="一居", late=1))
    wrong = {"lead": "外办", "supports": "城管办、外局", "leader": "无名"}
    found.record("save wrong duties", save({2: wrong}))
    kept = {"lead": "一居", "supports": "各居民区", "leader": "周示例"}
    found.record("save duties", save({2: kept, 3: {"lead": "", "supports": "城管办"}, 4: {}}))
    found.record("save duties too late", save({}, late=1))


def rows_of(draft: ImportDraft) -> list[DutyRow]:
    current = fresh(draft)
    return DutyGrid(current, PreviewPage(current).plan).rows


def confirm(found: RecordedChanges, world: World, draft: ImportDraft, folder: Path) -> None:
    """Store the plan, which takes over what has not ended and what it has nothing of its own for."""
    office = world.users["office"]
    prepare_last_year(world, folder)
    starts = [start_of(fresh(draft), words) for words in MEASURES]
    chosen = {starts[0]: 1, starts[1]: 1, starts[2]: 3, starts[3]: 4}
    ids = {start: world.measures[number - 1].id for start, number in chosen.items()}
    choose = partial(operations.choose_predecessors, carries=True, by=office)
    choose(draft, {**ids, 99_999: world.measures[1].id}, version=fresh(draft).version)
    found.record("confirm too late", doing(operations.confirm_import, draft, late=1, by=office))
    found.record("confirm as filer", doing(operations.confirm_import, draft, by=world.users["filer"]))
    found.record("confirm", doing(operations.confirm_import, draft, by=office))
    again = read_draft(world, DUTIES)
    found.record("confirm it again", doing(operations.confirm_import, again, by=office))
    ImportDraft.update(title="示例街道2028年工作计划", year=2028).where(ImportDraft.id == again.id).execute()
    found.record("confirm the same text for another year", doing(operations.confirm_import, again, by=office))


def prepare_last_year(world: World, folder: Path) -> None:
    set_indicators(
        world.plan,
        indicators(folder, "1,走访企业,家,1200", "1,形成线索,条,40", "2,转化,%,95"),
        by=world.users["office"],
    )
    Indicator.update(retired=True).where(Indicator.name == "形成线索").execute()
    set_milestones(world.plan, milestones(folder, "1,,3,走访90家,90", "3,,1,签约,"), by=world.users["office"])
    ended = Department.create(name="旧城办", short_name="旧办", kind="office", ended_on=date(2026, 12, 31))
    Assignment.create(item=world.measures[3], department=ended, role=AssignmentRole.SUPPORT)
    Assignment.create(
        item=world.measures[3],
        department=world.departments["一居"],
        role=AssignmentRole.SUPPORT,
        in_force_until=date(2026, 7, 1),
    )
