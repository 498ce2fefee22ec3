"""Those who are due at a meeting, come and vote: as many as the others leave, no more than there are."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from reports.lint.quantities import TextQuantity
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit

COUNTED = ("人", "票", "张", "户", "份")
DUE = re.compile("应(?:到会?|出席|参会|参加)?")
CAME = re.compile("实(?:际?到会?|际?出席|际?参会|际?参加)|(?<!应)到会")
ABSENT = re.compile("请假|缺席|未到|缺勤|病假|事假|公出|外出")
CHOICE = "(?:(?P<no>反对|不同意|不赞成)|(?P<none>弃权)|(?P<yes>赞成|同意|赞同))"
CHOICE_BEFORE, CHOICE_BEHIND = (
    re.compile(f"{CHOICE}(?:票|[{HANZI}]{{0,10}}的)?[为有共]?$"),
    re.compile(f"[{HANZI}]{{0,6}}?{CHOICE}"),
)
BETWEEN_VOTES = re.compile(f"[{HANZI}]{{0,6}}(?:[，、]占[^，。；]{{2,24}})?[，、；][{HANZI}]{{0,6}}")
INVALID = re.compile(r"(?:废票|无效[票表]?|未[按投表][^，。；\d]{0,6})[为有]?$")
VOTERS = re.compile(f"[{HANZI}]{{0,8}}?(?:参加|表决|投票|代表|业主|有效|到会|实到|$)")
# Others vote than those who are there.
ELSEWHERE = re.compile("委托|书面|线上|通讯|网络")
SENTENCES_BACK, MOST_NEAR, ALL_CHOICES = 3, 8, 3


@document_rule("roll", "到会、表决人数不符", WARNING, ACCURACY)
def wrong_rolls(subject: LintSubject) -> Iterator[RuleHit]:
    """应到45人，实到41人，请假3人; 78人表决，赞成70票，反对3票，弃权4票; 实到22人。……同意23票."""
    known = [one for one in subject.figures if one.unit in COUNTED]
    for _, sentence in groupby(known, lambda one: one.sentence):
        yield from _wrong_attendance(list(sentence))
    for start, end in _runs_of_votes(known):
        near = [*known[max(0, start - MOST_NEAR) : start], *known[end : end + MOST_NEAR]]
        yield from _wrong_votes(
            known[start:end],
            [one for one in near if abs(one.sentence - known[start].sentence) <= SENTENCES_BACK],
        )


def _wrong_attendance(sentence: Sequence[TextQuantity]) -> Iterator[RuleHit]:
    """应到86人，请假4人，实到90人, in whatever order; 请假3人，其中病假2人 is of the three."""
    due, came = ([one for one in sentence if kind.search(one.count.label)] for kind in (DUE, CAME))
    absent = [one for one in sentence if ABSENT.search(one.count.label + one.count.behind)]
    if len(due) != 1 or len(came) != 1 or not absent:
        return
    within = [place for place, one in enumerate(absent) if place and (one.is_part or "（" in one.lead)]
    present, *missing = (
        sum(one.value for one in counted)
        for counted in (came, absent, absent[: within[0] if within else None])
    )
    if due[0].value - present not in missing:
        reason = f"实到和缺席的相加是{present + missing[-1]:g}，与应到的{due[0].value:g}不符，请核对。"
        places = [one.count for one in (*due, *came, *absent)]
        start = min(one.start for one in places)
        yield RuleHit(reason, due[0].passage, start, max(one.end for one in places))


def _choice(one: TextQuantity) -> str:
    """What the votes are for that a quantity counts: the name of a group of CHOICE."""
    words = CHOICE_BEFORE.search(one.count.label)
    if words is None and not (DUE.search(one.count.label) or CAME.search(one.count.label)):
        words = CHOICE_BEHIND.match(one.count.behind)
    return (words.lastgroup or "") if words else ""


def _runs_of_votes(known: Sequence[TextQuantity]) -> Iterator[tuple[int, int]]:
    """Where votes stand right behind each other, each for something else."""
    start = 0
    for end, one in enumerate(known, start=1):
        choices = [_choice(vote) for vote in known[start : end + 1]]
        goes_on = len(set(choices)) == len(choices) > end - start and all(choices)
        is_beside = goes_on and one.sentence == known[end].sentence
        if is_beside and BETWEEN_VOTES.fullmatch(one.passage.text, one.count.end, known[end].count.start):
            continue
        if choices[0]:
            yield start, end
        start = end


def _wrong_votes(votes: Sequence[TextQuantity], near: Sequence[TextQuantity]) -> Iterator[RuleHit]:
    added, most = sum(one.value for one in votes), max(one.value for one in votes)
    text, passage = votes[0].lead, votes[0].passage
    came = [one for one in near if CAME.search(one.count.label) and one.sentence <= votes[0].sentence]
    voters = [one for one in near if VOTERS.match(one.count.behind) and not _choice(one)]
    present = [one.value for one in voters if not DUE.search(one.count.clause)]
    valid = {added, added + sum(one.value for one in near if INVALID.search(one.count.label))}
    is_more = came and added > came[-1].value and not ELSEWHERE.search(text)
    is_other = len(votes) == ALL_CHOICES and any(one >= most for one in present)
    if is_more or (is_other and valid.isdisjoint(one.value for one in voters)):
        beside = [] if is_more else [one.count.start for one in voters if one.passage is passage]
        start = min([votes[0].count.start - len(votes[0].count.label), *beside])
        reason = f"各项票数相加是{added:g}，与人数、票数不符，请核对。"
        yield RuleHit(reason, passage, start, votes[-1].count.end)
