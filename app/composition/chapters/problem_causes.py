"""Common causes of delays, found in the departments' own words; measures without a common cause are counted too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.composition.audience import Audience
from app.composition.chapters.submissions import listed_titles, some_titles
from app.composition.facts import AcceptedReport, MeasureFacts
from app.composition.phrases import names_no_problem
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus

MOST_NAMED = 3
FEWEST_IN_COMMON = 2
# The share of the explained measures that the common causes must cover to be named: one alone, several together.
LEAST_OF_ONE, LEAST_OF_SEVERAL = 1 / 2, 1 / 3
ORDINALS = ("一是", "二是", "三是")


@dataclass(frozen=True)
class ProblemCause:
    """A cause by which measures are grouped.

    words: its name in the text, before a count.
    signs: a regular expression for what departments write when this is the cause.
    lies_above: whether authorities above the sub-district can influence it.
    """

    words: str
    signs: str
    lies_above: bool = False


# If the signs of two causes begin at the same place, the first in this list counts.
PROBLEM_CAUSES = (
    ProblemCause(
        "前期手续和审批时间较长",
        "审批|报审|报批|批复|立项|招标|专家论证|施工图审查|程序尚未|设计[^，。；]{0,6}变更|手续",
        lies_above=True,
    ),
    ProblemCause(
        "场地和空间条件受限",
        "场地|选址|腾退|荷载|用房|(?:空间|房源)[^，。；]{0,3}(?:不足|有限|紧|少|受限|缺)",
    ),
    ProblemCause(
        "居民、商户等方面意见不一",
        "不同意|未同意|意见不|不同意见|意愿|不愿|分歧|产权(?:关系|不清|复杂|争议)|继承|票数|纠纷",
    ),
    ProblemCause(
        "资金安排不足",
        "(?:资金|经费|预算|拨款|补贴)[^，。；]{0,6}(?:不足|未(?:到位|落实|拨付|安排)|没有|紧|缺口|短缺|压力|来源|不到位)|资金安排|费用(?:偏高|较高|不足|分摊)",
        lies_above=True,
    ),
    ProblemCause(
        "施工组织和设备采购慢于计划",
        "施工(?!许可|图|需要)|工期|开工|采购|询价|供货|到货|设备|管线搬迁",
    ),
    ProblemCause(
        "人员力量不足",
        r"人手|缺员|兼职|请假|(?:人员|力量|队伍|编制)[^，。；]{0,6}(?:不足|紧|偏少|较少|短缺|薄弱|有限|不稳|缺)|(?:只|仅)有\d+[名人]",
    ),
    ProblemCause(
        "系统建设和数据对接滞后",
        "接口|联调|政务云|(?:平台|系统|数据)[^，。；]{0,8}(?:对接|不统一|没有统一|标准|滞后|延迟|未|共享|迁移)",
    ),
    ProblemCause(
        "部门之间协调衔接不够",
        "跨部门|多个(?:执法)?部门|职责交叉|层级较高|跨网格|协调(?:难|余地|不|量)|衔接不|配合(?:不|度)|(?:区级|市级|上级)[^，。；]{0,6}(?:支持|协调|批|明确|统一(?!建|实施|部署)|尚未|没有)",
        lies_above=True,
    ),
    ProblemCause("受天气影响", "台风|高温|暴雨|天气|汛期|梅雨"),
    ProblemCause(
        "对政策和办理要求不够熟悉",
        "不(?:够)?(?:清楚|熟悉|了解)|操作不熟|(?:理解|解释)不(?:一|清)|掌握不准|咨询较多|重复咨询",
    ),
    ProblemCause(
        "设施条件和服务容量不足",
        "(?:座位|容量|停放|卫生间|设施)[^，。；]{0,4}(?:不足|偏少|限制)|老旧|排队|等候|未能入班|供电不稳|信号弱",
    ),
    ProblemCause(
        "人员变动大、经验不足",
        "新任|新成立(?!企业)|经验不足|辞任|不再参选|(?:人员|党员)(?:变动|变更|流动)|流动(?:党员|频繁|快)",
    ),
    ProblemCause(
        "入户走访和信息核实较难",
        "入户|不在家|住户外出|信息[^，。；]{0,8}(?:不及时|不完整|不全)|取证|核查困难|资料收集困难",
    ),
    ProblemCause(
        "记录和基础资料不够完整规范",
        "台账不全|(?:记录|台账|材料|档案|资料|照片|格式)[^，。；]{0,8}(?:不完整|不全|不规范|不统一|不一致|过简|散落|分散)",
    ),
    ProblemCause("整治成果不够稳固", "反弹|反复|重新搭建|不稳定|误投|占用[^，。；]{0,6}(?:区域|通道)"),
    ProblemCause(
        "企业经营和市场情况变化",
        "外迁|决策周期|订单|承租人变更|(?:市场|经营|企业)[^，。；]{0,6}(?:变化|困难|压力|下滑|波动|低迷|决定|不稳)",
    ),
)
SIGNS = tuple((cause, re.compile(cause.signs)) for cause in PROBLEM_CAUSES)


@dataclass(frozen=True)
class CauseGroups:
    """Measures grouped by the cause that their departments name; every measure is in exactly one group.

    common: causes shared by several measures, the most frequent first, at most MOST_NAMED; empty if they cover
        too little of the whole.
    others: measures with any other cause.
    unexplained: measures whose departments name no cause.
    """

    common: tuple[tuple[ProblemCause, tuple[MeasureFacts, ...]], ...]
    others: tuple[MeasureFacts, ...]
    unexplained: tuple[MeasureFacts, ...]

    @property
    def needs_superiors(self) -> bool:
        """Return whether authorities above the sub-district can influence one of the common causes."""
        return any(cause.lies_above for cause, _ in self.common)

    @property
    def are_scattered(self) -> bool:
        """Return whether more measures have other causes than common ones."""
        return len(self.others) > sum(len(group) for _, group in self.common)


def group_by_cause(
    found: Iterable[tuple[MeasureFacts, AcceptedReport]], audience: Audience = Audience.SUPERIORS
) -> CauseGroups:
    """Group measures by the cause that their reports name.

    For departments, a reason for a moved light explains a measure too.
    """
    by_cause: dict[ProblemCause, list[MeasureFacts]] = {cause: [] for cause in PROBLEM_CAUSES}
    others: list[MeasureFacts] = []
    unexplained: list[MeasureFacts] = []
    for measure, report in found:
        texts = [text for text in problem_texts(report) if not names_no_problem(text)]
        cause = next(filter(None, map(cause_of, texts)), None)
        hears_light = audience is Audience.DEPARTMENTS and not names_no_problem(report.light_reason)
        is_explained = bool(texts) or hears_light
        group = by_cause[cause] if cause else others if is_explained else unexplained
        group.append(measure)
    ranked = sorted(by_cause.items(), key=lambda entry: -len(entry[1]))
    common = [(cause, tuple(group)) for cause, group in ranked if len(group) >= FEWEST_IN_COMMON][:MOST_NAMED]
    explained = len(others) + sum(map(len, by_cause.values()))
    least = LEAST_OF_SEVERAL if len(common) > 1 else LEAST_OF_ONE
    if sum(len(group) for _, group in common) < least * explained:
        common = []
    named = {cause for cause, _ in common}
    others += [measure for cause, group in ranked if cause not in named for measure in group]
    return CauseGroups(tuple(common), tuple(others), tuple(unexplained))


def problem_texts(report: AcceptedReport) -> Iterator[str]:
    """Yield the texts in which a department names causes: first the reason for pausing or cancelling.

    The other problems of a cancelled measure are not causes.
    """
    if report.status in NEEDS_STATUS_REASON:
        yield report.status_reason
    if report.status is not MeasureStatus.CANCELLED:
        yield report.problems


def cause_of(text: str) -> ProblemCause | None:
    """Return the cause that a text mentions first, because what follows is mostly its consequence; None if none."""
    places = [(match.start(), cause) for cause, signs in SIGNS if (match := signs.search(text))]
    return min(places, key=lambda entry: entry[0])[1] if places else None


def causes_words(causes: CauseGroups, *, is_upward: bool) -> str:
    """Return the common causes with their measures, to follow 从原因看，; the counts add up to the whole."""
    others, unexplained = len(causes.others), len(causes.unexplained)
    if len(causes.common) == 1 and not (others or unexplained):
        ((cause, group),) = causes.common
        return f"{listed_titles(group)}均为{cause.words}"
    is_ranked = len(causes.common) > 1 and not causes.are_scattered
    groups = [
        f"{ordinal}{cause.words}，涉及{len(group)}项（{some_titles(group)}）"
        if is_ranked
        else f"{cause.words}的{len(group)}项（{some_titles(group)}）"
        for ordinal, (cause, group) in zip(ORDINALS, causes.common, strict=False)
    ]
    if others:
        groups.append(f"{'另有' if unexplained else '其余'}{others}项为其他原因")
    if unexplained:
        upward = f"其余{unexplained}项原因有待进一步分析"
        groups.append(upward if is_upward else f"没有说明原因的有{unexplained}项")
    return f"{'较为分散，其中' if causes.are_scattered else ''}{'；'.join(groups)}"
