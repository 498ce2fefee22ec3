"""Measure words that do not go with their nouns."""

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

WRONG = [
    ("measure-word", "街道新增便民路灯12台。"),
    ("measure-word", "对辖区内28名餐饮企业开展检查。"),
    ("measure-word", "抓获3位盗窃电动车的犯罪嫌疑人。"),
    ("measure-word", "现场没收电动自行车6只。"),
    ("measure-word", "加装电梯5座，惠及居民。"),
    ("measure-word", "新栽行道树320根，补种绿篱。"),
    ("measure-word", "共有5名企业参加了签约仪式。"),
    ("measure-word", "发放灭火器120把，更换老化线路。"),
    ("measure-word", "发放宣传册2000块。"),
    ("measure-word", "调解邻里纠纷15项。"),
    ("measure-word", "排查安全隐患56起，整改54起。"),
    ("measure-word", "新建公厕3栋。"),
    ("measure-word", "更换井盖8座。"),
    ("measure-word", "更换破损井盖18张。"),
    ("measure-word", "本月共组织3份座谈会。"),
    ("measure-word", "全街道有6所企业。"),
    ("measure-word", "成立3条志愿服务队。"),
    ("measure-word", "走访12所困难居民，送去慰问金。"),
    ("measure-word", "引进制造业企业26间。"),
    ("measure-word", "补植香樟420颗。"),
    ("measure-word", "新购打捞船2辆。"),
    ("measure-word", "下发责令改正通知书17幅。"),
]
RIGHT = [
    "加装电梯5部，惠及居民。",
    "抓获3名盗窃电动车的犯罪嫌疑人。",
    "5个社区共收到意见建议240条，平均每个社区48条。",
    "走访3家企业负责人，收集诉求20条。",
    "改造老旧小区1.5万户。",
    "现有党员322名，其中社区148名。",
    "辖区商户1200家，已签订承诺书900家。",
    "5台设备操作人员参加培训。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_wrong_measure_words_are_quoted(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_right_measure_words_are_left_alone(text: str) -> None:
    assert_left_alone(text)
