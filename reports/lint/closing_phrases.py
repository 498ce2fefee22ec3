"""How a text closes: in the words of its own kind of document."""

import re
from collections.abc import Iterator

from reports.lint.subject import LintSubject, RuleHit, hit_at
from reports.lint.title import title_kind

# 特此请示 in a 报告 is a request, another rule's subject.
CLOSING = re.compile(
    r"(?:特此|专此)(通知|通报|报告|批复|公告|通告|函)(?=[告达复]?(?:[。！，]|$))", re.MULTILINE
)
# Other kinds close in words of their own, or in none.
CLOSED = ("通知", "通报", "报告", "批复", "公告", "通告", "函")


def closings_of_another_kind(subject: LintSubject) -> Iterator[RuleHit]:
    """特此通知 below a 通报."""
    kind = title_kind(subject)
    for passage in subject.body_paragraphs if kind in CLOSED else ():
        for match in CLOSING.finditer(passage.text):
            if match[1] != kind:
                yield hit_at(passage, match, f"结束语“{match[0]}”与标题的文种“{kind}”不一致，请核对。")
