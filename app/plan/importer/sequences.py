"""Finding the numbers of a text that count: those next in sequence, or a first one followed by a second.

So 2.5 is not counted, but 三、2026年… is. A number missing at the starts of lines is searched inside the lines between
its neighbours. The nesting of the lists open at a place gives the depth of each head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.plan.importer.numbering import (
    ENUMERATION_RANK,
    UNSIGNED_KEYS,
    CandidateIndex,
    NumberCandidate,
    NumberMark,
    Place,
    number_candidates,
)
from app.plan.importer.sentences import SENTENCE_STOPS, is_terminated
from app.plan.importer.source_text import TextLine
from app.plan.importer.unnumbered_heads import UPPER_LINE

_MOST_MISSING = 3  # numbers that may be missing between two neighbours
_LONGEST_HEADING = 60  # characters
_HEADING_KEYS = frozenset({"part", "chapter", "han", "bracketed_han"})
_PART_KEYS = frozenset({"part", "chapter"})  # unnumbered heads never stand above these
_ENDS = "。！？；：）)】”》;:!?"


@dataclass(frozen=True)
class TextHead:
    """A head found in the text: `depth` from 1; `mark` is its number, None without one.

    is_out_of_turn: its number is not next in sequence. runs_through: its numbering continues in a new chapter.
    habit: how it is numbered or formatted.
    """

    line: int
    offset: int
    depth: int
    habit: str
    mark: NumberMark | None = None
    is_out_of_turn: bool = False
    runs_through: bool = False


@dataclass
class _OpenList:
    key: str
    last: int
    inside: int = -1  # the line inside which its last number is
    rank: int = 0  # of its way of numbering; 0 for unnumbered heads


def _ends_enumeration(key: str, opened: _OpenList) -> bool:
    """Return whether a list of chapters ends an open enumeration (一是, 二是)."""
    return key in _HEADING_KEYS and opened.rank == ENUMERATION_RANK


def find_heads(
    lines: Sequence[TextLine], unnumbered: dict[int, str], above: bool, lost: Mapping[int, NumberMark]
) -> list[TextHead]:
    """Return the heads among `lines`, in order, with their depth.

    unnumbered: heads without a number, with their habit; `above` the numbered ones, or below.
    lost: the numbers that lines have lost.
    """
    index = CandidateIndex(list(number_candidates(lines, lost)))
    return _SequenceReading(lines, unnumbered, above, index).read_heads()


class _SequenceReading:
    def __init__(
        self, lines: Sequence[TextLine], unnumbered: dict[int, str], above: bool, index: CandidateIndex
    ) -> None:
        self._lines = lines
        self._unnumbered = unnumbered
        self._above = above
        self._index = index
        self._open: list[_OpenList] = []
        self._last: dict[str, int] = {}
        self._running: set[str] = set()  # the ways of numbering that continue across chapters
        self._established = self._established_keys()
        self._heads: list[TextHead] = []

    def read_heads(self) -> list[TextHead]:
        taken: set[Place] = set()
        waiting = sorted(self._unnumbered)
        for candidate in self._index.candidates:
            while waiting and waiting[0] <= candidate.line:
                self._take_unnumbered(waiting.pop(0))
            is_free = candidate.place not in taken and candidate.line not in self._unnumbered
            if is_free and self._take_number(candidate):
                taken.add(candidate.place)
        for line in waiting:
            self._take_unnumbered(line)
        return self._heads

    def _established_keys(self) -> frozenset[str]:
        """Return the ways of numbering in which a second follows a first somewhere at the starts of lines."""
        starts = self._index.starts
        keys = {key for key, ordinal in starts if ordinal == 1}
        return frozenset(key for key in keys if self._index.next_start(key, 2, starts[key, 1][0]) is not None)

    def _take_unnumbered(self, line: int) -> None:
        habit = self._unnumbered[line]
        depth = next((n for n, one in enumerate(self._open) if one.key == habit), None)
        if depth is None:
            depth = self._unnumbered_depth(habit)
            del self._open[depth:]
            self._open.append(_OpenList(habit, 0))
        del self._open[depth + 1 :]
        self._last = {} if depth == 0 else self._last
        self._heads.append(TextHead(line, 0, depth + 1, habit))

    def _unnumbered_depth(self, habit: str) -> int:
        """Return the depth of an unnumbered head that is the first of its kind under the open lists."""
        parts = sum(one.key in _PART_KEYS for one in self._open)
        if habit == UPPER_LINE:
            return parts
        is_outline = habit.startswith("outline")
        if self._above and not is_outline:
            return parts + any(one.key == UPPER_LINE for one in self._open[: parts + 1])
        deeper = (n for n, one in enumerate(self._open) if one.key.startswith("outline") and one.key > habit)
        return next(deeper, len(self._open)) if is_outline else len(self._open)

    def _take_number(self, candidate: NumberCandidate) -> bool:
        mark = candidate.mark
        at = self._open_at(mark.key, mark.ordinal - 1)
        if candidate.may_be_fraction:
            taken = at is not None and self._is_only_one_missing(candidate)
            if at is not None and taken:
                self._accept(candidate, at)
            return taken
        if at is not None and (candidate.at_start or self._fills_gap(candidate, at)):
            self._accept(candidate, at)
            return True
        if mark.ordinal == 1 and self._opens_list(candidate):
            self._accept(candidate, self._restart_depth(candidate))
            return True
        if self._runs_through(candidate):
            self._running.add(mark.key)
            self._accept(candidate, len(self._open), runs_through=True)
            return True
        if (at := self._gap_at(candidate)) is not None:
            self._accept(candidate, at, out_of_turn=True)
            return True
        return False

    def _accept(
        self, candidate: NumberCandidate, depth: int, *, out_of_turn: bool = False, runs_through: bool = False
    ) -> None:
        mark = candidate.mark
        del self._open[depth:]
        inside = -1 if candidate.at_start else candidate.line
        self._open.append(_OpenList(mark.key, mark.ordinal, inside, mark.rank))
        self._last[mark.key] = mark.ordinal
        self._heads.append(
            TextHead(candidate.line, candidate.offset, depth + 1, mark.key, mark, out_of_turn, runs_through)
        )

    def _open_at(self, key: str, last: int) -> int | None:
        """Return the depth of the deepest open list of this kind whose last number is `last`; None if none."""
        found = (n for n in reversed(range(len(self._open))) if self._open[n].key == key)
        return next((n for n in found if self._open[n].last == last), None)

    def _restart_depth(self, candidate: NumberCandidate) -> int:
        """Return the depth of a restarted list: that of the list before, because its parent has lost its head.

        Chapters do not belong to an enumeration (一是) unless it continues after them, nor to a head of their format.
        """
        key, format_depth = candidate.mark.key, self._lines[candidate.line].depth
        again = (n for n, one in enumerate(self._open) if one.key == key)
        ended = (
            n
            for n, one in enumerate(self._open)
            if (_ends_enumeration(key, one) and not self._goes_on_behind(one, candidate.place))
            or (format_depth and one.key == f"outline{format_depth}")
        )
        return next(again, next(ended, len(self._open)))

    def _goes_on_behind(self, one: _OpenList, place: Place) -> bool:
        """Return whether the next number of an open list follows a place before that list begins again."""
        following = self._index.next_start(one.key, one.last + 1, place)
        first = self._index.next_start(one.key, 1, place)
        return following is not None and (first is None or following < first)

    def _opens_list(self, candidate: NumberCandidate) -> bool:
        """Return whether a first number is followed by a second before any open list continues."""
        key = candidate.mark.key
        second = self._index.next_start(key, 2, candidate.place)
        second = second or self._index.next_fraction(key, 2, candidate.place)
        if not candidate.at_start:
            first = self._index.next_start(key, 1, candidate.place)
            if self._begins_inside(candidate):
                return True
            return (
                second is not None
                and (first is None or first > second)
                and self._follows_head(candidate)
                and not self._is_interrupted(key, candidate.place, second)
            )
        if second is not None and not self._is_interrupted(key, candidate.place, second):
            return True
        inside = self._index.next_inside(key, 2, candidate.place)
        third = self._index.next_start(key, 3, candidate.place)
        if inside and third and inside < third and not self._is_interrupted(key, candidate.place, third):
            return True
        return self._is_lone_heading(candidate)

    def _begins_inside(self, candidate: NumberCandidate) -> bool:
        """Return whether a whole list is inside the line of the head above it, including its second number."""
        second = self._index.next_inside(candidate.mark.key, 2, candidate.place)
        head = self._heads[-1] if self._heads else None
        return (
            second is not None
            and second[0] == candidate.line
            and head is not None
            and head.line == candidate.line
            and head.habit != candidate.mark.key
            and self._follows_sentence(candidate)
        )

    def _follows_sentence(self, candidate: NumberCandidate) -> bool:
        text = self._lines[candidate.line].text[: candidate.offset].rstrip()
        return text.endswith(tuple("。！")) or (
            self._follows_head(candidate) and not text.endswith(tuple("：；:;"))
        )

    def _is_lone_heading(self, candidate: NumberCandidate) -> bool:
        """Return whether a first number without a second is of a kind that heads other lists, and is a head."""
        key = candidate.mark.key
        line = self._lines[candidate.line]
        begins_text = self._looks_like_head(candidate) and (
            key != "bracketed_han" or self._has_head_above(candidate)
        )
        if line.depth or self._is_chapter(candidate) or (key in _HEADING_KEYS and begins_text):
            return not self._is_open(key)
        if key in UNSIGNED_KEYS or self._is_open(key):
            return False
        return (
            key in self._established
            or self._stands_under_head(candidate)
            or (self._is_last_number(candidate) and self._looks_like_head(candidate))
        )

    def _is_last_number(self, candidate: NumberCandidate) -> bool:
        """Return whether it is the last number of a text (perhaps cut off) and ranks below those above."""
        return candidate.place == self._index.last_start and self._has_head_above(candidate)

    def _has_head_above(self, candidate: NumberCandidate) -> bool:
        """Return whether the number above ranks higher."""
        above = next((head.mark.rank for head in reversed(self._heads) if head.mark), candidate.mark.rank)
        return above < candidate.mark.rank

    def _stands_under_head(self, candidate: NumberCandidate) -> bool:
        """Return whether the line above is a head without content."""
        head = self._heads[-1] if self._heads else None
        above = self._lines[candidate.line - 1].text if candidate.line else ""
        return (
            head is not None
            and head.line == candidate.line - 1
            and (head.mark is None or head.mark.rank < candidate.mark.rank)
            and not is_terminated(above)
        )

    def _is_open(self, key: str) -> bool:
        return any(one.key == key for one in self._open)

    def _is_interrupted(self, key: str, after: Place, before: Place, depth: int | None = None) -> bool:
        """Return whether an open list of another kind, less deep than `depth`, continues between two places."""
        for one in self._open[:depth]:
            if one.key == key or _ends_enumeration(key, one):
                continue
            found = self._index.next_start(one.key, one.last + 1, after) if one.last else None
            if found is not None and found < before:
                return True
            if not one.last and self._has_unnumbered(one.key, after, before):
                return True
        return False

    def _has_unnumbered(self, habit: str, after: Place, before: Place) -> bool:
        return any(
            self._unnumbered.get(line) == habit
            for line in range(after[0] + 1, min(before[0], after[0] + 400))
        )

    def _follows_head(self, candidate: NumberCandidate) -> bool:
        """Return whether a number inside a line directly follows a head without an end, or an end."""
        text = self._lines[candidate.line].text[: candidate.offset].rstrip()
        if text.endswith(tuple(_ENDS)):
            return True
        head = self._heads[-1] if self._heads else None
        if head is None or head.line != candidate.line or head.offset >= candidate.offset:
            return False
        between = text[head.offset :]
        return len(between) <= _LONGEST_HEADING and not any(stop in between for stop in SENTENCE_STOPS)

    def _fills_gap(self, candidate: NumberCandidate, depth: int) -> bool:
        """Return whether a number inside a line is the one missing between its neighbours."""
        mark = candidate.mark
        if self._open[depth].inside == candidate.line and self._follows_head(candidate):
            return True
        own = self._index.next_start(mark.key, mark.ordinal, candidate.place)
        is_last = own is None or self._is_interrupted(mark.key, candidate.place, own, depth)
        if is_last and self._follows_lost_break(candidate):
            return True
        if not (self._follows_head(candidate) or self._ends_line(candidate)):
            return False
        for missing in range(1, _MOST_MISSING + 1):
            following = self._index.next_start(mark.key, mark.ordinal + missing, candidate.place)
            if following is not None:
                return (own is None or own > following) and not self._is_interrupted(
                    mark.key, candidate.place, following, depth
                )
        return False

    def _follows_lost_break(self, candidate: NumberCandidate) -> bool:
        """Return whether a number is where the line must have ended: after a sentence and a space, or a chapter."""
        text = self._lines[candidate.line].text[: candidate.offset]
        ended = text.rstrip().endswith(tuple("。！；"))
        is_chapter = candidate.mark.key in _HEADING_KEYS and self._ends_line(candidate)
        return ended and (text[-1:].isspace() or is_chapter)

    def _is_only_one_missing(self, candidate: NumberCandidate) -> bool:
        """Return whether the next number begins a line, and no number like this one comes before it."""
        key, ordinal = candidate.mark.key, candidate.mark.ordinal
        following = self._index.next_start(key, ordinal + 1, candidate.place)
        own = self._index.next_start(key, ordinal, candidate.place)
        return following is not None and (own is None or own > following)

    def _ends_line(self, candidate: NumberCandidate) -> bool:
        """Return whether everything after a number inside a line could be a head."""
        rest = self._lines[candidate.line].text[candidate.offset :]
        return len(rest) <= _LONGEST_HEADING and not any(stop in rest for stop in SENTENCE_STOPS)

    def _runs_through(self, candidate: NumberCandidate) -> bool:
        """Return whether a number continues its sequence in a new chapter."""
        mark = candidate.mark
        next_in_turn = self._last.get(mark.key) == mark.ordinal - 1 and not self._is_open(mark.key)
        if not next_in_turn or mark.key in UNSIGNED_KEYS:
            return False
        if candidate.at_start:
            return bool(self._open)
        following = self._index.next_start(mark.key, mark.ordinal + 1, candidate.place)
        own = self._index.next_start(mark.key, mark.ordinal, candidate.place)
        return following is not None and (own is None or own > following) and self._follows_head(candidate)

    def _gap_at(self, candidate: NumberCandidate) -> int | None:
        """Return the depth of a number whose predecessor is lost; None if it does not count."""
        mark = candidate.mark
        if not candidate.at_start or mark.key in UNSIGNED_KEYS or not self._looks_like_head(candidate):
            return None
        for depth in reversed(range(len(self._open))):
            one = self._open[depth]
            if one.key == mark.key and 0 <= mark.ordinal - one.last <= _MOST_MISSING + 1:
                return depth
        if self._is_open(mark.key):
            return self._restart_depth(candidate) if self._goes_on(candidate) else None
        if not self._heads and self._is_chapter(candidate) and mark.rank == self._index.top_rank:
            return 0
        above = self._depth_over_lists(candidate)
        running = mark.key in self._running and mark.ordinal > self._last.get(mark.key, mark.ordinal)
        if mark.ordinal > 1 and (running or self._goes_on(candidate) or above is not None):
            return len(self._open) if above is None else above
        return None

    def _depth_over_lists(self, candidate: NumberCandidate) -> int | None:
        """Return the depth of a chapter's head after lists on the level below; None if it is none.

        The chapter before it has lost its number or its whole head.
        """
        mark = candidate.mark
        if not self._is_chapter(candidate):
            return None
        held = next((n for n, one in enumerate(self._open) if one.rank), None)
        if held is None or self._open[held].rank <= mark.rank or self._open[held].key not in _HEADING_KEYS:
            return None
        return 0 if held == 1 else held

    def _is_chapter(self, candidate: NumberCandidate) -> bool:
        """Return whether a number begins a chapter's head on a line of its own."""
        is_ended = is_terminated(self._lines[candidate.line].text)
        return candidate.mark.key in _HEADING_KEYS and self._ends_line(candidate) and not is_ended

    def _goes_on(self, candidate: NumberCandidate) -> bool:
        mark = candidate.mark
        following = self._index.next_start(mark.key, mark.ordinal + 1, candidate.place)
        return following is not None and not self._is_interrupted(mark.key, candidate.place, following)

    def _looks_like_head(self, candidate: NumberCandidate) -> bool:
        """Return whether the text above has ended, so that a number may begin a line here."""
        if not candidate.line:
            return True
        above = self._lines[candidate.line - 1].text
        is_head = bool(self._heads) and self._heads[-1].line == candidate.line - 1
        return is_terminated(above) or is_head
