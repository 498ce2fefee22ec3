"""How long everything that reads people's text takes for 100,000 characters of the most hostile ones.

    python -m benchmarks.hostile_texts

Prints, for every reader, the processor time for the worst of the texts. The lint is taken whole, the longest that a
person's page has to wait for.
"""

from __future__ import annotations

from functools import partial

from benchmarks.targets import Targets, as_program
from reports.lint import check_document
from reports.model import OfficialDocument, Paragraph
from tests.hostile_texts import (
    READERS,
    TEXTS,
    document,
    read,
    seconds,
)

LENGTH = 100_000
TARGET_SECONDS = 0.3


def main(targets: Targets) -> None:
    """Print what was measured."""
    for name, reader in (*READERS.items(), ("all rules of the lint, one paragraph", linted)):
        taken = {words: seconds(partial(read, reader, make(LENGTH))) for words, make in TEXTS.items()}
        worst = max(taken, key=lambda words: taken[words])
        target = targets.at_most(TARGET_SECONDS, taken[worst], f"{name}, {worst}", "s")
        print(f"{name:45} {taken[worst]:6.3f} s of {worst} ({target})", flush=True)


def linted(text: str) -> object:
    """Check a report that has a text as one of its paragraphs."""
    report: OfficialDocument = document((Paragraph(text),))
    return check_document(report)


if __name__ == "__main__":
    as_program(main)
