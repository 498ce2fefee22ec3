"""What lies between a rate and the one that it is held against, or 序时进度, of which a text names one."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at

NAMED = re.compile(rf"序时进度(?:应?为|是)(?P<pace>{NUMBER})[%％]")
WAY = "高于|低于|快于|慢于|落后于?|领先于?|滞后于?|超过|超出"
# 65%，比75%的序时进度慢8个百分点; 92%，高于全区88%的平均水平3个百分点; 65%，落后序时进度20个百分点.
GAP = re.compile(
    rf"(?<![\d.])(?P<now>{NUMBER})[%％]，?(?:(?:比(?![例重])|较)[^，。；\d]{{0,14}}?|[^，。；\d]{{0,4}}?(?P<way>{WAY})[^，。；\d]{{0,14}}?)"
    rf"(?:(?P<then>{NUMBER})[%％](?:的)?|(?<=序时进度)|序时进度)[^，。；\d]{{0,12}}?(?P<verb>高|低|快|慢|多|少|提高|提升|上升|增加|下降|降低|回落|减少|落后|滞后|领先|超前)?(?:出|了)?(?P<by>{NUMBER})(?:个)?百分点"
)
SINCE = re.compile(r"去年|上年|前年|同期|上[季月期个半]|年初|季度|\d月")  # see change
BELOW = re.compile("低|慢|少|下降|降低|回落|减|落后|滞后")
# How far of what rounding both figures may do to what lies between one has to reckon with.
LIKELY_ROUNDING = 0.85


@document_rule("pace-gap", "相差的百分点不符", WARNING, ACCURACY)
def wrong_gaps(subject: LintSubject) -> Iterator[RuleHit]:
    """65%，比75%的序时进度慢8个百分点; 序时进度为75%。……完成率65%，落后序时进度20个百分点."""
    paces = {match["pace"] for passage in subject.passages for match in NAMED.finditer(passage.text)}
    for passage in subject.passages:
        for match in GAP.finditer(passage.text):
            words, then = (
                match["way"] or match["verb"],
                match["then"] or (min(paces) if len(paces) == 1 else ""),
            )
            if not words or not then or SINCE.search(match[0]):
                continue
            ahead, stated = float(match["now"]) - float(then), float(match["by"])
            digits = [len(one.partition(".")[2]) for one in (match["now"], then, match["by"])]
            rounding = LIKELY_ROUNDING * 0.1 ** min(digits[:2]) if max(digits[:2]) else 0
            error = 0.5001 * 0.1 ** digits[2] + rounding
            if abs(abs(ahead) - stated) > error or (ahead < 0) != bool(BELOW.search(words)):
                gap = f"{'低' if ahead < 0 else '高'}{abs(ahead):.10g}个百分点" if ahead else "不高不低"
                yield hit_at(passage, match, f"{match['now']}%比{then}%{gap}，请核对。")
