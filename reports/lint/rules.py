"""Every rule of the lint, once: its id, its words, its weight, its source, and the function that finds it broken.

An error (R) is what a standard lays down, a warning what it says generally or recommends, and what only a reader
can decide.
"""

from reports.lint import (
    citations,
    closing_phrases,
    comparisons,
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
    repetitions,
    requests,
    spelling,
    title,
    totals,
    wording,
)
from reports.lint.finding import LintRule, PassageKind, Severity
from reports.lint.subject import Finder, in_each_passage

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ACCURACY = "条例第二十条（四）"
PUNCTUATION = "GB/T 15834-2011"
FIGURES = "GB/T 15835-2011"
DIGITS = "0123456789"

RULES: tuple[tuple[LintRule, Finder], ...] = (
    # Around the text
    (LintRule("missing-signatory", "缺签发人", ERROR, "条例第九条（六）"), parties.missing_signatory),
    (LintRule("missing-addressee", "缺主送机关", ERROR, "条例第九条（八）"), parties.missing_addressee),
    (LintRule("several-addressees", "多头主送", WARNING, "条例第十五条（一）"), parties.several_addressees),
    (
        LintRule("addressee-mark", "主送机关后的标点", ERROR, "7.3.2"),
        in_each_passage(parties.addressee_marks, PassageKind.ADDRESSEE),
    ),
    (
        LintRule("receiver-separator", "主送机关之间的标点", WARNING, "7.3.2"),
        in_each_passage(parties.wrong_separators, PassageKind.ADDRESSEE),
    ),
    (LintRule("copy-twice", "重复送达", WARNING, "7.4.2"), parties.copies_to_receivers),
    (LintRule("copy-downward", "上行文抄送下级", ERROR, "条例第十五条（一）"), parties.copies_downward),
    (LintRule("copy-mark", "抄送机关后的标点", ERROR, "7.4.2"), parties.copy_marks),
    (LintRule("signature", "署名与发文机关标志", WARNING, "条例第九条（十一）"), parties.foreign_signatures),
    (LintRule("title-kind", "标题缺文种", ERROR, "条例第九条（七）"), title.kind_missing),
    (
        LintRule("title-end-mark", "标题末尾标点", WARNING, ACCURACY),
        in_each_passage(title.title_end_mark, PassageKind.TITLE),
    ),
    (
        LintRule("title-inner-mark", "标题中的标点", WARNING, ACCURACY),
        in_each_passage(title.inner_marks, PassageKind.TITLE),
    ),
    (LintRule("title-repetition", "标题中的重复", WARNING, "条例第九条（七）"), title.repeated_abouts),
    (
        LintRule("title-link", "标题缺“的”", WARNING, "条例第九条（七）"),
        in_each_passage(title.missing_links, PassageKind.TITLE),
    ),
    (
        LintRule("title-lines", "标题过长", WARNING, "7.3.1"),
        in_each_passage(title.too_many_lines, PassageKind.TITLE),
    ),
    (
        LintRule("title-shape", "标题分行", WARNING, "7.3.1"),
        in_each_passage(title.narrow_middles, PassageKind.TITLE),
    ),
    (
        LintRule("annex-end-mark", "附件名称后的标点", ERROR, "7.3.4"),
        in_each_passage(parts.annex_marks, PassageKind.ANNEX_TITLE),
    ),
    (
        LintRule("annex-label", "附件序号", ERROR, "7.3.4"),
        in_each_passage(parts.annex_labels, PassageKind.ANNEX_TITLE),
    ),
    (
        LintRule("annex-title-marks", "附件名称的书名号", WARNING, ACCURACY),
        in_each_passage(parts.annex_title_marks, PassageKind.ANNEX_TITLE),
    ),
    (LintRule("note-brackets", "附注括号", ERROR, "7.3.6"), parts.note_brackets),
    (
        LintRule("caption-mark", "图表题标点", WARNING, f"{PUNCTUATION}，附录A"),
        in_each_passage(parts.caption_marks, PassageKind.CAPTION),
    ),
    (LintRule("length", "篇幅", WARNING, "条例第十九条（三）"), parts.body_too_long),
    # Headings and numbers
    (LintRule("skipped-level", "标题越级", WARNING, "7.3.3"), outline.skipped_levels),
    (LintRule("empty-heading", "空标题", WARNING, "条例第十九条（三）"), outline.empty_headings),
    (
        LintRule("hand-number", "手写序号", WARNING, "7.3.3"),
        in_each_passage(outline.hand_numbers, PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT),
    ),
    (
        LintRule("number-form", "序号写法", WARNING, "7.3.3"),
        in_each_passage(outline.wrong_number_forms, PassageKind.TEXT),
    ),
    (
        LintRule("heading-mark", "标题末尾标点", WARNING, ACCURACY),
        in_each_passage(outline.heading_marks, PassageKind.HEADING),
    ),
    (
        LintRule("head-mark", "段首标题缺句号", WARNING, f"{PUNCTUATION}，4.1"),
        in_each_passage(outline.run_in_head_marks, PassageKind.HEAD),
    ),
    # Marks
    (
        LintRule("half-width-mark", "半角标点", ERROR, PUNCTUATION),
        in_each_passage(marks.half_width_marks, holding=",.;:?!"),
    ),
    (
        LintRule("half-width-bracket", "半角括号", ERROR, f"{PUNCTUATION}，4.9"),
        in_each_passage(pairs.half_width_brackets, holding="()"),
    ),
    (
        LintRule("straight-quote", "直引号", ERROR, f"{PUNCTUATION}，4.8"),
        in_each_passage(pairs.straight_quotes, holding="\"'"),
    ),
    (
        LintRule("unpaired-mark", "标点不成对", ERROR, f"{PUNCTUATION}，4.8、4.9、4.15"),
        in_each_passage(pairs.unpaired_marks, holding="（）“”‘’《》〈〉【】〔〕"),
    ),
    (
        LintRule("nested-mark", "引号、书名号套用", ERROR, f"{PUNCTUATION}，4.8、4.15"),
        in_each_passage(pairs.nested_marks, holding="“《"),
    ),
    (
        LintRule("dots", "省略号、破折号", ERROR, f"{PUNCTUATION}，4.10、4.11"),
        in_each_passage(marks.broken_dots, holding=".。…-"),
    ),
    (LintRule("doubled-mark", "标点重复", ERROR, PUNCTUATION), in_each_passage(marks.doubled_marks)),
    (
        LintRule("et-cetera", "“等”前的顿号", WARNING, f"{PUNCTUATION}，4.5"),
        in_each_passage(marks.comma_before_et_cetera, holding="、"),
    ),
    (
        LintRule("end-mark", "段末缺句号", ERROR, f"{PUNCTUATION}，4.1"),
        in_each_passage(parts.missing_end_marks, PassageKind.TEXT),
    ),
    (
        LintRule("space", "多余空格", WARNING, ACCURACY),
        in_each_passage(marks.stray_spaces, holding=" \t\u00a0\u3000"),
    ),
    (LintRule("wide-character", "全角数字、字母", WARNING, FIGURES), in_each_passage(marks.wide_characters)),
    (
        LintRule("quoted-list", "引号、书名号之间的顿号", WARNING, f"{PUNCTUATION}，4.5.3.5"),
        in_each_passage(marks.commas_between_quotations, holding="”》"),
    ),
    (
        LintRule("ellipsis-et-cetera", "省略号与“等”", WARNING, f"{PUNCTUATION}，附录A"),
        in_each_passage(marks.ellipses_with_et_cetera, holding="…"),
    ),
    (
        LintRule("mark-in-pair", "括号、引号边上的标点", ERROR, f"{PUNCTUATION}，4.8、4.9"),
        in_each_passage(pairs.marks_inside_pairs, holding="（“《）”》"),
    ),
    (
        LintRule("nested-bracket", "括号套用", WARNING, f"{PUNCTUATION}，4.9"),
        in_each_passage(pairs.nested_brackets, holding="（"),
    ),
    (
        LintRule("title-of-no-work", "误用书名号", WARNING, f"{PUNCTUATION}，4.15、附录A"),
        in_each_passage(pairs.titles_of_no_work, holding="《"),
    ),
    # Dashes and ranges
    (
        LintRule("dash-form", "破折号、连接号的写法", WARNING, f"{PUNCTUATION}，4.10、4.13"),
        in_each_passage(dashes.foreign_dashes, holding="–―─—"),
    ),
    (
        LintRule("wave-form", "浪纹线的写法", WARNING, f"{PUNCTUATION}，4.13"),
        in_each_passage(dashes.foreign_waves, holding="~∼〜"),
    ),
    (
        LintRule("range-unit", "起止数值的单位", WARNING, f"{FIGURES}，5.1.3"),
        in_each_passage(dashes.shared_units, holding=DIGITS),
    ),
    (
        LintRule("reversed-range", "起止颠倒", WARNING, ACCURACY),
        in_each_passage(dashes.reversed_ranges, holding=DIGITS),
    ),
    # Dates and document numbers
    (
        LintRule("padded-date", "日期补零", ERROR, "7.3.5.4"),
        in_each_passage(dates.padded_dates, holding=DIGITS),
    ),
    (
        LintRule("spaced-date", "日期空格", WARNING, "7.3.5.4"),
        in_each_passage(dates.spaced_dates, holding=" \u3000"),
    ),
    (
        LintRule("short-year", "年份不全", ERROR, "7.3.5.4"),
        in_each_passage(dates.short_years, holding=DIGITS),
    ),
    (
        LintRule("numeric-date", "日期写法", WARNING, "7.3.5.4"),
        in_each_passage(dates.numeric_dates, holding=DIGITS),
    ),
    (
        LintRule("chinese-date", "日期用字", WARNING, "7.3.5.4"),
        in_each_passage(dates.chinese_dates, holding="年月"),
    ),
    (
        LintRule("impossible-date", "不存在的日期", ERROR, ACCURACY),
        in_each_passage(dates.impossible_dates, holding=DIGITS),
    ),
    (LintRule("weekday", "日期与星期不符", ERROR, ACCURACY), dates.wrong_weekdays),
    (
        LintRule("colloquial-day", "“号”与“日”", WARNING, "7.3.5.4"),
        in_each_passage(dates.colloquial_days, holding="号"),
    ),
    (
        LintRule("until", "“截止”与“截至”", WARNING, ACCURACY),
        in_each_passage(dates.closing_for_until, holding="截"),
    ),
    (
        LintRule("number-brackets", "文号括号", ERROR, "7.2.5"),
        in_each_passage(citations.wrong_year_brackets, holding="号"),
    ),
    (
        LintRule("number-year", "文号年份", ERROR, "7.2.5"),
        in_each_passage(citations.short_number_years, holding="号"),
    ),
    (
        LintRule("number-ordinal", "文号“第”字", ERROR, "7.2.5"),
        in_each_passage(citations.ordinals_in_numbers, holding="号"),
    ),
    (
        LintRule("number-padding", "文号补零", ERROR, "7.2.5"),
        in_each_passage(citations.padded_numbers, holding="号"),
    ),
    (
        LintRule("citation-order", "引用公文的次序", WARNING, ACCURACY),
        in_each_passage(citations.numbers_before_titles, holding="〔"),
    ),
    # Figures
    (
        LintRule("percentage-point", "百分点", WARNING, ACCURACY),
        in_each_passage(figures.misnamed_points, holding="%％百"),
    ),
    (
        LintRule("gap-in-percent", "与序时进度的差距", WARNING, ACCURACY),
        in_each_passage(figures.gaps_in_percent, holding="%％"),
    ),
    (
        LintRule("less-by-times", "减少用“倍”", WARNING, ACCURACY),
        in_each_passage(figures.less_by_times, holding="倍"),
    ),
    (
        LintRule("double-approximation", "概数重复", WARNING, ACCURACY),
        in_each_passage(figures.double_approximations, holding=DIGITS),
    ),
    (
        LintRule("unit", "计量单位", WARNING, "GB 3100-1993"),
        in_each_passage(figures.wrong_units, holding=DIGITS),
    ),
    (LintRule("share", "百分比不符", WARNING, ACCURACY), in_each_passage(totals.wrong_shares, holding="占")),
    (LintRule("total", "合计不符", WARNING, ACCURACY), totals.wrong_totals),
    (
        LintRule("parts-of-whole", "分项与总数不符", WARNING, ACCURACY),
        in_each_passage(totals.wrong_parts, holding="项"),
    ),
    (
        LintRule("stated-base", "统计基数不符", WARNING, ACCURACY),
        in_each_passage(totals.stated_bases, holding="基"),
    ),
    (
        LintRule("growth", "增减幅度不符", WARNING, ACCURACY),
        in_each_passage(comparisons.wrong_growth, holding="由从"),
    ),
    (
        LintRule("respectively", "“分别”不对应", WARNING, ACCURACY),
        in_each_passage(enumerations.unequal_lists, PassageKind.TEXT, PassageKind.CELL, holding="别"),
    ),
    (LintRule("ordinal-gap", "“一是”“二是”不连续", WARNING, ACCURACY), enumerations.broken_sequences),
    (
        LintRule("basis", "同比、环比", WARNING, ACCURACY),
        in_each_passage(comparisons.wrong_bases, holding="比"),
    ),
    (
        LintRule("overlapping-bound", "“以上”与“以下”", WARNING, "《民法典》第一千二百五十九条"),
        in_each_passage(comparisons.overlapping_bounds, holding="以"),
    ),
    # Numerals
    (
        LintRule("percent-in-words", "百分数的写法", WARNING, f"{FIGURES}，5.3"),
        in_each_passage(numerals.percents_in_words, holding="百"),
    ),
    (
        LintRule("mixed-numeral", "数字兼用两种写法", WARNING, f"{FIGURES}，5.3"),
        in_each_passage(numerals.mixed_numerals, holding=DIGITS),
    ),
    (
        LintRule("approximate-number", "概数的写法", WARNING, f"{FIGURES}，4.2.2、5.2.1"),
        in_each_passage(numerals.approximate_figures, holding="、"),
    ),
    (LintRule("yuan", "元与万元", WARNING, ACCURACY), in_each_passage(numerals.sums_in_yuan, holding=DIGITS)),
    # Words and facts
    (LintRule("request-in-report", "报告夹带请示", ERROR, "条例第十五条（四）"), requests.requests_in_report),
    (LintRule("leftover", "没有填完", ERROR, ACCURACY), in_each_passage(wording.unfilled_places)),
    (
        LintRule("markup", "残留符号", ERROR, ACCURACY),
        in_each_passage(wording.leftover_markup, holding="*#<&"),
    ),
    (LintRule("misspelling", "别字", WARNING, ACCURACY), in_each_passage(spelling.wrong_characters)),
    (LintRule("variant", "用字", WARNING, ACCURACY), in_each_passage(spelling.variant_words)),
    (
        LintRule("foreign-word", "外文词语", WARNING, "《国家通用语言文字法》第十一条"),
        letters.foreign_words,
    ),
    (
        LintRule("address", "网址、邮箱", WARNING, ACCURACY),
        in_each_passage(letters.web_addresses, PassageKind.TEXT),
    ),
    (LintRule("closing", "结束语与文种", WARNING, ACCURACY), closing_phrases.closings_of_another_kind),
    (LintRule("direction", "用语与行文方向", WARNING, "条例第十四条"), requests.words_of_another_direction),
    (LintRule("missing-annex", "附件的提法", WARNING, "7.3.4、7.3.7"), references.missing_annexes),
    (
        LintRule("hand-annex-list", "手写附件说明", WARNING, "7.3.4"),
        in_each_passage(references.hand_lists, PassageKind.TEXT),
    ),
    (LintRule("missing-table", "图表的提法", WARNING, ACCURACY), references.missing_tables),
    (
        LintRule("unused-short-name", "没有用到的简称", WARNING, "条例第十九条（三）"),
        references.unused_short_names,
    ),
    (LintRule("department-voice", "部门口吻", WARNING, ACCURACY), wording.department_voice),
    (
        LintRule("personal-data", "个人信息", WARNING, "《个人信息保护法》第二十八条"),
        in_each_passage(wording.personal_data, holding=DIGITS),
    ),
    (LintRule("unit-name", "单位名称", WARNING, ACCURACY), names.misspelled_units),
    (LintRule("two-names", "名称不统一", WARNING, ACCURACY), names.two_spellings),
    (LintRule("person-name", "人名", WARNING, ACCURACY), names.misspelled_persons),
    (LintRule("contradicted-light", "文字与亮灯不符", WARNING, ACCURACY), lights.contradicted_lights),
    (LintRule("near-copy", "与上期雷同", WARNING, "条例第十九条（三）"), repetitions.copied_from_last_period),
    (
        LintRule("repeated-paragraph", "段落重复", WARNING, "条例第十九条（三）"),
        repetitions.repeated_paragraphs,
    ),
)
