"""Reading, correcting and storing a plan's draft.

Every change of blocks names the version that was read, so that nobody overwrites another's change. The text itself
never changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition, StaleVersion, raise_field_problems
from app.base.text import text_problem
from app.plan.assignments.operations import FROM_THE_BEGINNING, assign_measures, wanted_by_table
from app.plan.assignments.revising import BEGINNING
from app.plan.core.models import Plan
from app.plan.core.operations import store_plan
from app.plan.core.plan_files import is_plan
from app.plan.core.queries import measures_of_plan
from app.plan.core.signals import plan_confirmed
from app.plan.importer import (
    Block,
    BlockProposal,
    FrameFields,
    PlanUnreadable,
    SourceText,
    plan_from_blocks,
)
from app.plan.importer.block_edits import (
    BlockEdit,
    BlockReplacement,
    apply_edit,
    change_between,
    place_of_block,
    places_alike,
)
from app.plan.importer.blocks import complete_blocks
from app.plan.importer.source_text import decode_source
from app.plan.importer.sources.table_blocks import propose_source_blocks
from app.plan.preview import queries
from app.plan.preview.duty_grid import DutyGrid, DutyRow, checked_rows, table_rows
from app.plan.preview.models import ImportDraft, ImportEdit
from app.plan.preview.predecessors import link_predecessors
from app.plan.preview.rules import FRAME_FIELDS, edit_words

NO_CHANGE = "这样改没有变化：这一段已经如此，或者这里不能这样改。"
NOTHING_TO_UNDO = "没有可以撤销的改动。"
NOTHING_TO_REDO = "没有可以重做的改动。"
UNLIKE_A_PLAN = "读到的不像工作计划（没有举措，或者标题是信函一类）。选错了文件的，请回上一页放弃这份导入稿。"
PLAN_TITLE_LENGTH = 255
PLAN_NUMBER_LENGTH = 64


def proposed_blocks(source: SourceText) -> BlockProposal:
    """Return the blocks of a text, before anything is written, since reading can take seconds. Raises BadInput."""
    try:
        decode_source(source.text)
        return propose_source_blocks(source)
    except PlanUnreadable as error:
        raise BadInput(error.sentence) from None


@transaction
def start_import(source: SourceText, name: str, proposal: BlockProposal, *, by: Actor) -> ImportDraft:
    """Store a text with its blocks as a draft. Raises NotAllowed."""
    require(by, Action.IMPORT_PLAN)
    draft = ImportDraft(
        name=name[-PLAN_TITLE_LENGTH:],
        source=source.as_json(),
        blocks=[block.as_json() for block in complete_blocks(source, proposal.blocks)],
        questions=questions_about(source, proposal),
        created_by=by.person,
        updated_by=by.person,
    )
    draft.set_frame_fields(proposal.fields)
    draft.save()
    record_event(Action.IMPORT_PLAN, draft, by=by, summary=f"读取：{draft.name}")
    return draft


def questions_about(source: SourceText, proposal: BlockProposal) -> list[dict[str, Any]]:
    """Return what has to be checked: whether it is a plan, what else the file contains, what is uncertain."""
    is_one = is_plan(plan_from_blocks(source, proposal.blocks, proposal.fields))
    about_file = [{"place": "文件", "message": note, "start": 0, "end": 0} for note in source.notes]
    about_plan = [] if is_one else [{"place": "全文", "message": UNLIKE_A_PLAN, "start": 0, "end": 0}]
    rows = (*about_plan, *map(asdict, proposal.questions), *about_file)
    return [{**row, "checked": False} for row in rows]


@transaction
def edit_blocks(draft: ImportDraft, edit: BlockEdit, *, by: Actor, version: int) -> str:
    """Change one block, or all like it; return in words what was done.

    Raises NotAllowed, IllegalTransition if nothing changes, StaleVersion with the draft as it is stored now.
    """
    current = begin_editing(draft, by=by, version=version)
    source, before = current.source_text, current.block_row
    after = apply_edit(source, before, edit)
    if after == before:
        raise IllegalTransition(NO_CHANGE)
    place = place_of_block(before, edit.start) or 0
    words = source.text[before[place].start : before[place].end]
    count = len(places_alike(source, before, place, edit.scope))
    label = edit_words(edit, words, count)[:PLAN_TITLE_LENGTH]
    ImportEdit.delete().where(
        (ImportEdit.draft == current) & (ImportEdit.position > current.edits_done)
    ).execute()
    current.edits_done += 1
    ImportEdit.create(
        draft=current,
        position=current.edits_done,
        label=label,
        change=change_as_json(change_between(before, after)),
        draft_version=version + 1,
        made_by=by.person,
    )
    store_blocks(current, after, by=by, version=version, label=label)
    return label


@transaction
def undo_edit(draft: ImportDraft, *, by: Actor, version: int) -> str:
    """Undo the last edit; return which, in words. Raises NotAllowed, IllegalTransition, StaleVersion."""
    current = begin_editing(draft, by=by, version=version)
    edit = queries.offered_edits(current).done
    if edit is None:
        raise IllegalTransition(NOTHING_TO_UNDO)
    current.edits_done -= 1
    blocks = change_from_json(edit.change).reversed().apply_to(current.block_row)
    return finish_step(current, edit, blocks, f"撤销：{edit.label}", by=by, version=version)


@transaction
def redo_edit(draft: ImportDraft, *, by: Actor, version: int) -> str:
    """Redo the edit that was undone last. Raises NotAllowed, IllegalTransition, StaleVersion."""
    current = begin_editing(draft, by=by, version=version)
    edit = queries.offered_edits(current).undone
    if edit is None:
        raise IllegalTransition(NOTHING_TO_REDO)
    current.edits_done += 1
    blocks = change_from_json(edit.change).apply_to(current.block_row)
    return finish_step(current, edit, blocks, f"重做：{edit.label}", by=by, version=version)


@transaction
def tick_question(draft: ImportDraft, number: int, *, checked: bool, by: Actor) -> None:
    """Tick a question as checked, or open it again. Raises NotAllowed, BadInput."""
    require(by, Action.IMPORT_PLAN)
    current: ImportDraft = ImportDraft.get_by_id(draft.id)
    if not 0 <= number < len(current.questions):
        raise BadInput("没有这一条待核对。请刷新页面后重试。")
    current.questions[number]["checked"] = checked
    current.save(only=[ImportDraft.questions])
    words = f"{'已核对' if checked else '重新待核对'}：{current.questions[number]['message']}"
    record_event(Action.IMPORT_PLAN, current, by=by, summary=words)


@transaction
def change_frame(draft: ImportDraft, fields: FrameFields, *, by: Actor, read: str) -> None:
    """Correct title, year, issuer, number and date, if their digest is still `read`.

    Raises NotAllowed, FieldProblems, StaleVersion with the draft as it is stored now.
    """
    require(by, Action.IMPORT_PLAN)
    raise_field_problems(
        {
            "title": text_problem(fields.title, "标题", PLAN_TITLE_LENGTH, when_empty="请写明标题。"),
            "issuer": text_problem(fields.issuer, "发文单位", PLAN_TITLE_LENGTH),
            "document_number": text_problem(fields.document_number or "", "文号", PLAN_NUMBER_LENGTH),
        }
    )
    current: ImportDraft = ImportDraft.get_by_id(draft.id)
    if current.frame_digest != read:
        raise StaleVersion(current)
    current.set_frame_fields(fields)
    store_draft(current, by=by, version=current.version)
    record_event(Action.IMPORT_PLAN, current, by=by, summary=f"修改{'、'.join(FRAME_FIELDS.values())}")


@transaction
def choose_predecessors(
    draft: ImportDraft, chosen: Mapping[int, int], *, carries: bool, by: Actor, version: int
) -> None:
    """Store which of last year's measures each measure continues, by position in the text.

    `carries`: it takes over assignments and targets. Raises NotAllowed, StaleVersion with the draft as it is stored
    now.
    """
    current = begin_editing(draft, by=by, version=version)
    current.predecessors = {
        "chosen": {str(start): before for start, before in chosen.items()},
        "carries": carries,
    }
    store_draft(current, by=by, version=version)
    record_event(Action.IMPORT_PLAN, current, by=by, summary=f"与上年对照：延续 {len(chosen)} 项举措")


@transaction
def decide_names(draft: ImportDraft, meanings: Mapping[str, str], *, by: Actor, version: int) -> None:
    """Store what printed names mean. Raises NotAllowed, StaleVersion."""
    current = begin_editing(draft, by=by, version=version)
    current.duties = {
        **current.decided_duties,
        "names": {**current.decided_duties.get("names", {}), **meanings},
    }
    store_draft(current, by=by, version=version)
    words = "、".join(f"{name}＝{meant}" for name, meant in meanings.items())
    record_event(Action.IMPORT_PLAN, current, by=by, summary=f"名称对应：{words}")


@transaction
def save_duty_rows(draft: ImportDraft, rows: Sequence[DutyRow], *, by: Actor, version: int) -> None:
    """Save the grid of assignments. Raises NotAllowed, BadInput with what is wrong in it, StaleVersion."""
    current = begin_editing(draft, by=by, version=version)
    problems = [f"{row.place_words}：{problem}" for row in checked_rows(rows) for problem in row.problems]
    if problems:
        raise BadInput("分工没有保存。请改正标出的各项。", tuple(problems))
    kept = {str(row.start): row.names for row in rows}
    current.duties = {**current.decided_duties, "rows": kept}
    store_draft(current, by=by, version=version)
    count = sum(bool(row.lead) for row in rows)
    record_event(Action.IMPORT_PLAN, current, by=by, summary=f"分工：{count} 项，共 {len(rows)} 项")


@transaction
def discard_import(draft: ImportDraft, *, by: Actor, version: int) -> None:
    """Delete a draft, unless somebody has changed it meanwhile. Raises NotAllowed, StaleVersion."""
    begin_editing(draft, by=by, version=version).delete_instance()
    record_event(Action.IMPORT_PLAN, draft, by=by, summary=f"放弃：{draft.name}")


@transaction
def confirm_import(draft: ImportDraft, *, by: Actor, version: int) -> Plan:
    """Store a draft as the plan of its year with all decisions, and delete the draft.

    Raises NotAllowed, BadInput with what prevents it, StaleVersion with the draft as it is stored now.
    """
    current = begin_editing(draft, by=by, version=version)
    source, blocks = current.source_text, current.block_row
    draft_plan = plan_from_blocks(source, blocks, current.frame_fields)
    if obstacles := queries.obstacles_to(draft_plan, source.text):
        raise BadInput(obstacles[0], tuple(obstacles))
    plan = store_plan(draft_plan, source=source.text, blocks=blocks, by=by)
    grid = DutyGrid(current, draft_plan)
    if assigned := table_rows(grid.rows_to_store, grid.measures):
        wanted = wanted_by_table(plan, assigned, "分工", on=BEGINNING)
        assign_measures(plan, wanted, FROM_THE_BEGINNING, source="分工", by=by)
    starts = (measure.start for measure in draft_plan.measures())
    measures = dict(zip(starts, measures_of_plan(plan), strict=True))
    link_predecessors(current, measures, by=by)
    plan_confirmed.send(plan, draft=current, measures=measures, by=by)
    current.delete_instance()
    return plan


def begin_editing(draft: ImportDraft, *, by: Actor, version: int) -> ImportDraft:
    """Return the draft at the version that was read. Raises NotAllowed, StaleVersion."""
    require(by, Action.IMPORT_PLAN)
    return draft_at(draft, version)


def draft_at(draft: ImportDraft, version: int) -> ImportDraft:
    """Return the draft as it is stored now, if its version is the one read. Raises StaleVersion."""
    current: ImportDraft = ImportDraft.get_by_id(draft.id)
    if current.version != version:
        raise StaleVersion(current)
    return current


def finish_step(
    draft: ImportDraft, edit: ImportEdit, blocks: tuple[Block, ...], label: str, *, by: Actor, version: int
) -> str:
    """Store the blocks that an undo or redo leads to."""
    edit.draft_version = version + 1
    edit.save(only=[ImportEdit.draft_version])
    store_blocks(draft, blocks, by=by, version=version, label=label)
    return label


def store_blocks(
    draft: ImportDraft, blocks: tuple[Block, ...], *, by: Actor, version: int, label: str
) -> None:
    draft.blocks = [block.as_json() for block in blocks]
    store_draft(draft, by=by, version=version)
    record_event(Action.IMPORT_PLAN, draft, by=by, summary=label)


def store_draft(draft: ImportDraft, *, by: Actor, version: int) -> None:
    """Store a draft. Raises StaleVersion if somebody else was faster."""
    draft.updated_at, draft.updated_by = now(), by.person
    draft.save_as_next(read_at=version)


def change_as_json(change: BlockReplacement) -> dict[str, Any]:
    rows = {"removed": change.removed, "inserted": change.inserted}
    return {"place": change.place} | {
        name: [block.as_json() for block in blocks] for name, blocks in rows.items()
    }


def change_from_json(data: dict[str, Any]) -> BlockReplacement:
    removed, inserted = (tuple(map(Block.from_json, data[name])) for name in ("removed", "inserted"))
    return BlockReplacement(data["place"], removed, inserted)
