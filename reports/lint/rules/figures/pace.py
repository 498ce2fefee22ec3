"""What lies between a rate and 序时进度, held against the one 序时进度 that a text names."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at

NAMED = re.compile(rf"序时进度(?:应?为|是)(?P<pace>{NUMBER})[%％]")
GAP = re.compile(
    rf"完成率(?:为|达到?)?(?P<rate>{NUMBER})[%％]，(?P<way>落后|滞后|慢于|低于|超过|超出|快于|高于|领先)于?序时进度(?P<gap>{NUMBER})个百分点"
)
BEHIND = ("落后", "滞后", "慢于", "低于")
ROUNDING = 0.6  # rate, pace and what lies between may each be rounded


@document_rule("pace-gap", "与序时进度的差距不符", WARNING, ACCURACY)
def wrong_gaps(subject: LintSubject) -> Iterator[RuleHit]:
    """序时进度为75%。……完成率65%，落后序时进度20个百分点."""
    paces = {match["pace"] for passage in subject.passages for match in NAMED.finditer(passage.text)}
    if len(paces) != 1:
        return
    pace = float(paces.pop())
    for passage in subject.passages:
        for match in GAP.finditer(passage.text):
            ahead = float(match["rate"]) - pace
            written = float(match["gap"]) * (-1 if match["way"] in BEHIND else 1)
            if abs(ahead - written) > ROUNDING:
                right = f"{'超过' if ahead > 0 else '落后'}{abs(ahead):g}个百分点"
                yield hit_at(passage, match, f"序时进度是{pace:g}%，应是{right}，请核对。")
