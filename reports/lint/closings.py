"""How a text closes and to whom it speaks: words of another kind of document, or of another direction."""

import re
from collections.abc import Iterator

from reports.lint.finding import Kind
from reports.lint.passages import Passage
from reports.lint.subject import Hit, Subject, at, unquoted
from reports.model import Direction, Masthead

# 特此请示 in a 报告 is a request, another rule's affair.
CLOSING = re.compile(
    r"(?:特此|专此)(通知|通报|报告|批复|公告|通告|函)(?=[告达复]?(?:[。！，]|$))", re.MULTILINE
)
ORDER = re.compile(
    r"(?<![提邀聘申呈希期盼])[请望](?:各[^，。；]{1,12})?(?:认真|严格|迅速)?(?:遵照|贯彻)(?:执行|落实)"
    r"|请各[^，。；]{1,12}(?:认真|切实)?(?:抓好|做好)[^，。；]{0,8}落实"
)
PLEA = re.compile(
    r"[妥当可]否[，,]?\s*请(?:批示|批复|审批|审示|指示)|(?<![呈报提申])请予?批示|恳请[^，。；]{0,12}(?:批准|批复)"
    r"|请审[阅示议定](?=[。！]|$)"
)
OTHER_DIRECTIONS = {
    Direction.UPWARD: (ORDER, "上行文不能要求上级执行，请改写。"),
    Direction.DOWNWARD: (PLEA, "下行文不用请示、呈报的用语，请改写。"),
}


def closings_of_another_kind(subject: Subject) -> Iterator[Hit]:
    """特此通知 below a 通报."""
    kinds = ("通知", "通报", "报告", "批复", "公告", "通告", "函")
    kind = next((kind for kind in kinds if subject.title.endswith(kind)), None)
    for passage in _body(subject) if kind else ():
        for match in CLOSING.finditer(passage.text):
            if match[1] != kind:
                yield at(passage, match, f"结束语“{match[0]}”与标题的文种“{kind}”不一致，请核对。")


def words_of_another_direction(subject: Subject) -> Iterator[Hit]:
    """请遵照执行 to a higher authority, 请批示 to those below."""
    masthead = subject.document.masthead
    if not isinstance(masthead, Masthead) or masthead.direction not in OTHER_DIRECTIONS:
        return
    pattern, reason = OTHER_DIRECTIONS[masthead.direction]
    for passage in _body(subject):
        yield from (at(passage, match, reason) for match in unquoted(pattern, passage.text))


def _body(subject: Subject) -> Iterator[Passage]:
    """The paragraphs of the body."""
    return (one for one in subject.of_kind(Kind.TEXT) if one.annex is None and not one.enclosure)
