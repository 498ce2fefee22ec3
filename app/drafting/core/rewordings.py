"""How a department's words were changed in the editor, as a whole and sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.base.text_differences import replaced_runs
from app.composition.block_keys import BlockRole
from app.composition.phrases import HANZI, SENTENCE
from app.drafting.core.models import DocumentBlock
from reports.frozen_text import block_from_json
from reports.model import Paragraph

# How many sentences are compared; more changes than that are a new text.
MOST_SENTENCES = 50
# A figure with the first character of its unit: 9批, 50天, 55%.
FIGURE = re.compile(rf"(?<![\d.])\d+(?:\.\d+)?(?:%|[{HANZI}])")


@dataclass(frozen=True)
class BlockRewording:
    """The words of a block made from a filing, as assembled and as they are now."""

    row: DocumentBlock
    before: str
    after: str

    @cached_property
    def exchanged(self) -> tuple[tuple[str, str], ...]:
        """Return each changed run of sentences with its replacement; not those that were only added or removed.

        At most MOST_SENTENCES sentences, from the beginning.
        """
        found: list[tuple[str, str]] = []
        left = MOST_SENTENCES
        for old, new in replaced_runs(split_sentences(self.before), split_sentences(self.after)):
            left -= max(len(old), len(new))
            if left < 0:
                break
            if old and new:
                found += exchanged_pairs(old, new)
        return tuple(found)

    @cached_property
    def added(self) -> tuple[str, ...]:
        """Return the sentences that were not there when it was assembled."""
        old = set(split_sentences(self.before))
        return tuple(one for one in split_sentences(self.after) if one not in old)


def rewording_of(row: DocumentBlock) -> BlockRewording | None:
    """Return how the words of a block were changed; None if it is not made from a filing or contribution.

    A dropped block counts as unchanged.
    """
    before, block = block_from_json(row.composed) if row.composed else None, row.block
    is_report = row.filing_id or row.role is BlockRole.SUPPORTED_PROGRESS
    if not (is_report and isinstance(before, Paragraph) and isinstance(block, Paragraph)):
        return None
    return BlockRewording(row, before.text, before.text if row.is_dropped else block.text)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, stripped."""
    return [one.strip() for one in SENTENCE.findall(text) if one.strip()]


def exchanged_pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield old sentences with their replacements: one by one if there are as many, otherwise all as one."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
    else:
        yield "".join(old), "".join(new)


def figures_in(text: str) -> dict[str, None]:
    """Return the figures of a text with their units, without repetition."""
    return dict.fromkeys(FIGURE.findall(text))
