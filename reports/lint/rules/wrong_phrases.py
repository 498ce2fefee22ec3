"""Rules that are nothing but patterns of the table of phrases; others have some of its patterns beside their own."""

from functools import partial

from reports.lint.finding import PassageKind
from reports.lint.phrases import phrase_rule
from reports.lint.registration import ACCURACY, ERROR, NUMERAL_USE, PUNCTUATION, WARNING

sentence_rule = partial(phrase_rule, kinds=(PassageKind.TEXT, PassageKind.CELL), unquoted=True)
PHRASE_RULES = (
    sentence_rule("mixed-construction", "句式杂糅", WARNING, ACCURACY, is_certain=False),
    sentence_rule("broken-sentence", "句子不完整", WARNING, ACCURACY, is_certain=False),
    sentence_rule("hidden-subject", "缺主语", WARNING, ACCURACY),
    sentence_rule("missing-under", "“在……下”缺“下”", WARNING, ACCURACY),
    sentence_rule("missing-as", "“以……为”缺“为”", WARNING, ACCURACY, is_certain=False),
    sentence_rule("missing-word", "缺词", WARNING, ACCURACY, is_certain=False),
    sentence_rule("missing-object", "缺宾语", WARNING, ACCURACY),
    sentence_rule("missing-activity", "缺宾语", WARNING, ACCURACY, is_certain=False),
    sentence_rule("double-negation", "否定失当", WARNING, ACCURACY),
    sentence_rule("both-sides", "两面对一面", WARNING, ACCURACY),
    sentence_rule("conjunction", "关联词语搭配", WARNING, ACCURACY),
    sentence_rule("correlative", "关联词语搭配", WARNING, ACCURACY, is_certain=False),
    sentence_rule("indirect-question", "陈述句用问号", WARNING, f"{PUNCTUATION}，4.2"),
    phrase_rule("number-brackets", "文号括号", ERROR, "7.2.5"),
    phrase_rule("number-year", "文号年份", ERROR, "7.2.5"),
    phrase_rule("number-ordinal", "文号“第”字", ERROR, "7.2.5"),
    phrase_rule("number-padding", "文号补零", ERROR, "7.2.5"),
    phrase_rule("number-end", "文号缺“号”", ERROR, "7.2.5"),
    phrase_rule("citation-order", "引用公文的次序", WARNING, ACCURACY),
    phrase_rule("from-dash", "“从”与“至”", WARNING, f"{NUMERAL_USE}，5.1.3"),
    phrase_rule("wave-form", "浪纹线的写法", WARNING, f"{PUNCTUATION}，4.13"),
    phrase_rule("range-unit", "起止数值的单位", WARNING, f"{NUMERAL_USE}，5.1.3"),
    phrase_rule("padded-date", "日期补零", ERROR, "7.3.5.4"),
    phrase_rule("numeric-date", "日期写法", WARNING, "7.3.5.4"),
    phrase_rule("colloquial-day", "“号”与“日”", WARNING, "7.3.5.4"),
    phrase_rule("percentage-point", "百分点", WARNING, ACCURACY),
    phrase_rule("gap-in-percent", "与序时进度的差距", WARNING, ACCURACY),
    phrase_rule("less-by-times", "减少用“倍”", WARNING, ACCURACY),
    phrase_rule("double-approximation", "概数重复", WARNING, ACCURACY),
    phrase_rule("currency", "金额的写法", WARNING, ACCURACY),
    phrase_rule("negative-growth", "负数的说法", WARNING, ACCURACY),
    phrase_rule("rate-change", "比率的增减用百分点", WARNING, ACCURACY),
    phrase_rule("leftover", "没有填完", ERROR, ACCURACY),
    phrase_rule("markup", "残留符号", ERROR, ACCURACY),
    phrase_rule("et-cetera", "并列词语的标点", WARNING, f"{PUNCTUATION}，4.5"),
    phrase_rule("comma-before-and", "“和”前的顿号", WARNING, f"{PUNCTUATION}，4.5"),
    phrase_rule("ellipsis-et-cetera", "省略号与“等”", WARNING, f"{PUNCTUATION}，附录A"),
    phrase_rule("two-colons", "冒号套用", WARNING, f"{PUNCTUATION}，4.7"),
    phrase_rule("until", "“截止”与“截至”", WARNING, ACCURACY),
    phrase_rule("word-by-use", "近义词的用处", WARNING, ACCURACY, is_certain=False),
    phrase_rule("short-person", "领导姓名不全", WARNING, ACCURACY),
    phrase_rule("post-of-body", "职务与机构不符", WARNING, ACCURACY),
    phrase_rule("body-of-level", "机构与层级不符", WARNING, ACCURACY),
    phrase_rule("short-body", "机关名称不全", WARNING, "条例第十九条"),
    phrase_rule("number-word", "数词的用法", WARNING, ACCURACY),
    phrase_rule("decimal-point", "小数的写法", ERROR, f"{NUMERAL_USE}，5.1.2"),
    phrase_rule("mark-in-pair", "括号、引号边上的标点", ERROR, f"{PUNCTUATION}，4.8、4.9"),
    phrase_rule("title-of-no-work", "误用书名号", WARNING, f"{PUNCTUATION}，4.15、附录A"),
    phrase_rule("work-without-title-marks", "文件名称缺书名号", WARNING, f"{PUNCTUATION}，4.15"),
    phrase_rule("five-year-plan", "规划简称缺引号", WARNING, f"{PUNCTUATION}，4.8"),
    phrase_rule("over-hundred", "比率超过100%", WARNING, ACCURACY),
    phrase_rule("short-name-form", "简称的注明", WARNING, "条例第十九条"),
    phrase_rule("hand-annex-list", "手写附件说明", WARNING, "7.3.4", kinds=(PassageKind.TEXT,)),
    phrase_rule("reversed-steps", "语序不当", WARNING, ACCURACY, is_certain=False),
    phrase_rule(
        "title-inner-mark", "标题中的标点", WARNING, ACCURACY, kinds=(PassageKind.TITLE,), unquoted=True
    ),
    phrase_rule("annex-end-mark", "附件名称后的标点", ERROR, "7.3.4", kinds=(PassageKind.ANNEX_TITLE,)),
    phrase_rule("annex-label", "附件序号", ERROR, "7.3.4", kinds=(PassageKind.ANNEX_TITLE,)),
    phrase_rule("annex-title-marks", "附件名称的书名号", WARNING, ACCURACY, kinds=(PassageKind.ANNEX_TITLE,)),
    phrase_rule("caption-mark", "图表题标点", WARNING, f"{PUNCTUATION}，附录A", kinds=(PassageKind.CAPTION,)),
    phrase_rule("addressee-mark", "主送机关后的标点", ERROR, "7.3.2", kinds=(PassageKind.ADDRESSEE,)),
    phrase_rule(
        "personal-addressee", "主送领导个人", WARNING, "条例第十五条（五）", kinds=(PassageKind.ADDRESSEE,)
    ),
    phrase_rule("impossible-month", "不存在的月份、季度", ERROR, ACCURACY),
    phrase_rule("two-kinds", "文种混用", ERROR, "条例第八条", kinds=(PassageKind.TITLE, PassageKind.TEXT)),
    phrase_rule("closing-words", "结语与文种不符", WARNING, "条例第八条", kinds=(PassageKind.TEXT,)),
)
