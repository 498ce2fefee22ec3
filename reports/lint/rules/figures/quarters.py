"""What one text says of its quarters in several sentences: one figure in two values, a trend that its figures deny."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER, UNIT
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.amounts import rounds_to
from reports.lint.rules.structure.references import CAPTION
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit, hit_at

QUARTER = r"(?:第?[一二三四]季度|上个?季度)"
BEGUN = re.compile(
    r"(?:^|(?<=[。\n]))[ \u3000]*(?:20\d\d年|今年)?(?:第?(?P<quarter>[一二三四])季度)", re.MULTILINE
)
WORK = "受理|排查|检查|接到|收到|发现|走访|查处|处置|化解|办理|接待|投诉"
# 三季度，街道排查一般隐患316处; 二季度受理48件.
STATED = re.compile(
    rf"(?P<work>{WORK})[^，。；\d]{{0,12}}?(?<![\d.])(?P<count>{NUMBER})(?P<unit>{UNIT})(?!左右|上下|以上)"
)
# 与二季度检查的328家次相比.
THEN = re.compile(
    rf"[比较与](?P<period>{QUARTER})(?P<what>[^，。；\d]{{0,8}}?)的(?P<count>{NUMBER})(?P<unit>{UNIT})"
)
# 138件，较上季度减少22件.
SINCE = re.compile(
    rf"(?P<now>(?<![\d.]){NUMBER})(?P<unit>{UNIT})，[比较](?P<period>{QUARTER})(?P<way>增加|减少|上升|下降)了?(?P<by>{NUMBER})(?P=unit)"
)
# 受理量比一季度上升25%; 与上季度相比，排查数量有所下降.
WAY = r"(?P<way>上升|增加|增长|增多|下降|减少|降低|回落)了?(?P<by>(?:\d+(?:\.\d+)?[%％])?)"
TREND = re.compile(
    rf"(?P<work>{WORK})(?:总?量|数量?|件数)(?:比|较|与)(?P<period>{QUARTER})(?:相比)?，?[^，。；\d]{{0,6}}?{WAY}"
    rf"|(?:比|较|与)(?P<before>{QUARTER})(?:相比)?，(?P<done>{WORK})(?:总?量|数量?|件数)[^，。；\d]{{0,6}}?(?P<moved>上升|增加|增长|增多|下降|减少|降低|回落)"
)
IN_DATA = re.compile(
    rf"(?P<label>\d{{1,2}}月|合计|共计|总计|[{HANZI}]{{2,6}}(?:社区|居民区|小区|村|街道|科室))[为：]?(?P<count>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[{HANZI}]?)(?=[，。；、\n]|$)"
)
IN_TEXT = re.compile(
    rf"(?:(?P<label>(?<!\d)\d{{1,2}}月|[{HANZI}]{{2}}(?:社区|居民区|小区))|共)[^。；\d]{{0,12}}?(?P<count>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[{HANZI}])"
)
RISING = ("上升", "增加", "增长", "增多")


def _number_of(period: str, now: int) -> int:
    """The number of a quarter that is named in the text of another one."""
    return now - 1 if period.startswith("上") else NUMERALS.index(period.removeprefix("第")[0]) + 1


def _sentences(subject: LintSubject) -> Iterator[tuple[TextPassage, int, int, int]]:
    """The sentences of the body, each with the quarter that it, or the last one that named any, is about."""
    now = 0
    for passage in subject.passages_of_kind(PassageKind.TEXT, PassageKind.HEAD, PassageKind.HEADING):
        for sentence in re.finditer(r"[^。\n]+", passage.text):
            begun = BEGUN.match(passage.text, sentence.start())
            now = NUMERALS.index(begun["quarter"]) + 1 if begun else now
            if passage.kind is PassageKind.TEXT:
                yield passage, sentence.start(), sentence.end(), now


@document_rule("quarter-figure", "同一季度的数前后不一", WARNING, ACCURACY)
def quarters_of_two_figures(subject: LintSubject) -> Iterator[RuleHit]:
    """比二季度的318家次增加34家次……与二季度检查的328家次相比."""
    known: dict[tuple[int, str], float] = {}
    for passage, start, end, now in _sentences(subject):
        of_sentence: dict[tuple[int, str], float] = {}
        for match in SINCE.finditer(passage.text, start, end):
            sign = -1 if match["way"] in RISING else 1
            then = float(match["now"]) + sign * float(match["by"])
            known.setdefault((_number_of(match["period"], now), match["unit"]), then)
        for match in THEN.finditer(passage.text, start, end):
            quarter, count = (_number_of(match["period"], now), match["unit"]), float(match["count"])
            of_sentence.setdefault(quarter, count)
            # 比二季度的60吨……；……比二季度的12吨: one sentence says of several things how they were.
            then = known.get(quarter, count)
            if then != count:
                yield hit_at(
                    passage, match, f"按前面写的，{match['period']}是{then:g}{match['unit']}，请核对。"
                )
        known = of_sentence | known


@document_rule("captioned-figure", "文字与图表不符", WARNING, ACCURACY)
def figures_beside_captions(subject: LintSubject) -> Iterator[RuleHit]:
    """9月达4.6万次（见图2） above 图2 and a line with 9月4.1万次; 共化解243件 above 合计245."""
    for at, captioned in enumerate(subject.passages[:-1]):
        caption = CAPTION.match(captioned.text)
        data = subject.passages[at + 1].text if caption else ""
        figures = {(one["label"], one["unit"]): one["count"] for one in IN_DATA.finditer(data)}
        pointing = re.compile(f"见{caption['name']}{caption['number']}(?!\\d)") if caption else None
        for passage in subject.passages[:at] if figures and pointing else ():
            for sentence in re.finditer(r"[^。\n]+", passage.text):
                for one in IN_TEXT.finditer(sentence[0]) if pointing and pointing.search(sentence[0]) else ():
                    label = one["label"] if one["label"] else "合计"
                    right = figures.get((label, one["unit"])) or figures.get((label, ""))
                    if right and float(right) != float(one["count"]):
                        start = sentence.start() + one.start("count")
                        reason = f"图表里“{label}”是{right}，这里写的是{one['count']}，请核对。"
                        yield RuleHit(reason, passage, start, sentence.start() + one.end())


@document_rule("quarter-trend", "增减的说法不符", WARNING, ACCURACY)
def trends_that_figures_deny(subject: LintSubject) -> Iterator[RuleHit]:
    """一季度受理64件……二季度受理48件，……受理量比一季度上升25%."""
    stated: dict[tuple[int, str], tuple[float, str]] = {}
    claims: list[tuple[TextPassage, re.Match[str], int]] = []
    for passage, start, end, now in _sentences(subject):
        for match in STATED.finditer(passage.text, start, end):
            stated.setdefault((now, match["work"]), (float(match["count"]), match["unit"]))
        claims += [(passage, match, now) for match in TREND.finditer(passage.text, start, end)]
    for passage, match, now in claims:
        work, period = match["work"] or match["done"], match["period"] or match["before"]
        then, this = stated.get((_number_of(period, now), work)), stated.get((now, work))
        if not then or not this or then[1] != this[1] or not then[0]:
            continue
        moved, way = this[0] - then[0], match["way"] or match["moved"]
        share = (match["by"] or "").rstrip("%％")
        if (moved > 0) != (way in RISING) or (share and not rounds_to(abs(100 * moved / then[0]), share)):
            reason = (
                f"{period}是{then[0]:g}{then[1]}，现在是{this[0]:g}{this[1]}，不是“{way}{match['by'] or ''}”"
            )
            yield hit_at(passage, match, f"{reason}，请核对。")
