"""What of a filing a cell can carry. Two contents that look alike in a sheet are the same after `carried_content`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from app.base.text import plain_text
from app.filing.core.content import FilingContent, Tick

CELL_LENGTH = 32_767  # Excel's limit, in UTF-16 units; openpyxl would cut the rest off without a word
TOO_MUCH_FOR_CELL = "（这段文字 Excel 的一格放不下。请在网页上查看和修改，这一格保持原样。）"
TEXTS = tuple(one.name for one in fields(FilingContent) if one.default == "")

# XML 1.0, production 2 (Char), without the delete character, which forms on the web do not take either.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Excel reads _x000D_ as a carriage return: a text that literally holds such a thing would come back as another.
ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_|x005F_")


def carried_text(text: str) -> str:
    """Return a text as a cell can hold it, without what XML cannot or nobody sees, or TOO_MUCH in its place."""
    plain = NOT_IN_XML.sub("", plain_text(text))
    fits = len(plain.encode("utf-16-le")) // 2 <= CELL_LENGTH and not ESCAPE.search(plain)
    return plain if fits else TOO_MUCH_FOR_CELL


def carried_content(
    content: FilingContent, commitment_ids: Iterable[int], indicator_ids: Iterable[int] = ()
) -> FilingContent:
    """Return content as a form can hold it: with a tick for each of these commitments, and these indicators."""
    texts: dict[str, Any] = {name: carried_text(getattr(content, name)) for name in TEXTS}
    ticks = {key: content.ticks.get(key, Tick(done=False)) for key in commitment_ids}
    shown = {key: Tick(tick.done, carried_text(tick.note)) for key, tick in ticks.items()}
    values = {key: content.indicators.get(key) for key in indicator_ids}
    return replace(content, **texts, ticks=shown, indicators=values)


def complete_content(reported: FilingContent, present: FilingContent) -> FilingContent:
    """Return what a form reports, with everything that it could not carry, or lacks, as it stands at present."""
    kept = {name: getattr(present, name) for name in TEXTS if getattr(reported, name) == TOO_MUCH_FOR_CELL}
    ticks = dict(present.ticks)
    for key, tick in reported.ticks.items():
        before = present.ticks.get(key, tick)
        ticks[key] = Tick(tick.done, before.note) if tick.note == TOO_MUCH_FOR_CELL else tick
    return replace(reported, **kept, ticks=ticks, indicators={**present.indicators, **reported.indicators})


def digest_of_content(content: FilingContent) -> str:
    """Return 16 hexadecimal digits that differ where carried contents differ."""
    canonical = json.dumps(content.as_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
