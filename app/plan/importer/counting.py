"""What the sections of a plan have in common decides the uncertain heads of each.

Sections of one plan often hold equally many measures, and heads in one section are often built alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.plan.importer.bodies import BodySentence, TextBody
from app.plan.importer.heads import (
    HEAD_THRESHOLD,
    HeadStyle,
    MeasureHead,
    find_heads,
    style_of,
)
from app.plan.importer.plan_draft import PlanWarning

_LONGEST_CLAUSE_HEAD = 15  # characters
_SHORTEST_ELABORATION = 8
_FEWEST_SECTIONS = 3
_MOST_SECTIONS = 0.7  # share of the sections that must agree before their count says anything
_LEADING_VERB = 2  # characters


@dataclass
class _BodyHeads:
    body: TextBody
    heads: list[MeasureHead]
    near: list[MeasureHead]
    warnings: list[PlanWarning] = field(default_factory=list)

    def warn_about(self, head: MeasureHead, message: str) -> None:
        sentence = self.body.sentences[head.place]
        quoted = sentence.text[: head.end].strip()
        self.warnings.append(PlanWarning(self.body.place, message.format(quoted), sentence.line))


def heads_of_bodies(bodies: Sequence[TextBody]) -> list[tuple[list[MeasureHead], list[PlanWarning]]]:
    """Return the heads of each body, with the warnings about them, in the order of the bodies."""
    style = style_of(bodies)
    findings = [_BodyHeads(body, *find_heads(body, style)) for body in bodies]
    usual = _usual_count(findings)
    for finding in findings:
        _complete_heads(finding, usual, style)
    return [(finding.heads, finding.warnings) for finding in findings]


def _usual_count(findings: Sequence[_BodyHeads]) -> int:
    """The number of measures that most sections have; 0 when they do not agree."""
    counts = Counter(len(finding.heads) for finding in findings if finding.heads)
    total = sum(counts.values())
    if total < _FEWEST_SECTIONS:
        return 0
    count, times = counts.most_common(1)[0]
    return count if count > 1 and times >= _MOST_SECTIONS * total else 0


def _complete_heads(finding: _BodyHeads, usual: int, style: HeadStyle) -> None:
    if style.run_in and not _opens_with_head(finding):
        _take_clause_heads(finding, usual)
    _take_near_heads(finding, usual)
    if style.run_in and finding.body.sentences and not finding.heads:
        _warn_of_missing_heads(finding, "没有找到举措标题，暂按自然段划分举措，请核对。")
    elif usual and len(finding.heads) not in (0, usual):
        found = len(finding.heads)
        _warn_of_missing_heads(finding, f"找到{found}项举措，而其他专项多为{usual}项，请核对。")


def _warn_of_missing_heads(finding: _BodyHeads, message: str) -> None:
    finding.warnings.append(PlanWarning(finding.body.place, message, finding.body.sentences[0].line))


def _opens_with_head(finding: _BodyHeads) -> bool:
    return any(head.place == 0 for head in finding.heads)


def _take_clause_heads(finding: _BodyHeads, usual: int) -> None:
    """Where the first sentence is no head, its first clause may be one, and so those that are built like it."""
    sentences = finding.body.sentences
    if not sentences or not _begins_with_clause_head(sentences[0]):
        return
    taken = {head.place for head in finding.heads}
    alike = [
        MeasureHead(place, len(sentence.clauses[0]), HEAD_THRESHOLD)
        for place, sentence in enumerate(sentences)
        if place not in taken and _begins_with_clause_head(sentence) and _is_alike(sentences[0], sentence)
    ]
    agrees = usual == len(alike) + len(finding.heads)
    wanted = len(alike) > 1 or (usual and agrees)
    if not wanted:
        return
    finding.heads = sorted([*finding.heads, *alike], key=lambda head: head.place)
    for head in alike if not agrees else ():
        finding.warn_about(head, "“{}”后面是逗号，暂按举措标题处理，请核对。")


def _begins_with_clause_head(sentence: BodySentence) -> bool:
    first = sentence.clauses[0]
    return (
        first.endswith("，")
        and 4 <= len(first) - 1 <= _LONGEST_CLAUSE_HEAD
        and len(sentence.text) - len(first) >= _SHORTEST_ELABORATION
    )


def _is_alike(pattern: BodySentence, sentence: BodySentence) -> bool:
    first, other = pattern.clauses[0], sentence.clauses[0]
    return first[:_LEADING_VERB] == other[:_LEADING_VERB] and abs(len(first) - len(other)) <= 3


def _take_near_heads(finding: _BodyHeads, usual: int) -> None:
    """Take the best of the candidates that fell short, while the usual count asks for more."""
    missing = usual - len(finding.heads)
    for head in sorted(finding.near, key=lambda near: -near.score)[: max(missing, 0)]:
        finding.heads.append(head)
        finding.warn_about(head, "“{}”是不是举措标题不确定，暂按标题处理，请核对。")
    finding.heads.sort(key=lambda head: head.place)
