"""What the findings on a document's files come to, for a reader who is no engineer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.base.labels import LabelTone
from app.issuing.verification import FileFinding, FileOutcome

GENUINE = (
    "印发时，系统给每个文件算出校验码，记入不能改动的操作记录；文件改动一个字，校验码就会不同。"
    "现在重新计算，全部相符，可以放心使用。"
)
TO_RESTORE = (
    "请不要使用、转发这些文件，也不要重新印发。请系统管理员从备份恢复，恢复后再核对一次。{others}已经下载、"
    "打印的文件，可以按下表的校验码辨别。"
)
OTHERS_GOOD = "其余文件与印发时一致，可以照常使用。"
TO_EXPLAIN = "文件的校验码与印发时相符，内容没有改动，可以照常使用。只是现在重新生成的结果不同，原因见下表。"


@dataclass(frozen=True)
class VerificationVerdict:
    """A statement in words and a colour: what was found, and what it means or what is to be done."""

    tone: LabelTone
    title: str
    sentence: str


def verdict_of(findings: Sequence[FileFinding]) -> VerificationVerdict:
    """Return what findings come to: damage first, then what cannot be made again."""
    damaged = [one for one in findings if one.outcome is FileOutcome.DAMAGED]
    if damaged or not findings:
        others = OTHERS_GOOD if len(damaged) < len(findings) else ""
        named = named_in(damaged) if damaged else "全部文件"
        return VerificationVerdict(LabelTone.BAD, f"核对不符：{named}", TO_RESTORE.format(others=others))
    differing = [one for one in findings if one.outcome is FileOutcome.DIFFERS]
    if differing:
        return VerificationVerdict(
            LabelTone.ATTENTION, f"文件未改动，但{named_in(differing)}不能照原样重新生成", TO_EXPLAIN
        )
    return VerificationVerdict(LabelTone.GOOD, f"核对无误：{len(findings)} 个文件都是印发时的文件", GENUINE)


def named_in(findings: Iterable[FileFinding]) -> str:
    """Return the formats that findings are about."""
    return "、".join(one.format.label for one in findings)
