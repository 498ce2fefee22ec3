"""What a text points to: annexes, tables, charts, short names (GB/T 9704-2012, 7.3.4, 7.3.7)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, groupby, islice, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from reports.lint.counts import small_number
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at
from reports.model import Block, Chart, Heading, Paragraph, Table

# 《方案》附件2 and 其附件 are another document's.
ANNEX = re.compile(r"(?<![》”号文其的份个该原发])附件(?P<number>\d{1,2})?(?![\d材夹]|（\d)")
# 《统计表》（见附件2）, and the list below the text.
ANNEXED = re.compile(
    rf"(?:《(?P<name>[^《》\n]{{4,60}})》|(?<=填写|填报|报送)(?P<bare>[{HANZI}]{{4,24}}))（(?:详)?见?附件(?P<number>\d{{1,2}})?）"
)
FIRST_ANNEX = re.compile(r"\s*附件[：:]\s*(?:(?P<number>\d{1,2})[.．、]\s*)?《?(?P<name>[^《》\n]{4,60})")
LISTED_ANNEX = re.compile(r"\s*(?P<number>\d{1,2})[.．、]\s*《?(?P<name>[^《》。，\n]{4,60})")
SHEET_NAMED = re.compile(r"(?<!意)见附[表图](?!\d)")
LABELLED_ANNEX = re.compile(r"[ \u3000]*附件(\d{1,2})[：:]\s*\S")
ALIKE_NAMES = 70.0
# 本通知共有2个附件.
STATED_ANNEXES = re.compile(
    r"(?<!\d)(?P<count>\d{1,2}|[一二两三四五六七八九十])[份个]附件|附件(?:共|有|为)?(?P<behind>\d{1,2}|[一二两三四五六七八九十])[份个](?!月)"
)
POINTING = ("见", "填写", "填报", "按", "按照", "如")
NOT_POINTING = ("意见", "听见")
TABLE = re.compile(r"[见如]下表|下表(?:所示|所列)|[见如]表\d{0,2}(?=[，。；）：所])")
CHART = re.compile(r"[见如]下图|下图所示|如图所示|[见如]图\d{0,2}(?=[，。；）：所])")
GOING_ON = re.compile(r"。\s*(?:下一步|特此|请各|各[^。]{2,8}要)|。[^。]{8,}。")
STATED_PARTS = re.compile(
    r"(?:》|公约|章程|守则|细则|条例|规定|报告|方案|通知|意见|办法|计划|规划|总结|通报|手册|全文|材料|共|内容|正文)(?:共分|分|共|由|包括|共有|主要有)[为成]?[^。；\n]{0,40}?(?<![第前后])(?P<count>[一二两三四五六七八九十]{1,2}|\d{1,2})个?(?:大)?(?P<kind>部分|章|节|条)"
)
PART = re.compile(
    r"(?:[见如按照据]|参照|根据|违反|依据|》|(?<=[，。；：])|(?:[报方通办规意手文]|总结|计划)[告案知法划见册])本?(?:文|报告|方案|通知|计划|材料|办法|手册|公约|章程|守则|细则|规定)?第(?P<part>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<kind>部分|章|节|条|项)"
)
READ = (PassageKind.TEXT, PassageKind.HEADING, PassageKind.HEAD)
ITEM_NUMBER = re.compile(r"(?:^|(?<=[。；：\n]))[ \u3000]*([一二三四五六七八九十]{1,3})、", re.MULTILINE)
NUMBERED = re.compile(r"[表图]\d{1,2}")
CAPTION = re.compile(r"\s*(?P<name>附?[表图])\s?(?P<number>\d{1,2})(?=[ \u3000：:.．、]*[“《]?[^\d\W])")
MENTION = re.compile(r"(?P<name>附[表图]|(?<![附\d])[表图])(?P<number>\d{1,2})(?=[。，；、）（所中])")
# How many are looked for: each takes a look at all that follows.
MOST_SHORT_NAMES = 30
SHORT_NAME = re.compile(
    rf"（以下(?:统一)?(?:简称|称)[为：]?(?:“([^”\n]{{2,20}})”|《([^》\n]{{2,20}})》|([{HANZI}]{{2,12}}))）"
)


@document_rule("missing-annex", "附件的提法", WARNING, "7.3.4、7.3.7")
def missing_annexes(subject: LintSubject) -> Iterator[RuleHit]:
    """附件3 of two, or 见附件 of none; 附件1 of one, which has no number; 见附件 of several."""
    lines = subject.passages if subject.written else ()
    labelled = [int(match[1]) for one in lines if (match := LABELLED_ANNEX.match(one.text))]
    listed = subject.written.listed_annexes if subject.written else 0
    count = max(len(subject.document.annexes), listed, *labelled)
    if not count and subject.is_fragment:
        yield from _annexes_beyond_stated(subject)
        return
    for passage in subject.body_paragraphs:
        for match in () if count or _has_sheets(subject) else SHEET_NAMED.finditer(passage.text):
            yield hit_at(passage, match, f"文中写“{match[0]}”，但是没有附表，请补上或者改写。")
        for match in ANNEX.finditer(passage.text):
            before = passage.text[: match.start()]
            if match["number"] or (before.endswith(POINTING) and not before.endswith(NOT_POINTING)):
                yield from _annex_hits(passage, match, count)


def _annexes_beyond_stated(subject: LintSubject) -> Iterator[RuleHit]:
    """本通知共有2个附件……见附件3, in a piece of a document."""
    texts = tuple(subject.body_paragraphs)
    stated = [match for one in texts for match in STATED_ANNEXES.finditer(one.text)]
    counts = {small_number(match["count"] or match["behind"]) for match in stated}
    for passage in texts if len(counts) == 1 else ():
        for match in ANNEX.finditer(passage.text):
            if int(match["number"] or 0) > max(counts) and not INLINE_ANNEXES.search(passage.text):
                yield from _annex_hits(passage, match, max(counts))


def _has_sheets(subject: LintSubject) -> bool:
    """Whether a document has a table, or a line that begins as one of an annex does."""
    return bool(_count_blocks(subject, Table)) or any(
        one.text.lstrip().startswith(("附表", "附图", "附：")) for one in subject.passages
    )


def _annex_hits(passage: TextPassage, match: re.Match[str], count: int) -> Iterator[RuleHit]:
    """What is wrong with one mention of an annex."""
    number = int(match["number"] or 0)
    if not count:
        yield hit_at(passage, match, f"文中提到“{match[0]}”，但是没有附件，请补上附件或者改写。")
    elif number > count:
        yield hit_at(passage, match, f"文中提到“{match[0]}”，但是只有{count}个附件，请核对序号。")
    elif number and count == 1:
        yield hit_at(passage, match, "只有一个附件的，不编序号，请改为“附件”。", "附件")
    elif not number and count > 1:
        yield hit_at(passage, match, f"附件有{count}个，请写明是附件几。")


# 附件：1.走访情况统计表；2.问题清单 on one line.
INLINE_ANNEXES = re.compile(r"附件(?:\d{1,2}[份个])?[：:]\s*1[.．、](?P<list>[^\n]{2,200})")
INLINE_NUMBER = re.compile(r"(?:[；;，,。]|\s|^)(\d{1,2})[.．、](?!\d)")


@passage_rule("missing-inline-annex", "附件的提法", WARNING, "7.3.4、7.3.7", holding="附")
def missing_inline_annexes(passage: TextPassage) -> Iterator[RuleHit]:
    """详见附件3 before 附件：1.……；2.…… on the same line."""
    for listed in INLINE_ANNEXES.finditer(passage.text):
        count = max([1, *(int(one) for one in INLINE_NUMBER.findall(listed["list"]))])
        for match in ANNEX.finditer(passage.text[: listed.start()]):
            if int(match["number"] or 0) > count:
                yield hit_at(passage, match, f"文中提到“{match[0]}”，但是只有{count}个附件，请核对序号。")


@document_rule("annex-name", "附件名称前后不一", WARNING, "7.3.4")
def other_annex_names(subject: LintSubject) -> Iterator[RuleHit]:
    """《三季度统计表》（见附件） where the list below the text has 二季度统计表."""
    named = [(one, match) for one in subject.body_paragraphs for match in ANNEXED.finditer(one.text)]
    listed: dict[int, tuple[TextPassage, re.Match[str]]] = {}
    for passage in subject.passages if named else ():
        match = LISTED_ANNEX.match(passage.text) if listed else FIRST_ANNEX.match(passage.text)
        if match:
            listed.setdefault(int(match["number"] or 1), (passage, match))
    for _, mention in named:
        place = listed.get(int(mention["number"] or 1))
        if place is None or (len(listed) > 1 and not mention["number"]):
            continue
        passage, match = place
        one, other = mention["name"] or mention["bare"], match["name"].strip()
        is_short = any(LCSseq.similarity(one, other) == len(name) for name in (one, other))
        if not is_short and (mention["number"] or fuzz.ratio(one, other) >= ALIKE_NAMES):
            reason = f"文中是《{one}》，这里是“{other}”，请核对附件名称。"
            yield RuleHit(reason, passage, match.start("name"), match.start("name") + len(other))


@document_rule("missing-table", "图表的提法", WARNING, ACCURACY)
def missing_tables(subject: LintSubject) -> Iterator[RuleHit]:
    """如下表 where there is no table, 如图所示 where there is no chart."""
    texts = subject.passages_of_kind(PassageKind.TEXT)
    for _, group in groupby(texts, key=lambda passage: (passage.part, passage.place.annex)):
        passages = tuple(group)
        numbers = {name for one in passages for name in NUMBERED.findall(one.text)}
        blocks = subject.blocks_around(passages[0])
        missing = [
            (pattern, name)
            for pattern, kind, name in ((TABLE, Table, "表"), (CHART, Chart, "图"))
            if not any(isinstance(block, kind) for block in blocks)
        ]
        for passage in passages:
            is_last = subject.is_fragment and not _is_followed_by_text(passage, blocks)
            # Where 表3 is named besides 表2, they stand in another part of it.
            are_elsewhere = subject.is_fragment and len(numbers) > 1
            for pattern, name in missing:
                for match in pattern.finditer(passage.text):
                    if is_last and not GOING_ON.search(passage.text, match.end()):
                        continue
                    if are_elsewhere and NUMBERED.search(match[0]):
                        continue
                    yield hit_at(passage, match, f"文中写“{match[0]}”，但是没有{name}，请补上或者改写。")


@document_rule("other-caption", "图表的提法", WARNING, ACCURACY)
def captions_of_other_kinds(subject: LintSubject) -> Iterator[RuleHit]:
    """见下图 above 表1: what stands right below is of the other kind."""
    for passage, following in pairwise(subject.passages):
        below = CAPTION.match(following.text) if passage.kind is PassageKind.TEXT else None
        for pattern, name in ((TABLE, "表"), (CHART, "图")) if below else ():
            for match in pattern.finditer(passage.text):
                if below and not below["name"].endswith(name):
                    yield hit_at(passage, match, f"下面是“{below[0].strip()}”，不是{name}，请核对。")


def _is_followed_by_text(passage: TextPassage, blocks: tuple[Block, ...]) -> bool:
    """Whether text goes on at once below a passage: of a fragment what it points to may have been left out."""
    assert passage.place.block is not None  # noqa: S101  (a paragraph stands in a block)
    following = passage.place.block + 1
    return following < len(blocks) and isinstance(blocks[following], Paragraph)


@document_rule("unused-short-name", "没有用到的简称", WARNING, "条例第十九条（三）")
def unused_short_names(subject: LintSubject) -> Iterator[RuleHit]:
    """（以下简称“甲”） where 甲 does not occur again; of more than MOST_SHORT_NAMES the first."""
    if subject.is_fragment:
        return
    for number, passage, match in islice(_short_names(subject), MOST_SHORT_NAMES):
        name = "".join(filter(None, match.groups()))
        later = chain((passage.text[match.end() :],), (one.text for one in subject.passages[number + 1 :]))
        if not any(name in text for text in later):
            yield hit_at(passage, match, f"后文没有再用“{name}”，不必注明简称，请删去。", "")


def _short_names(subject: LintSubject) -> Iterator[tuple[int, TextPassage, re.Match[str]]]:
    """Where short names are given, with the number of the passage."""
    for number, passage in enumerate(subject.passages):
        for match in SHORT_NAME.finditer(passage.text):
            yield number, passage, match


@document_rule("missing-part", "没有的部分、图表", WARNING, ACCURACY)
def missing_parts(subject: LintSubject) -> Iterator[RuleHit]:
    """见第五部分 of three headings, or of four that the text says it has."""
    stated = _stated_parts(subject)
    for passage in subject.passages_of_kind(*READ):
        for match in PART.finditer(passage.text):
            known = stated.get(match["kind"], set())
            if len(known) == 1 and small_number(match["part"]) > max(known) > 0:
                yield hit_at(passage, match, f"全文只有{max(known)}个{match['kind']}，请核对。")


def _stated_parts(subject: LintSubject) -> dict[str, set[int]]:
    """How many parts, chapters, sections and articles the text says that it has."""
    stated = defaultdict[str, set[int]](set)
    for one in subject.body_paragraphs:
        for match in STATED_PARTS.finditer(one.text):
            stated[match["kind"]].add(small_number(match["count"]))
    headings = sum(isinstance(block, Heading) and block.level == 1 for block in subject.document.body)
    if headings:
        stated["部分"] = {headings}
    items = [
        small_number(one)
        for text in subject.passages_of_kind(*READ)
        for one in ITEM_NUMBER.findall(text.text)
    ]
    if len(items) > 1 and items == list(range(1, len(items) + 1)):
        stated["项"] = {len(items)}
        if not any("》第" in one.text for one in subject.passages):
            stated["条"].add(len(items))
    return stated


@document_rule("missing-caption", "没有的部分、图表", WARNING, ACCURACY)
def missing_captions(subject: LintSubject) -> Iterator[RuleHit]:
    """见附表2 where the text has 附表1 only: a number that none of the captions has."""
    stated = {
        match["name"] + match["number"]
        for one in subject.passages
        if (match := CAPTION.match(one.text)) and not one.text.endswith("。")
    }
    named = {one.rstrip("0123456789") for one in stated}
    for passage in subject.body_paragraphs if stated else ():
        for match in MENTION.finditer(passage.text, 1):
            if match["name"] in named and match["name"] + match["number"] not in stated:
                yield hit_at(passage, match, f"文中没有“{match[0]}”，请核对序号。")


def _count_blocks(subject: LintSubject, kind: type[Block]) -> int:
    everywhere = (subject.document.body, *(annex.blocks for annex in subject.document.annexes))
    return sum(isinstance(block, kind) for blocks in everywhere for block in blocks)
