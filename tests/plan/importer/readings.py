"""What the reader makes of every plan beside this file, whole and damaged: kept in readings.json, and looked at.

After a change that is meant: `python -m tests.plan.importer.readings`, and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from app.plan.importer import (
    Block,
    BlockKind,
    PlanUnreadable,
    plan_from_blocks,
    propose_blocks,
    read_plan,
    source_from_text,
)
from app.plan.importer.block_edits import CUTS, BlockEdit, EditKind, EditScope, apply_edit

READINGS = Path(__file__).with_suffix(".json")
PLANS = sorted(path for path in (Path(__file__).parent / "plans").iterdir() if path.suffix in (".txt", ".md"))
DAMAGES_OF_A_PLAN = 12
PATCHWORKS_WITH_A_PLAN = 4
HEADS = (
    "一、",
    "（二）",
    "3.",
    "第四章 ",
    "（5）",
    "⑥",
    "1.2.3 ",
    "二是",
    "七．",
    "(八)",
    "附件：",
    "— 9 —",
    "责任单位：",
)
EDITED = [path for path in PLANS if path.stem in ("heads_over_heads", "notice_with_tasks")]
NODE_KINDS_IN_ORDER = (BlockKind.REPORTED, BlockKind.UNREPORTED, BlockKind.ANNEX)
MARKS = "。；：，、“”（）《》*#"


def break_line(lines: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[number]))
    lines[number : number + 1] = [lines[number][:place], lines[number][place:]]


def join_lines(lines: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(lines) - 1)
    lines[number : number + 2] = [lines[number] + lines[number + 1]]


def lose_line(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def repeat_line(lines: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(lines))
    lines.insert(chance.randint(0, len(lines)), lines[number])


def change_head(lines: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(lines))
    lines[number] = chance.choice(HEADS) + lines[number].lstrip("一二三四五六七八九十（）()0123456789.、 ")


def change_mark(lines: list[str], chance: random.Random) -> None:
    number = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[number]))
    lines[number] = lines[number][:place] + chance.choice(MARKS) + lines[number][place + 1 :]


DAMAGES: tuple[Callable[[list[str], random.Random], None], ...] = (
    break_line,
    join_lines,
    lose_line,
    repeat_line,
    change_head,
    change_mark,
)


def damaged(text: str, seed: str) -> str:
    chance, lines = random.Random(seed), text.splitlines()
    for _ in range(chance.randint(1, 6)):
        chance.choice(DAMAGES)(lines, chance)
    return "\n".join(lines)


def patchwork(text: str, seed: str) -> str:
    """The beginning of a plan, and then lines of all plans, as nobody numbers them."""
    chance = random.Random(seed)
    lines = text.splitlines()
    return "\n".join(
        lines[: chance.randint(3, len(lines))] + chance.choices(lines_of_plans(), k=chance.randint(4, 16))
    )


@cache
def lines_of_plans() -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in PLANS)
    return [line for text in texts for line in text.splitlines() if line.strip()]


def reading_of(text: str) -> Any:
    """The plan, and what it was made of: its blocks, what is uncertain, and what any text gives."""
    try:
        plan = read_plan(text)
    except PlanUnreadable as refusal:
        return [str(refusal), *proposal_of(text)]
    annexes = [[annex.title, annex.text] for annex in plan.annexes]
    return [plan.as_json(), plan.title_lines, annexes, *proposal_of(text)]


def proposal_of(text: str) -> list[Any]:
    source = source_from_text(text)
    proposal = propose_blocks(source, any_text=True)
    questions = [(one.kind, one.message, one.start, one.end, one.place) for one in proposal.questions]
    return [digest_of([block.as_json() for block in proposal.blocks]), digest_of(questions)]


def edits_of(path: Path) -> Iterator[tuple[str, str]]:
    """What each edit of each block makes of a plan, alone and with the blocks that are alike."""
    source = source_from_text(path.read_text(encoding="utf-8"))
    proposal = propose_blocks(source)
    unnamed = tuple(replace(block, habit="") for block in proposal.blocks)
    for kind in EditKind:
        made = []
        for blocks in (proposal.blocks, unnamed):
            for edit in (one for block in blocks for one in edits_at(kind, block)):
                edited = apply_edit(source, blocks, edit)
                tree = plan_from_blocks(source, edited, proposal.fields).as_json()
                made.append([[one.as_json() for one in edited], tree])
        yield kind, digest_of(made)


def edits_at(kind: EditKind, block: Block) -> Iterator[BlockEdit]:
    edit = BlockEdit(kind, block.start)
    variants = [edit]
    if kind in CUTS:
        places = (block.start, block.start + 1, (block.start + block.end) // 2, block.end)
        variants = [replace(edit, at=place) for place in places]
    elif kind is EditKind.SET_LEVEL:
        variants = [replace(edit, level=level) for level in range(4)]
    elif kind is EditKind.SET_KIND:
        variants = [replace(edit, block_kind=one) for one in NODE_KINDS_IN_ORDER]
    for one in variants:
        yield from (replace(one, scope=scope) for scope in EditScope)


def digest_of(reading: Any) -> str:
    return hashlib.sha256(json.dumps(reading, ensure_ascii=False).encode()).hexdigest()[:12]


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """A plan as it is, and damaged."""
    text = path.read_text(encoding="utf-8")
    yield path.stem, text
    for make, times in ((damaged, DAMAGES_OF_A_PLAN), (patchwork, PATCHWORKS_WITH_A_PLAN)):
        for number in range(times):
            seed = f"{path.stem} {make.__name__} {number}"
            yield seed, make(text, seed)


def readings_of(path: Path) -> Iterator[tuple[str, Any]]:
    """The whole reading of a plan as it is; of any other text its digest."""
    for name, text in texts_of(path):
        reading = reading_of(text)
        yield name, digest_of(reading) if " " in name else reading


def all_readings() -> dict[str, dict[str, Any]]:
    kept = {path.stem: dict(readings_of(path)) for path in PLANS}
    return kept | {f"{path.stem} edited": dict(edits_of(path)) for path in EDITED}


if __name__ == "__main__":
    written = json.dumps(all_readings(), ensure_ascii=False, indent=0)
    READINGS.write_text(f"{written}\n", encoding="utf-8")
