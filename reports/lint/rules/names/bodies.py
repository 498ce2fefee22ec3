"""Names of state bodies: those that the reforms of 2018 and 2023 did away with, and those of none that there is
(条例第二十条（四）: 机构名称准确).
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from reports.lint.passages import text_before
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, unquoted_matches

EXISTING = Path(__file__).with_name("bodies.txt")
FORMER = Path(__file__).with_name("former_bodies.csv")
BETWEEN = "、"
LEVEL = "省市区县州旗盟"
STATE, STATE_COUNCIL, NATIONAL = ("国家", "中国"), "国务院", ("总局", "部")
OF_STATE = re.compile(f"(?:{'|'.join(STATE)})$")
# In shorter names other words end so: 企业文化部, 部门卫生局面.
NAME_BY_ITSELF = 3
NO_BODY_BEHIND = "(?![门长面部势限分署级队员书际])"
# 原安监局, 2016年环境保护局批复, 更名.
FORMERLY = re.compile("(?:[原旧曾]|时任|前身|撤销|整合|划转|改革前)[^，。；]{0,12}$|生态$")
RENAMED = re.compile(
    "（[^（）]{0,14}(?:现|后|改)|[^，。；]{0,12}(?:职责|更名|改名|改组|改为|撤销|整合|划入|划转|合并|组建|时期|令第|公告[第（〔0-9]|号公告)"
)
YEAR = re.compile(r"((?:19|20)\d\d)年")
# 国家市场监督总局, 区农村农业局.
NAMED = re.compile(
    rf"(?:国家|国务院)[{HANZI}]{{2,12}}?(?:总局|局|委员会|署|部)(?!门|署|长|队|委|分|级|署)|(?<=[{LEVEL}])(?!委)[{HANZI}]{{3,9}}?(?:局|委员会)(?![长面部势限域])"
)
# 国家安全委员会 and 国家教材委员会 are two bodies: short names are too like each other.
MOST_DIFFERING, SHORTEST_DIFFERING, SHORTEST_BARE = 2, 6, 5
AND = re.compile("[和与]")


class FormerBody(NamedTuple):
    """What a body of some name has become: at its own level, and that of the state; in which year."""

    local: str
    national: str
    year: int


@cache
def existing_bodies() -> frozenset[str]:
    return frozenset(EXISTING.read_text(encoding="utf-8").split())


@cache
def former_bodies() -> tuple[re.Pattern[str], dict[str, FormerBody]]:
    """A pattern of all names with their endings, and what they have become by their stems."""
    names, became = list[str](), dict[str, FormerBody]()
    with FORMER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            endings = "|".join(row["后缀"].split(BETWEEN))
            for stem in row["曾用"].split(BETWEEN):
                before = "" if len(stem) >= NAME_BY_ITSELF else rf"(?<=[{LEVEL}])|(?<=国家)"
                names.append(f"(?:{before}){stem}(?:{endings})")
                became[stem] = FormerBody(row["现行"], row["国家机关"], int(row["改革年份"]))
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(longest_first)}){NO_BODY_BEHIND}"), became


@document_rule("former-body", "已经改革的机构", WARNING, ACCURACY, is_certain=False)
def bodies_of_the_past(subject: LintSubject) -> Iterator[RuleHit]:
    """区安全生产监督管理局, 国家卫生和计划生育委员会."""
    pattern, became = former_bodies()
    for passage in subject.passages:
        for match in unquoted_matches(pattern, passage.text):
            before, behind = text_before(passage.text, match.start()), passage.text[match.end() :]
            stem = max((one for one in became if match[0].startswith(one)), key=len)
            is_old = any(int(year) <= became[stem].year for year in YEAR.findall(before))
            if is_old or FORMERLY.search(before) or RENAMED.match(behind):
                continue
            of_state = OF_STATE.search(before)
            name = (of_state[0] if of_state else "") + match[0]
            is_national = name.startswith(STATE) or name.endswith(NATIONAL)
            right = became[stem].national if is_national else _at_level(became[stem].local, name)
            if right:
                reason = f"机构改革后没有“{name}”，现在是“{right}”，请核对名称。"
                yield RuleHit(reason, passage, match.end() - len(name), match.end(), right)


def _at_level(local: str, former: str) -> str:
    """The name of today with the ending of the former one, where that tells the level: 厅, 所, 支队."""
    for ending in ("厅", "所", "分局", "大队", "中队", "支队", "总队"):
        if former.endswith(ending):
            return re.sub("(?:局|大队)$", "", local) + ending
    return local


@document_rule("body-name", "机构名称", WARNING, ACCURACY, is_certain=False)
def bodies_of_no_such_name(subject: LintSubject) -> Iterator[RuleHit]:
    """国家市场监督总局, 国家应急管理部, 区农村农业局."""
    for passage in subject.passages:
        for match in NAMED.finditer(passage.text):
            right = _body_meant(match[0])
            if right:
                reason = f"没有“{match[0]}”，应为“{right}”，请核对名称。"
                yield RuleHit(reason, passage, *match.span(), right)


def _body_meant(name: str) -> str | None:
    """The body whose name has the same characters, or all but one or two of them."""
    joined = {AND.sub("和", one) for one in existing_bodies()}
    if AND.sub("和", name) in joined or ("和" not in name and name in {AND.sub("", one) for one in joined}):
        return None  # see short-body
    bare = name.removeprefix("国家")
    ministries = {AND.sub("", one): one for one in existing_bodies() if one.endswith("部")}
    ministry = ministries.get(AND.sub("", re.sub("(?:总局|部)$", "部", bare)))
    if bare != name and ministry:
        return ministry
    most = MOST_DIFFERING if bare != name or name.startswith(STATE_COUNCIL) else 1
    near = [one for one in sorted(existing_bodies()) if one[-1] == name[-1] and _is_slip_of(name, one, most)]
    return max(near, key=len, default=None)


def _is_slip_of(name: str, right: str, most: int) -> bool:
    """Whether a name has the same characters in other order, another one, or some at one place more or less: with
    another word, as 国家安全委员会, it is of another body.
    """
    if sorted(right) == sorted(name):
        return True
    changed = [one for one in Levenshtein.opcodes(name, right) if one.tag != "equal"]
    bare = right.removeprefix("国家").replace("委员会", "委")
    if len(changed) != 1 or len(bare) < SHORTEST_BARE or min(len(right), len(name)) < SHORTEST_DIFFERING:
        return False
    [one] = changed
    return max(one.src_end - one.src_start, one.dest_end - one.dest_start) <= (
        1 if one.tag == "replace" else most
    )
