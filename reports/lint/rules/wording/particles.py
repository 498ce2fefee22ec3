"""的, 地 and 得 by what stands beside them: 地 between an adverb and its verb, 得 between a verb and how it is done, 的
before a noun (《现代汉语词典》的用法，条例第二十条（四）).
"""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, unquoted_matches

ADVERBS = (
    "认真|切实|扎实|积极|深入|有效|严格|及时|全面|充分|进一步|不断|稳步|有序|高效|顺利|准确|大力|努力|坚决|主动|迅速|"
    "广泛|牢固|精准|科学|自觉|始终|逐步|持续|系统|集中|统一|合理|妥善|圆满|重点|仔细|耐心|热情|快速|明显|显著"
)
# 扎扎实实, 认认真真, and what is said of how something is done.
DOUBLED = rf"(?P<first>[{HANZI}])(?P=first)(?P<second>[{HANZI}])(?P=second)"
SAYINGS = (
    "实事求是|因地制宜|有条不紊|积极主动|保质保量|千方百计|全力以赴|坚定不移|持之以恒|一丝不苟|毫不动摇|毫不松懈|坚持不懈|循序渐进|有的放矢|争分夺秒"
    "|卓有成效|创造性|有针对性|有计划|有步骤|有重点|高质量|高标准|高效率|最大限度|潜移默化|及时有效|扎实有效|严肃认真|深入细致|设身处地|源源不断|义无反顾"
)
VERBS = (
    "落实|开展|推进|推动|完成|贯彻|执行|学习|做好|抓好|解决|处理|提高|提升|加强|组织|履行|整改|排查|检查|研究|部署|反映|"
    "了解|配合|处置|服务|改善|促进|增强|化解|回应|梳理|宣传|引导|办理|衔接|分析|谋划|统计|核实|核对|填报|报送|督促|巡查|清理|整治|完善|建立|健全|优化|做|干|抓|改进|整理"
    "|投入|参与|答复|答应|掌握|讲解|介绍|倾听|听取|对待|记录|登记|走访|调解|保障|维护|防止|防范|减少|降低|缓解|满足|方便|调动|激发|发挥|安排|调配|通知|告知|告诉|帮助|支持|协助|实施|转移|疏散|撤离|拆除|清除|发现|看到|认识|意识|感受|体会|反馈|上报|汇报|说明|解释|遵守|使用|运用|利用|打造|构建|形成|实现"
)
OBJECT = (
    "了|各|好|信息|情况|数据|上级|有关|相关|《|到位|党|中央|市委|区委|文件|群众|居民|企业|问题|任务|自身|会议|责任|政策|矛盾|诉求|存在|隐患"
    "|全年|年度|辖区|街道|重点|工作|以上|上述|所有|全部|每|到|并|，|。|；"
)
# Ways of doing something that are no nouns themselves, as 系统 and 重点 are.
WAYS = (
    "认真|切实|扎实|积极|深入|有效|严格|及时|进一步|不断|稳步|有序|高效|顺利|准确|大力|努力"
    "|坚决|主动|迅速|妥善|圆满|仔细|耐心|热情|快速|耐心细致|细致|反复|悄悄|默默|高兴|愉快"
    "|满意|自觉"
)
FOR_ADVERB = re.compile(
    rf"(?:{ADVERBS})(?P<of>的)(?:{VERBS})(?=了|各|好|上级|有关|相关|《|到位|党|中央|市委|区委|文件"
    r"|群众|居民|企业|问题|任务|自身|会议|责任|政策|矛盾|诉求|存在|隐患|全年|年度|辖区|街道|重点|工作|以上|上述|所有|全部|每)"
    rf"|(?:大力|切实|不断|进一步|逐步|稳步|共同|相互|始终|随时|一律|亲自|(?<=(?<![主重需])[要应须])(?:{ADVERBS})|(?<=逐[一项户条件家级个人栋])(?:{ADVERBS}))(?P<only>的)(?:{VERBS})(?!的|工作|机制|制度|情况|和)"
    # 耐心的为老人讲解, 热情的接待了: 与会 and 对外 are words of their own.
    rf"|(?:{WAYS})(?P<way>的)(?:(?:与(?!会)|向|为(?!民|主|先|期)|对(?![外口比话策接内])|把|将(?!来|要)|给|同(?!志|步|比))[{HANZI}\d]|[{HANZI}]{{2}}了|(?:{VERBS})(?={OBJECT}))"
    rf"|(?:逐[一项户条件家级个人栋楼]|挨家挨户|挨门挨户)(?P<each>的)(?:上门|入户|(?:{VERBS})(?={OBJECT}))"
    # 扎扎实实的做好; of what is 实实在在的提升 nothing is said.
    rf"|{DOUBLED}(?P<doubled>的)(?:做好|抓好|抓|做|干|(?:{VERBS})(?={OBJECT}))"
)
# Said of how clearly somebody sees or feels something.
FOR_SEEING = re.compile(
    r"(?:清醒|清楚|深刻|充分|真正|深切|明显|强烈|真切|切身)(?P<of>的)(?=(?:认识|意识|感受|体会|感觉|看)到)"
)
FOR_SAYING = re.compile(
    rf"(?:{SAYINGS})(?P<of>的)(?:{VERBS})(?=了|各|好|上级|有关|相关|《|到位|群众|居民|企业|问题|任务|责任|政策|矛盾|诉求|隐患|全年|辖区|街道|工作|所有|全部|每)"
)
ADJECTIVES = (
    "良好|浓厚|优异|优良|丰硕|丰富|重大|巨大|坚实|优美|整洁|严峻|雄厚|宝贵|突出|重要|美好"
    "|温馨|宽敞|崇高|光荣|艰巨|繁重|复杂|强大|具体|主要"
)
# 重大地质灾害 and 主要地区 are of other words.
NO_OTHER_WORD = "区方址段块带点位域理质铁面下上标产名图形势皮毯税暖热级市震灾缘籍"
FOR_NOUN = re.compile(
    rf"(?:{ADVERBS}|特别|明确|具体)(?P<ly>地)(?:作用|措施|机制|基础|成效|氛围|态度|方案|举措|保障|效果|进展|要求|规定|安排|贡献|成绩|成果)(?=[，。；、！]|和)"
    rf"|(?:{ADJECTIVES})(?P<quality>地)(?![{NO_OTHER_WORD}])[{HANZI}]"
)
# 变的更加整洁有序，: what ends a clause says how it was done; 有的很好 and 最关心的十分之一 say something else.
DEGREE = "不够|还不够|很|非常|十分(?!之)|更加|更为|更|越来越|比较|较为|相当|极为|极其|特别|愈发|愈加|不太|有点|过于"
FOR_RESULT = re.compile(
    rf"(?<![有所最新])(?:变|显|做|抓|干|办|管|搞|走|跑|讲|写|说|看|过|修|建|用|住|吃|长|来|学|答|记|守|扎|站|[{HANZI}]{{2}}(?<![有新似地么样里前后中上下大小是]))(?P<of>的)"
    rf"(?:(?:{DEGREE})(?!是|有|多的)[{HANZI}]{{1,6}}(?<![的者题性力度率况段期年月区点地])(?=[，。；！]|$)|有声有色|井井有条|扎扎实实|一清二楚|清清楚楚|干干净净|明明白白|整整齐齐|恰到好处|淋漓尽致|妥妥当当|顺顺利利)"
    rf"|(?:{VERBS})(?P<short>的)(?=不(?:够|太)?(?:彻底|到位|及时|规范|扎实|深入|细致|充分|完善|理想|全面|平衡|均衡|好|严|实|细)(?:[，。；、]|$))"
    rf"|(?<![不有改转未没演应善])变(?P<becomes>的)(?={DEGREE}|[{HANZI}]{{2,4}}[，。；])"
)
# 清扫地十分干净; 街道地重点工作; 更好的服务群众.
DONE_HOW = re.compile(
    rf"(?:清扫|打扫|整治|落实|推进|完成|整改|打理|布置|管理|解决|处理|做|干|抓|收拾|讲|搞)(?P<of>地)(?=(?:{DEGREE})[{HANZI}]{{1,3}}[，。；])"
)
OWNERS = re.compile(
    r"(?<=街道|社区|居民|群众|企业|部门|辖区|单位)(?P<of>地)(?=重点|主要|各项|工作|意见|诉求|需求|问题|实际|安全|生活|积极|利益|困难)"
)
BETTER = re.compile(
    r"(?:更好|更快|更多更好)(?P<of>的)(?=(?:服务(?=群众|居民|企业|民生|百姓|基层|社区)|满足(?=[群居企人])|推动(?=工作|发展|各项)|保障(?=群众|居民|民生)|解决(?=群众|居民|问题)|落实(?=各项|工作)))"
)
# 取得地成效, 有序得推进, 推进的比计划快: between a verb and a noun, an adverb and a verb, a verb and how it compares.
OF_VERB_AND_NOUN = re.compile(
    r"(?:取得|获得|达到|存在|发现|提出|面临|形成|产生|制定|承担|采取|收集|反映|涉及|排查出?|梳理|受理|征集|整改|检查|查出|新增)(?P<of>[地得])(?=\d|成效|成绩|成果|问题|困难|意见|建议|任务|情况|效果|经验|措施|隐患|诉求|方案|水平|目标|进展|矛盾)"
)
BY_ADVERB = re.compile(rf"(?:{WAYS}|逐步|逐一|全面|充分|广泛|严密|及早)(?P<of>得)(?:{VERBS})(?!了?体)")
THAN_OTHERS = re.compile(
    rf"(?<=[{HANZI}])(?:推进|进展|完成|开展|落实|整治|建设|增长|发展|恢复|处理|办理|做|干|搞|跑|来|走)(?P<of>的)(?=比[^，。；的]{{1,8}}?(?:更|还|要)?[快慢好高低早晚多少])"
)
# Words that have 得 in them: 值的肯定, 取的了成效.
OF_ONE_WORD = re.compile(
    rf"(?:值(?P<worth>[的地])(?=肯定|关注|注意|推广|学习|借鉴|一提|重视|总结|表扬|思考|称赞|信赖)"
    rf"|(?:取|获|赢|博)(?P<got>[的地])(?=了|[{HANZI}]{{0,8}}(?:成效|成绩|进展|突破|成果|实效|好评|效果|支持|信任|认可|肯定|称号|奖|同意|赞誉))"
    rf"|(?<![{HANZI}])(?:显|觉|懂|使)(?P<felt>的)|(?<=[人员家们都])(?:觉|懂|显)(?P<feels>的)|来(?P<in_time>的)及|舍不(?P<loath>的)"
    rf"|不(?P<must>的)不(?=[{HANZI}])|免不(?P<cannot>的))"
)
FOR_LY = re.compile(
    rf"(?:{ADVERBS}|{SAYINGS}|更好|深刻|清醒|清楚)(?P<of>得)(?:{VERBS})(?=了|各|好|上级|有关|相关|《|到位|党|群众|居民|企业|问题|任务|责任|政策|矛盾|诉求|隐患|全年|辖区|街道|工作|所有|全部|每|到|[，。；])"
)
FOR_OF = re.compile(
    r"(?:(?:强烈|突出|普遍|集中|关心|关注|存在|面临|遇到)(?P<urgent>地)(?=[㐀-鿿]{0,4}(?:问题|困难|诉求|矛盾|隐患))|目(?P<aim>[得]|地(?=是|在于|，))|(?<=[们员众道区民])(?P<owned>得)(?=诉求|意见|建议|问题|困难|利益|需求|支持|理解|积极性|生活|安全|权益))"
)
PATTERNS = (
    (FOR_ADVERB, "地"),
    (FOR_SEEING, "地"),
    (BY_ADVERB, "地"),
    (DONE_HOW, "得"),
    (OWNERS, "的"),
    (BETTER, "地"),
    (OF_VERB_AND_NOUN, "的"),
    (THAN_OTHERS, "得"),
    (FOR_SAYING, "地"),
    (FOR_LY, "地"),
    (FOR_NOUN, "的"),
    (FOR_OF, "的"),
    (FOR_RESULT, "得"),
    (OF_ONE_WORD, "得"),
)


@passage_rule("particle", "“的”“地”“得”", WARNING, ACCURACY, holding="的地得")
def wrong_particles(passage: TextPassage) -> Iterator[RuleHit]:
    """认真的落实各项任务, 扎扎实实的做好, 良好地氛围, 变的更加整洁."""
    found: set[int] = set()
    for pattern, right in PATTERNS:
        for match in unquoted_matches(pattern, passage.text):
            start, end = match.span(match.lastgroup or 0)
            if start not in found:
                found.add(start)
                reason = f"“{match[0]}”中应当用“{right}”，请改正。"
                yield RuleHit(reason, passage, start, end, right)
