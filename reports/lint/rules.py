"""Every rule of the lint, once: its id, its words, its weight, its source, and the function that finds it broken.

An error (R) is what a standard lays down, a warning what it says generally or recommends, and what only a reader
can decide.
"""

from reports.lint import (
    citations,
    closings,
    comparisons,
    copies,
    dashes,
    dates,
    enumerations,
    figures,
    letters,
    lights,
    marks,
    names,
    numerals,
    outline,
    pairs,
    parties,
    parts,
    references,
    requests,
    spelling,
    title,
    wholes,
    wording,
)
from reports.lint.finding import Kind, Rule, Severity
from reports.lint.subject import Finder, each

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ACCURACY = "条例第二十条（四）"
PUNCTUATION = "GB/T 15834-2011"
FIGURES = "GB/T 15835-2011"
DIGITS = "0123456789"

RULES: tuple[tuple[Rule, Finder], ...] = (
    # Around the text
    (Rule("missing-signatory", "缺签发人", ERROR, "条例第九条（六）"), parties.missing_signatory),
    (Rule("missing-addressee", "缺主送机关", ERROR, "条例第九条（八）"), parties.missing_addressee),
    (Rule("several-addressees", "多头主送", WARNING, "条例第十五条（一）"), parties.several_addressees),
    (
        Rule("addressee-mark", "主送机关后的标点", ERROR, "7.3.2"),
        each(parties.addressee_marks, Kind.ADDRESSEE),
    ),
    (
        Rule("receiver-separator", "主送机关之间的标点", WARNING, "7.3.2"),
        each(parties.separators, Kind.ADDRESSEE),
    ),
    (Rule("copy-twice", "重复送达", WARNING, "7.4.2"), parties.copies_to_receivers),
    (Rule("copy-downward", "上行文抄送下级", ERROR, "条例第十五条（一）"), parties.copies_downward),
    (Rule("copy-mark", "抄送机关后的标点", ERROR, "7.4.2"), parties.copy_marks),
    (Rule("signature", "署名与发文机关标志", WARNING, "条例第九条（十一）"), parties.foreign_signatures),
    (Rule("title-kind", "标题缺文种", ERROR, "条例第九条（七）"), title.kind_missing),
    (Rule("title-end-mark", "标题末尾标点", WARNING, ACCURACY), each(title.end_mark, Kind.TITLE)),
    (Rule("title-inner-mark", "标题中的标点", WARNING, ACCURACY), each(title.inner_marks, Kind.TITLE)),
    (Rule("title-repetition", "标题中的重复", WARNING, "条例第九条（七）"), title.repeated_abouts),
    (Rule("title-link", "标题缺“的”", WARNING, "条例第九条（七）"), each(title.missing_links, Kind.TITLE)),
    (Rule("title-lines", "标题过长", WARNING, "7.3.1"), each(title.too_many_lines, Kind.TITLE)),
    (Rule("title-shape", "标题分行", WARNING, "7.3.1"), each(title.waist, Kind.TITLE)),
    (Rule("annex-end-mark", "附件名称后的标点", ERROR, "7.3.4"), each(parts.annex_marks, Kind.ANNEX_TITLE)),
    (Rule("annex-label", "附件序号", ERROR, "7.3.4"), each(parts.annex_labels, Kind.ANNEX_TITLE)),
    (
        Rule("annex-title-marks", "附件名称的书名号", WARNING, ACCURACY),
        each(parts.annex_title_marks, Kind.ANNEX_TITLE),
    ),
    (Rule("note-brackets", "附注括号", ERROR, "7.3.6"), parts.note_brackets),
    (
        Rule("caption-mark", "图表题标点", WARNING, f"{PUNCTUATION}，附录A"),
        each(parts.caption_marks, Kind.CAPTION),
    ),
    (Rule("length", "篇幅", WARNING, "条例第十九条（三）"), parts.too_long),
    # Headings and numbers
    (Rule("skipped-level", "标题越级", WARNING, "7.3.3"), outline.skipped_levels),
    (Rule("empty-heading", "空标题", WARNING, "条例第十九条（三）"), outline.empty_headings),
    (
        Rule("hand-number", "手写序号", WARNING, "7.3.3"),
        each(outline.hand_numbers, Kind.HEADING, Kind.HEAD, Kind.TEXT),
    ),
    (Rule("number-form", "序号写法", WARNING, "7.3.3"), each(outline.wrong_number_forms, Kind.TEXT)),
    (Rule("heading-mark", "标题末尾标点", WARNING, ACCURACY), each(outline.heading_marks, Kind.HEADING)),
    (
        Rule("head-mark", "段首标题缺句号", WARNING, f"{PUNCTUATION}，4.1"),
        each(outline.run_in_head_marks, Kind.HEAD),
    ),
    # Marks
    (Rule("half-width-mark", "半角标点", ERROR, PUNCTUATION), each(marks.half_width_marks, holding=",.;:?!")),
    (
        Rule("half-width-bracket", "半角括号", ERROR, f"{PUNCTUATION}，4.9"),
        each(pairs.half_width_brackets, holding="()"),
    ),
    (
        Rule("straight-quote", "直引号", ERROR, f"{PUNCTUATION}，4.8"),
        each(pairs.straight_quotes, holding="\"'"),
    ),
    (
        Rule("unpaired-mark", "标点不成对", ERROR, f"{PUNCTUATION}，4.8、4.9、4.15"),
        each(pairs.unpaired_marks, holding="（）“”‘’《》〈〉【】〔〕"),
    ),
    (
        Rule("nested-mark", "引号、书名号套用", ERROR, f"{PUNCTUATION}，4.8、4.15"),
        each(pairs.nested_marks, holding="“《"),
    ),
    (
        Rule("dots", "省略号、破折号", ERROR, f"{PUNCTUATION}，4.10、4.11"),
        each(marks.broken_dots, holding=".。…-"),
    ),
    (Rule("doubled-mark", "标点重复", ERROR, PUNCTUATION), each(marks.doubled_marks)),
    (
        Rule("et-cetera", "“等”前的顿号", WARNING, f"{PUNCTUATION}，4.5"),
        each(marks.comma_before_et_cetera, holding="、"),
    ),
    (Rule("end-mark", "段末缺句号", ERROR, f"{PUNCTUATION}，4.1"), each(parts.missing_end_marks, Kind.TEXT)),
    (Rule("space", "多余空格", WARNING, ACCURACY), each(marks.stray_spaces, holding=" \t\u00a0\u3000")),
    (Rule("wide-character", "全角数字、字母", WARNING, FIGURES), each(marks.wide_characters)),
    (
        Rule("quoted-list", "引号、书名号之间的顿号", WARNING, f"{PUNCTUATION}，4.5.3.5"),
        each(marks.commas_between_quotations, holding="”》"),
    ),
    (
        Rule("ellipsis-et-cetera", "省略号与“等”", WARNING, f"{PUNCTUATION}，附录A"),
        each(marks.ellipses_with_et_cetera, holding="…"),
    ),
    (
        Rule("mark-in-pair", "括号、引号边上的标点", ERROR, f"{PUNCTUATION}，4.8、4.9"),
        each(pairs.marks_inside_pairs, holding="（“《）”》"),
    ),
    (
        Rule("nested-bracket", "括号套用", WARNING, f"{PUNCTUATION}，4.9"),
        each(pairs.nested_brackets, holding="（"),
    ),
    (
        Rule("title-of-no-work", "误用书名号", WARNING, f"{PUNCTUATION}，4.15、附录A"),
        each(pairs.titles_of_no_work, holding="《"),
    ),
    # Dashes and ranges
    (
        Rule("dash-form", "破折号、连接号的写法", WARNING, f"{PUNCTUATION}，4.10、4.13"),
        each(dashes.foreign_dashes, holding="–―─—"),
    ),
    (
        Rule("wave-form", "浪纹线的写法", WARNING, f"{PUNCTUATION}，4.13"),
        each(dashes.foreign_waves, holding="~∼〜"),
    ),
    (
        Rule("range-unit", "起止数值的单位", WARNING, f"{FIGURES}，5.1.3"),
        each(dashes.shared_units, holding=DIGITS),
    ),
    (Rule("reversed-range", "起止颠倒", WARNING, ACCURACY), each(dashes.reversed_ranges, holding=DIGITS)),
    # Dates and document numbers
    (Rule("padded-date", "日期补零", ERROR, "7.3.5.4"), each(dates.padded_dates, holding=DIGITS)),
    (Rule("spaced-date", "日期空格", WARNING, "7.3.5.4"), each(dates.spaced_dates, holding=" \u3000")),
    (Rule("short-year", "年份不全", ERROR, "7.3.5.4"), each(dates.short_years, holding=DIGITS)),
    (Rule("numeric-date", "日期写法", WARNING, "7.3.5.4"), each(dates.numeric_dates, holding=DIGITS)),
    (Rule("chinese-date", "日期用字", WARNING, "7.3.5.4"), each(dates.chinese_dates, holding="年月")),
    (Rule("impossible-date", "不存在的日期", ERROR, ACCURACY), each(dates.impossible_dates, holding=DIGITS)),
    (Rule("weekday", "日期与星期不符", ERROR, ACCURACY), dates.wrong_weekdays),
    (Rule("colloquial-day", "“号”与“日”", WARNING, "7.3.5.4"), each(dates.colloquial_days, holding="号")),
    (Rule("until", "“截止”与“截至”", WARNING, ACCURACY), each(dates.closing_for_until, holding="截")),
    (Rule("number-brackets", "文号括号", ERROR, "7.2.5"), each(citations.wrong_year_brackets, holding="号")),
    (Rule("number-year", "文号年份", ERROR, "7.2.5"), each(citations.short_number_years, holding="号")),
    (Rule("number-ordinal", "文号“第”字", ERROR, "7.2.5"), each(citations.ordinals_in_numbers, holding="号")),
    (Rule("number-padding", "文号补零", ERROR, "7.2.5"), each(citations.padded_numbers, holding="号")),
    (
        Rule("citation-order", "引用公文的次序", WARNING, ACCURACY),
        each(citations.numbers_before_titles, holding="〔"),
    ),
    # Figures
    (Rule("percentage-point", "百分点", WARNING, ACCURACY), each(figures.misnamed_points, holding="%％百")),
    (
        Rule("gap-in-percent", "与序时进度的差距", WARNING, ACCURACY),
        each(figures.gaps_in_percent, holding="%％"),
    ),
    (Rule("less-by-times", "减少用“倍”", WARNING, ACCURACY), each(figures.less_by_times, holding="倍")),
    (
        Rule("double-approximation", "概数重复", WARNING, ACCURACY),
        each(figures.double_approximations, holding=DIGITS),
    ),
    (Rule("unit", "计量单位", WARNING, "GB 3100-1993"), each(figures.wrong_units, holding=DIGITS)),
    (Rule("share", "百分比不符", WARNING, ACCURACY), each(wholes.wrong_shares, holding="占")),
    (Rule("total", "合计不符", WARNING, ACCURACY), wholes.wrong_totals),
    (Rule("parts-of-whole", "分项与总数不符", WARNING, ACCURACY), each(wholes.wrong_parts, holding="项")),
    (Rule("stated-base", "统计基数不符", WARNING, ACCURACY), each(wholes.stated_bases, holding="基")),
    (Rule("growth", "增减幅度不符", WARNING, ACCURACY), each(comparisons.wrong_growth, holding="由从")),
    (
        Rule("respectively", "“分别”不对应", WARNING, ACCURACY),
        each(enumerations.unequal_lists, Kind.TEXT, Kind.CELL, holding="别"),
    ),
    (Rule("ordinal-gap", "“一是”“二是”不连续", WARNING, ACCURACY), enumerations.broken_sequences),
    (Rule("basis", "同比、环比", WARNING, ACCURACY), each(comparisons.wrong_bases, holding="比")),
    (
        Rule("overlapping-bound", "“以上”与“以下”", WARNING, "《民法典》第一千二百五十九条"),
        each(comparisons.overlapping_bounds, holding="以"),
    ),
    # Numerals
    (
        Rule("percent-in-words", "百分数的写法", WARNING, f"{FIGURES}，5.3"),
        each(numerals.percents_in_words, holding="百"),
    ),
    (
        Rule("mixed-numeral", "数字兼用两种写法", WARNING, f"{FIGURES}，5.3"),
        each(numerals.mixed_numerals, holding=DIGITS),
    ),
    (
        Rule("approximate-number", "概数的写法", WARNING, f"{FIGURES}，4.2.2、5.2.1"),
        each(numerals.approximate_figures, holding="、"),
    ),
    (Rule("yuan", "元与万元", WARNING, ACCURACY), each(numerals.sums_in_yuan, holding=DIGITS)),
    # Words and facts
    (Rule("request-in-report", "报告夹带请示", ERROR, "条例第十五条（四）"), requests.requests_in_report),
    (Rule("leftover", "没有填完", ERROR, ACCURACY), each(wording.leftovers)),
    (Rule("markup", "残留符号", ERROR, ACCURACY), each(wording.markup, holding="*#<&")),
    (Rule("misspelling", "别字", WARNING, ACCURACY), each(spelling.misspellings)),
    (Rule("variant", "用字", WARNING, ACCURACY), each(spelling.variants)),
    (
        Rule("foreign-word", "外文词语", WARNING, "《国家通用语言文字法》第十一条"),
        letters.foreign_words,
    ),
    (Rule("address", "网址、邮箱", WARNING, ACCURACY), each(letters.addresses, Kind.TEXT)),
    (Rule("closing", "结束语与文种", WARNING, ACCURACY), closings.closings_of_another_kind),
    (Rule("direction", "用语与行文方向", WARNING, "条例第十四条"), requests.words_of_another_direction),
    (Rule("missing-annex", "附件的提法", WARNING, "7.3.4、7.3.7"), references.missing_annexes),
    (Rule("hand-annex-list", "手写附件说明", WARNING, "7.3.4"), each(references.hand_lists, Kind.TEXT)),
    (Rule("missing-table", "图表的提法", WARNING, ACCURACY), references.missing_tables),
    (
        Rule("unused-short-name", "没有用到的简称", WARNING, "条例第十九条（三）"),
        references.unused_short_names,
    ),
    (Rule("department-voice", "部门口吻", WARNING, ACCURACY), wording.department_voice),
    (
        Rule("personal-data", "个人信息", WARNING, "《个人信息保护法》第二十八条"),
        each(wording.personal_data, holding=DIGITS),
    ),
    (Rule("unit-name", "单位名称", WARNING, ACCURACY), names.misspelled_units),
    (Rule("two-names", "名称不统一", WARNING, ACCURACY), names.two_spellings),
    (Rule("person-name", "人名", WARNING, ACCURACY), names.misspelled_persons),
    (Rule("contradicted-light", "文字与亮灯不符", WARNING, ACCURACY), lights.contradictions),
    (Rule("near-copy", "与上期雷同", WARNING, "条例第十九条（三）"), copies.copied_from_last_period),
    (Rule("repeated-paragraph", "段落重复", WARNING, "条例第十九条（三）"), copies.repeated_paragraphs),
)
