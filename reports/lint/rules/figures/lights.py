"""Text that contradicts its light: a warning to look again, so only what is plain counts."""

import re
from collections.abc import Iterator

from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import QUOTATION, LintSubject, RuleHit

GREEN, RED = "绿灯", "红灯"
CLAUSE = re.compile(r"[^，。；！？\n]+")
BEHIND = re.compile(
    r"滞后|停滞|停工|逾期|(?:尚未|未能?)(?:按期|按时|如期)?(?:完成|启动|开工|开展|达到)|进展缓慢|推进缓慢|落后于?序时进度"
    r"|无法(?:按期|按时|如期)?(?:完成|推进|开展)"
)
DONE = re.compile(
    r"(?:已|均已|已经)(?:全部|全面|如期|提前|按期|按时|超额)?完成(?:全年|年度)?(?:目标|任务|指标)|(?:全部|提前|超额)完成"
    r"|(?:进展|推进)(?:总体)?(?:顺利|良好)|顺利推进|(?:达到|超过|快于)序时进度"
)
# Words before (or after) that turn the meaning: what is avoided, remedied, wanted, or somebody else's.
DENIED = re.compile(
    r"无(?![法证障])|没有|不存在|未(?:出现|发生|发现|见)|防止|避免|杜绝|扭转|解决|督促|克服|化解|消除|整改|清理|排查|预警|针对|如果|一旦|若"
    r"|其[他它]|外区|原先?|此前|上[季年]"
)
REMEDIED = re.compile(
    r"(?:均|全部)?已(?:经)?(?:整改|完成|解决|追回|补齐|化解|消除|恢复|启动)|问题[^，。]{0,6}(?:整改|解决)"
)
WANTED = re.compile(
    r"未|没有|不能|无法|难以|尚|力争|确保|争取|计划|预计|将|拟|目标是|要求|应|年底|下[季月]|部分|前期|其中"
)
ADVERSE = re.compile(
    r"滞后|未|尚|延期|推迟|影响|困难|落后|暂停|停工|不足|缓慢|较慢|受阻|制约|等待|难以|无法|取消|退出|不再"
)


@document_rule("contradicted-light", "文字与亮灯不符", WARNING, ACCURACY)
def contradicted_lights(subject: LintSubject) -> Iterator[RuleHit]:
    """A green light over a text that reports delay, and a red one over a text that reports nothing but success."""
    for passage in subject.body_paragraphs:
        light = "" if passage.place.block is None else subject.context.lights.get(passage.place.block)
        text = QUOTATION.sub(lambda words: "　" * len(words[0]), passage.text) if light else ""
        if light == GREEN:
            for start, end in _plain_clauses(text, BEHIND, DENIED, REMEDIED):
                reason = f"亮的是绿灯，文中却写“{passage.text[start:end]}”，请核对亮灯或者改写。"
                yield RuleHit(reason, passage, start, end)
        elif light == RED and not ADVERSE.search(text):
            for start, end in _plain_clauses(text, DONE, WANTED):
                reason = f"亮的是红灯，文中却写“{passage.text[start:end]}”，请核对亮灯或者说明落后在哪里。"
                yield RuleHit(reason, passage, start, end)


def _plain_clauses(text: str, claim: re.Pattern[str], *turned: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where a clause makes a claim and nothing else in it turns the meaning."""
    for clause in CLAUSE.finditer(text):
        match = claim.search(clause[0])
        if match:
            rest = f"{clause[0][: match.start()]}　{clause[0][match.end() :]}"
            if not any(pattern.search(rest) for pattern in turned):
                yield clause.start() + match.start(), clause.start() + match.end()
