"""Marks: their width, pairs, doubled ones, spaces."""

import pytest

from tests.reports.lint.cases import assert_left_alone, assert_put_right, quotes, with_text

# Rule, text, what is quoted, the text with the fixes applied (the same where there is none).
BROKEN = [
    ("half-width-mark", "已完成5项,其中3项在建。", [","], "已完成5项，其中3项在建。"),
    ("half-width-mark", "主要是:走访;座谈。", [":", ";"], "主要是：走访；座谈。"),
    ("half-width-mark", "增长5%,6%。", [","], "增长5%，6%。"),
    ("half-width-mark", "工作有序推进.", ["."], "工作有序推进。"),
    ("half-width-mark", "阿卜杜拉.买买提到场。", ["."], "阿卜杜拉.买买提到场。"),
    ("half-width-bracket", "在愚园路(定西路口)施工。", ["(定西路口)"], "在愚园路（定西路口）施工。"),
    ("half-width-bracket", "走访(58家次)。", ["(58家次)"], "走访（58家次）。"),
    ("half-width-bracket", "在愚园路(定西路口）施工。", ["("], "在愚园路（定西路口）施工。"),
    ("straight-quote", '培育"数字硅巷"品牌。', ['"数字硅巷"'], "培育“数字硅巷”品牌。"),
    ("straight-quote", "“培育'数字硅巷'品牌”。", ["'数字硅巷'"], "“培育‘数字硅巷’品牌”。"),
    ("straight-quote", '培育"数字硅巷品牌。', ['"'], '培育"数字硅巷品牌。'),
    ("unpaired-mark", "培育“数字硅巷品牌。", ["“数字硅巷品牌。"], "培育“数字硅巷品牌。"),
    ("unpaired-mark", "（一期工程》完成）。", ["》"], "（一期工程》完成）。"),
    ("nested-mark", "印发《关于落实《方案》的通知》。", ["《方案》"], "印发《关于落实〈方案〉的通知》。"),
    ("nested-mark", "称“打造“强引擎”平台”。", ["“强引擎”"], "称“打造‘强引擎’平台”。"),
    ("dots", "走访企业、楼宇...", ["..."], "走访企业、楼宇……"),
    ("dots", "走访企业、楼宇。。。", ["。。。"], "走访企业、楼宇……"),
    ("dots", "走访企业…", ["…"], "走访企业……"),
    ("dots", "华阳--长宁的东门户。", ["--"], "华阳——长宁的东门户。"),
    ("doubled-mark", "工作有序推进。。", ["。。"], "工作有序推进。"),
    ("doubled-mark", "工作有序推进，。", ["，。"], "工作有序推进。"),
    ("doubled-mark", "走访，，座谈。", ["，，"], "走访，座谈。"),
    ("doubled-mark", "他说：“工作有序推进。”。", ["。"], "他说：“工作有序推进。”"),
    ("doubled-mark", "走访、，座谈。", ["、，"], "走访、，座谈。"),
    ("et-cetera", "走访、座谈、等3项工作。", ["、"], "走访、座谈等3项工作。"),
    ("quoted-list", "落实《甲》、《乙》和“丙”、“丁”。", ["、", "、"], "落实《甲》《乙》和“丙”“丁”。"),
    ("ellipsis-et-cetera", "走访企业、楼宇等……", ["等……"], "走访企业、楼宇等"),
    ("ellipsis-et-cetera", "走访企业、楼宇……等单位。", ["……等"], "走访企业、楼宇等单位。"),
    (
        "mark-in-pair",
        "试点（，二期、）推进，“强引擎、”建设。",
        ["，", "、", "、"],
        "试点（二期）推进，“强引擎”建设。",
    ),
    ("nested-bracket", "试点（二期（北段））推进。", ["（二期（北段）"], "试点（二期（北段））推进。"),
    ("title-of-no-work", "推进《数字硅巷项目》建设。", ["《数字硅巷项目》"], "推进“数字硅巷项目”建设。"),
    ("space", "工作 有序推进。", [" "], "工作有序推进。"),
    ("space", "工作有序推进， 5项已完成。", [" "], "工作有序推进，5项已完成。"),
    ("space", "工作\u3000\u3000有序推进。", ["\u3000\u3000"], "工作有序推进。"),
    ("wide-character", "已完成１２项、５．６％。", ["１２", "５．６％"], "已完成12项、5.6%。"),
    ("wide-character", "推进ＩＰ建设。", ["ＩＰ"], "推进IP建设。"),
]
SOUND = [
    "PM2.5下降3.5%，走访企业1,234家次，10:30开始，比例为1:3。",
    "详见 https://example.gov.cn/a?b=1,2; 邮箱 a.b@example.gov.cn。",
    "“数字硅巷”孵化器（No.1 创新空间）10月9日揭牌，A/B类、5G、f(x)、Wi-Fi（2.4GHz）均达标。",
    "落实“宁心聚链 企立潮头”方案，推进24小时×7天服务。",
    "走访企业、楼宇……形成“诉求—匹配—闭环”链条——这是首次。",
    "他问：“何时完工？”“年底。”大家鼓掌！",
    "落实《关于印发〈工作规则〉的通知》，宣传“‘红色物业’进社区”。",
    "落实《甲》（试行）、《乙》《丙》，“甲”、乙、“丙”，《条例（试行）》。",
    "“好，”他说，逗号（，）和“、”，走访（58家次），同等……条件，平等……，（见附件（一））。",
    "《人民论坛》《重点项目管理办法》《关于开展活动的通知》。",
    "包括：1）走访；2）座谈。O’Neill 到访。",
    "看、等、靠都不行，等待观望更不行，A、B等单位参加。",
    "愚园路-定西路-武夷路街区、轨交3、4号线沿线。",
]
# What others than the rules of marks find in a sound text.
OF_OTHER_RULES = {
    SOUND[1]: ("address", "address"),
    SOUND[8]: ("missing-annex",),
    SOUND[10]: ("foreign-word",),
}


@pytest.mark.parametrize(("rule", "text", "quoted", "right"), BROKEN)
def test_a_wrong_mark_is_quoted_and_put_right(rule: str, text: str, quoted: list[str], right: str) -> None:
    assert_put_right(rule, text, quoted, right)


@pytest.mark.parametrize("text", SOUND)
def test_marks_that_are_right_are_left_alone(text: str) -> None:
    assert_left_alone(text, *OF_OTHER_RULES.get(text, ()))


def test_half_width_brackets_are_wrong_beside_a_chinese_word_only() -> None:
    assert quotes("half-width-bracket", with_text("文(abc)")) == ["(abc)"]
    assert quotes("half-width-bracket", with_text("文 (abc) 文")) == []


def test_marks_within_an_address_are_left() -> None:
    assert quotes("half-width-mark", with_text("打开http://a.cn/b?查询。")) == []
    assert quotes("half-width-mark", with_text("什么?查询。")) == ["?"]


def test_an_apostrophe_stands_behind_a_letter() -> None:
    assert quotes("unpaired-mark", with_text("No’1空间。")) == []
    assert quotes("unpaired-mark", with_text("’a")) == ["’"]


def test_points_between_two_signs_are_no_ellipsis() -> None:
    assert quotes("dots", with_text("共1...n项。")) == []
    assert quotes("dots", with_text("等等...")) == ["..."]
    assert quotes("dots", with_text("A类--一般。")) == ["--"]


def test_straight_quotes_that_stand_apart_from_chinese_words_are_left() -> None:
    assert quotes("straight-quote", with_text('采用 "open data" 标准。')) == []
    for text in ('采用"open data" 标准。', '采用 "open data"标准。'):
        assert quotes("straight-quote", with_text(text)) == ['"open data"']


def test_leaders_of_a_table_of_contents_are_no_ellipsis() -> None:
    assert quotes("dots", with_text("二、存在的困难和问题……………5")) == []
