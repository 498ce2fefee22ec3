"""What texts have: sequences of those that are right, and how often a document has each pair of characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from reports.lint.language.word_model import LONGEST_CANDIDATE

HANZI_RUN = re.compile("[一-鿿]{2,100}")


@dataclass(frozen=True)
class KnownTexts:
    """Texts that are right, such as the plan that a report is about: what they have is not a typing error."""

    texts: tuple[str, ...] = ()

    @cached_property
    def _sequences(self) -> frozenset[str]:
        return frozenset(
            run[at : at + length]
            for text in self.texts
            for run in HANZI_RUN.findall(text)
            for length in range(2, LONGEST_CANDIDATE + 2)
            for at in range(len(run))
        )

    def __contains__(self, sequence: str) -> bool:
        return sequence in self._sequences


@lru_cache(maxsize=2)
def known_texts(texts: tuple[str, ...]) -> KnownTexts:
    """Return known texts, read once for many checks."""
    return KnownTexts(texts)


def pair_counts(text: str) -> Mapping[str, int]:
    """How often a text has each pair of characters."""
    return Counter(map("".join, pairwise(text)))
