"""What the reader makes of every plan beside this file, whole and damaged: kept in readings.json, and looked at.

After a change that is meant: `python -m tests.plan.importer.readings`, and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.plan.importer import PlanUnreadable, read_plan

READINGS = Path(__file__).with_suffix(".json")
PLANS = sorted(path for path in (Path(__file__).parent / "plans").iterdir() if path.suffix in (".txt", ".md"))
DAMAGES_OF_A_PLAN = 24
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
    for _ in range(chance.randint(1, 4)):
        chance.choice(DAMAGES)(lines, chance)
    return "\n".join(lines)


def reading_of(text: str) -> Any:
    try:
        return read_plan(text).as_json()
    except PlanUnreadable as refusal:
        return str(refusal)


def digest_of(reading: Any) -> str:
    return hashlib.sha256(json.dumps(reading, ensure_ascii=False).encode()).hexdigest()[:12]


def readings() -> Iterator[tuple[str, Any]]:
    """The whole reading of a plan as it is; of a damaged one the warnings, and the digest of the rest."""
    for path in PLANS:
        text = path.read_text(encoding="utf-8")
        yield path.stem, reading_of(text)
        for number in range(DAMAGES_OF_A_PLAN):
            seed = f"{path.stem} {number}"
            reading = reading_of(damaged(text, seed))
            warnings = reading["warnings"] if isinstance(reading, dict) else [reading]
            yield (
                seed,
                [digest_of(reading), *(one if isinstance(one, str) else one["message"] for one in warnings)],
            )


if __name__ == "__main__":
    written = json.dumps(dict(readings()), ensure_ascii=False, indent=0)
    READINGS.write_text(f"{written}\n", encoding="utf-8")
