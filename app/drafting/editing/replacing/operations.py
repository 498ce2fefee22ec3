"""Finding words in all blocks of a draft and replacing them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.audit.event_kinds import EventKind
from app.authority.actor import Actor
from app.base.database import transaction
from app.base.errors import FieldProblems, StaleVersion, raise_field_problems
from app.base.text import shorten_line, text_problem
from app.drafting.core.annex_cells import AnnexCell
from app.drafting.core.draft import current_draft
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.queries import blocks_of
from app.drafting.editing.block_words import all_words, full_words
from app.drafting.editing.draft_page import DraftLine, labels_of
from app.drafting.editing.edit_history import next_step
from app.drafting.editing.operations import (
    BlockWording,
    begin_editing,
    print_again,
    record_block_edit,
    store_block,
)
from reports.frozen_text import block_as_json
from reports.model import Block, Heading, Paragraph, Sheet

REPLACED_LENGTH = 200
AROUND = 24  # characters shown before and after a match
PLACES_SHOWN = 5  # per block
DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class WordReplacement:
    """Words to find and their replacement; an empty replacement deletes them.

    A number only matches as a whole: 5% is not found in 65%, nor 12 in 12.5.
    """

    wanted: str
    better: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern that finds the words."""
        before = r"(?<![0-9])(?<![0-9][.,])" if DIGIT.match(self.wanted) else ""
        behind = r"(?![0-9])(?![.,][0-9])" if DIGIT.match(self.wanted[-1:]) else ""
        return re.compile(before + re.escape(self.wanted) + behind)

    def count_in(self, texts: Collection[str]) -> int:
        """Return the number of matches."""
        return sum(len(self.pattern.findall(text)) for text in texts)

    def apply_to(self, block: Block) -> Block:
        """Return a block with the words replaced. Raises FieldProblems if it cannot be printed like that."""
        match block:
            case Heading():
                return BlockWording(self.replace_in(block.text)).apply_to(block)
            case Paragraph():
                head = self.replace_in(block.head.text) if block.head else ""
                return BlockWording(self.replace_in(block.text), head).apply_to(block)
            case Sheet():
                return with_fields(block, self.replace_in)
            case _:
                return block

    def replace_in(self, text: str) -> str:
        return self.pattern.sub(lambda _: self.better, text)


def with_fields(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """Return a sheet with the text of its fields changed; labels stay."""
    rows = (
        replace(row, fields=tuple(replace(field, text=change(field.text)) for field in row.fields))
        for row in sheet.rows
    )
    return replace(sheet, rows=tuple(rows))


def editable_texts(block: Block) -> list[str]:
    """Return the texts of a block that can be rewritten; empty for a table or chart."""
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [block.head.text, block.text] if block.head else [block.text]
        case Sheet():
            return [field.text for row in block.rows for field in row.fields]
        case _:
            return []


@dataclass(frozen=True)
class FoundPlace:
    """A match with the text before and after it."""

    before: str
    words: str
    behind: str


@dataclass(frozen=True)
class FoundBlock:
    """A block with matches and their number; only the first ones are shown."""

    line: DraftLine
    count: int
    places: tuple[FoundPlace, ...] = ()

    @property
    def row(self) -> DocumentBlock:
        return self.line.row


@dataclass(frozen=True)
class FoundCell:
    """A cell of an annex with matches and their number."""

    cell: AnnexCell
    count: int


@dataclass(frozen=True)
class FoundWords:
    """The matches in a draft.

    blocks: in text that can be rewritten.
    fixed_blocks, cells: in tables and charts, and in annex cells.
    is_in_particulars: whether the title or other particulars contain one.
    """

    blocks: tuple[FoundBlock, ...] = ()
    fixed_blocks: tuple[FoundBlock, ...] = ()
    cells: tuple[FoundCell, ...] = ()
    is_in_particulars: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Return whether there are matches that are not replaced here."""
        return bool(self.fixed_blocks or self.cells or self.is_in_particulars)

    @property
    def count(self) -> int:
        """Return how many matches can be replaced."""
        return sum(found.count for found in self.blocks)


def find_words(document: Document, wanted: WordReplacement) -> FoundWords:
    """Return the matches in a draft, in the order of its blocks; dropped blocks are left out.

    Raises DocumentError if all blocks are dropped.
    """
    draft = current_draft(document)
    labels = labels_of(draft.rows)
    lines = [DraftLine(row, labels.get(row.id, "")) for row in draft.rows]
    blocks, fixed = [], []
    for line in lines:
        texts = editable_texts(line.block)
        if count := wanted.count_in(texts):
            blocks.append(FoundBlock(line, count, places_in(texts, wanted)))
        elif not line.is_text and (count := wanted.count_in([all_words(line.block)])):
            fixed.append(FoundBlock(line, count))
    counted = ((cell, wanted.count_in([cell.words])) for cell in draft.annex_cells)
    cells = tuple(FoundCell(cell, count) for cell, count in counted if count)
    return FoundWords(tuple(blocks), tuple(fixed), cells, wanted.count_in(texts_around(document)) > 0)


def texts_around(document: Document) -> list[str]:
    """Return the texts of a document's particulars that can be searched."""
    around = document.particulars
    return [
        document.title,
        around.recipient,
        around.note,
        *(name for names in (around.issuers, around.signers, around.copies_to) for name in names),
    ]


def places_in(texts: Collection[str], wanted: WordReplacement) -> tuple[FoundPlace, ...]:
    """Return the first matches, each with the text around it."""
    found = ((text, place) for text in texts for place in wanted.pattern.finditer(text))
    places = (
        FoundPlace(cut_before(text[: place.start()]), place[0], cut_behind(text[place.end() :]))
        for text, place in found
    )
    return tuple(place for place, _ in zip(places, range(PLACES_SHOWN), strict=False))


def cut_before(text: str) -> str:
    return f"…{text[-AROUND:]}" if len(text) > AROUND else text


def cut_behind(text: str) -> str:
    return f"{text[:AROUND]}…" if len(text) > AROUND else text


@transaction
def replace_words(
    document: Document, replacement: WordReplacement, chosen: Mapping[int, int], *, by: Actor
) -> int:
    """Replace words in the chosen blocks, in all or none; return the number of replacements.

    chosen: the version at which the words were found, by block id.

    Raises NotAllowed, IllegalTransition, FieldProblems, and StaleVersion if a block was changed since.
    """
    current = begin_editing(document, by=by)
    refuse_replacement(replacement, chosen)
    rows = {row.id: row for row in blocks_of(current) if not row.is_dropped and row.id in chosen}
    if any(number not in rows or rows[number].version != version for number, version in chosen.items()):
        raise StaleVersion(current)
    step = next_step(current.id)
    count = sum(replace_in_block(current, row, replacement, by=by, step=step) for row in rows.values())
    print_again(current, by=by)
    return count


def refuse_replacement(replacement: WordReplacement, chosen: Mapping[int, int]) -> None:
    """Raise FieldProblems if the words or the blocks are missing, or the replacement is the same."""
    is_same = replacement.wanted == replacement.better
    problems = {
        "find": text_problem(
            replacement.wanted, "查找的文字", REPLACED_LENGTH, when_empty="请写上要查找的文字。"
        ),
        "replacement": text_problem(replacement.better, "替换成的文字", REPLACED_LENGTH)
        or ("与查找的文字相同，不用替换。请写上要改成的文字。" if is_same else "")
        or ("" if chosen else "没有选中要替换的段落。请至少勾选一段。"),
    }
    raise_field_problems(problems)


def replace_in_block(
    document: Document, row: DocumentBlock, replacement: WordReplacement, *, by: Actor, step: int
) -> int:
    """Replace words in one block as a rewriting, which its department may have to confirm; return the number."""
    before = row.block
    count = replacement.count_in(editable_texts(before))
    try:
        after = replacement.apply_to(before)
    except FieldProblems as refusal:
        words, reason = full_words(before), "".join(refusal.fields.values())
        raise FieldProblems(
            {"replacement": f"“{shorten_line(words, 20)}”这一段不能这样替换：{reason}"}
        ) from None
    row.content = block_as_json(after)
    store_block(row, by=by, version=row.version, step=step)
    record_block_edit(
        document, EventKind.REWRITE_BLOCK, by=by, row=row, before=full_words(before), after=full_words(after)
    )
    return count
