"""Wrong characters, words taken for others, and variants that official documents do not use (条例第二十条（四）)."""

import re
from collections.abc import Iterator, Mapping

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import RuleHit, hit_at

# What cannot occur where two right words meet: 发布署名 holds 布署, 自己完成 holds 己完成.
MISSPELLED: Mapping[str, str] = {
    r"帐(?=[户号目款本册单务面])": "账",
    r"(?<=[台报记结算查转挂欠对])帐(?![篷子幔户号目款本册单务面])": "账",
    r"(?<=再接再)励": "厉",
    r"在接再厉": "再接再厉",
    r"迫不急待": "迫不及待",
    r"一如继往": "一如既往",
    r"(?<=一)愁(?=莫展)": "筹",
    r"(?<!过)渡(?=假[区村期])": "度",
    r"(?<=震)憾(?!事)": "撼",
    r"松驰": "松弛",
    r"(?<![发公颁宣])布署(?!名)": "部署",
    r"(?<!抽)签定(?![位点])": "签订",
    r"(?<![讲星两几\d])座落(?=于|在)": "坐落",
    r"坐谈会": "座谈会",
    r"(?<![当看叫视])做为(?![民群企居党国人老基社他她谁了])": "作为",
    r"(?<!紧)凑和": "凑合",
    r"融汇贯通": "融会贯通",
    r"走头无路": "走投无路",
    r"不径而走": "不胫而走",
    r"默守成规": "墨守成规",
    r"谈笑风声": "谈笑风生",
    r"金榜提名": "金榜题名",
    r"既往不究": "既往不咎",
    r"按步就班": "按部就班",
    r"一股作气": "一鼓作气",
    r"穿流不息": "川流不息",
    r"重蹈复辙": "重蹈覆辙",
    r"防患未燃": "防患未然",
    r"(?<=攻坚克)艰": "难",
    r"竣功": "竣工",
    r"(?<![自知律利异克])己(?=完成|启动|建成|签约|开工|落实|完工|整改)": "已",
    r"(?<![自知律利异克])己经": "已经",
    r"(?<![立当随])即然": "既然",
    r"(?<![究毕])竟(?=赛|争力|聘)": "竞",
    r"(?<=[划调])拔(?=付|款|经费|资金)": "拨",
    r"幅射": "辐射",
    r"帐蓬": "帐篷",
    r"(?<![支交应给])付(?=主任|书记|局长|科长|组长|院长|区长|处长)": "副",
    r"(?<=招聘|招领|寻人|寻物|征文|遗失)启示": "启事",
    r"(?<![急学良敏链锁过])反应(?=的?诉求|的?问题|的?意见建议)": "反映",
}
# What dictionaries give as a variant of another word.
VARIANTS: Mapping[str, str] = {
    "(?<!尤)其它": "其他",
    "做出(?=决定|决策|部署|批示|指示|规定|解释|答复|承诺|裁定)": "作出",
    "部份(?![额数])": "部分",
    "(?<=[成水])份(?![子额数内外])": "分",
    "身分(?=证|认)": "身份",
    "(?<=好)象(?=是)": "像",
}
UNTIL = re.compile(
    r"(?:^|(?<=[，。；：、（“将,;:]))截止至?(?=\d{2,4}年|\d{1,2}月|目前|当前|本[年季月]|今年|[上下]半年|第?[一二三四]季度|年底|月底)",
    re.MULTILINE,
)
LOOKAROUND = re.compile(r"\(\?<?[=!][^()]*\)")


def _compile_words(words: Mapping[str, str]) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Each pattern with the words that it looks for, which tell at once where it finds nothing."""
    return tuple((LOOKAROUND.sub("", wrong), re.compile(wrong), right) for wrong, right in words.items())


MISSPELLINGS, VARIANT_WORDS = _compile_words(MISSPELLED), _compile_words(VARIANTS)


@passage_rule("misspelling", "别字", WARNING, ACCURACY)
def wrong_characters(passage: TextPassage) -> Iterator[RuleHit]:
    """Wrong characters that are no word anywhere."""
    for match, right in _words_of_table(passage, MISSPELLINGS):
        yield hit_at(passage, match, f"别字：“{match[0]}”应为“{right}”。", right)


@passage_rule("variant", "用字", WARNING, ACCURACY)
def variant_words(passage: TextPassage) -> Iterator[RuleHit]:
    """其它 and 做出决定."""
    for match, right in _words_of_table(passage, VARIANT_WORDS):
        yield hit_at(passage, match, f"公文中用“{right}”，不用“{match[0]}”。", right)


@passage_rule("until", "“截止”与“截至”", WARNING, ACCURACY, holding="截")
def closing_for_until(passage: TextPassage) -> Iterator[RuleHit]:
    """截止9月底 where 截至 is meant: 截止 says that something ends."""
    for match in UNTIL.finditer(passage.text):
        yield hit_at(passage, match, "表示统计到某一时间用“截至”，“截止”是到期停止，请改为“截至”。", "截至")


def _words_of_table(
    passage: TextPassage, table: tuple[tuple[str, re.Pattern[str], str], ...]
) -> Iterator[tuple[re.Match[str], str]]:
    """Where words of a table stand, each with the right one."""
    for literal, pattern, right in table:
        if literal in passage.text:
            yield from ((match, right) for match in pattern.finditer(passage.text))
