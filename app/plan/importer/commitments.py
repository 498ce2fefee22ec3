"""Commitments: a measure's text by sentence, and by clause where a semicolon or 一是…二是… parts it."""

from __future__ import annotations

import re

from app.plan.importer.departments import departments_in, find_mention, is_department_line
from app.plan.importer.sentences import cut
from app.plan.importer.tree import CommitmentDraft

_STOPS = "。！？；;"
_ENUMERATED = re.compile(r"(?<=[，,、：:])(?=[二三四五六七八九十]{1,2}(?:是|要)|(?:其次|再次|最后)[，,])")
_ANNOUNCES = re.compile(r"[：:]$")


def commitments_of(text: str, stated_above: tuple[str, ...] = ()) -> tuple[CommitmentDraft, ...]:
    """Cut the text of a measure into commitments; joined, they are the text (line breaks aside).

    A mention of departments covers the commitments since the mention before it. `stated_above` are the
    departments printed beside the measure's head: they cover what has none of its own.
    """
    done: list[CommitmentDraft] = []
    waiting: list[str] = []
    for piece in _pieces(text):
        waiting.append(piece)
        named = departments_in(piece)
        if named:
            done += [CommitmentDraft(each, named) for each in waiting]
            waiting = []
    done += [CommitmentDraft(each, stated_above) for each in waiting]
    return tuple(done)


def _pieces(text: str) -> list[str]:
    """Sentences and clauses; what names only departments goes with the piece before it."""
    pieces: list[str] = []
    for line in text.split("\n"):
        fragments = [line] if is_department_line(line) else _clauses(line)
        for fragment in (fragment.strip() for fragment in fragments):
            if pieces and (_only_departments(fragment) or _only_departments(pieces[-1])):
                pieces[-1] = pieces[-1] + fragment
            elif fragment:
                pieces.append(fragment)
    return pieces


def _clauses(line: str) -> list[str]:
    found: list[str] = []
    for clause in cut(line, _STOPS):
        mention = find_mention(clause)
        if mention and mention.start() == 0 and mention.end() < len(clause) and found:
            found += [clause[: mention.end()], clause[mention.end() :]]
        else:
            found += [piece for piece in _ENUMERATED.split(clause) if piece]
    return found


def _only_departments(text: str) -> bool:
    return is_department_line(text.rstrip("。；;"))
