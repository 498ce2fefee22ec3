"""Passwords: the hash's strength, and what a new one must be."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from importlib.util import find_spec, module_from_spec

import pytest
from argon2 import Type, extract_parameters
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.access.passwords import hashes as password_hashes
from app.access.passwords.rules import PASSWORD_RULES, SHORTEST_USE, changeable_from
from app.access.passwords.strength import (
    CONSIDERED_CHARACTERS,
    is_guessable,
    spellings_of_name,
    without_pieces,
)
from app.access.queries import names_here
from tests.world import PASSWORD, World

NAMES = (
    "华阳路街道",
    "长宁区人民政府",
    "经济发展办公室",
    "经发办",
    "张三丰",
    "李明",
    "filer01",
    "huayang-office",
)

LIKELY = """
Huayang@2026! Jiedao#123456 Qwer1234!@#$ 1qaz@WSX3edc P@ssw0rd2026 Changning2026! Admin@123456 Zaq12wsx!@#$
Abc123456789! Shanghai@2026 Huayanglu2026! Hylj@2026jd! Password@2026 Qwerty@12345 1qaz2wsx#EDC Aa123456789!
Aa@123456789 Welcome@2026 Zhangsanfeng1! Woaini1314520! Woaini@520520 Wang19850312! Iloveyou@2026 Beijing@2026!
China@123456 Zhongguo@2026 Abcd@1234567 Abcd1234!@#$ Qazwsx@123456 Asdf1234!@#$ Test@1234567 Root@1234567
Jiedao@Huayang1 Bangongshi@2026 Jingfaban#2026 Gongzuo@2026! Jihua2026!@# Nihao@123456 Dangyuan@1921 Summer@2026!
Changeme@123 Letmein@2026 Filer01@2026! Q1w2e3r4t5y6! !QAZ2wsx#EDC4 1234567890Qw! Aaaaaa111111! Zxcvbnm,./123
Liming@198912 QWEasd123!@# Huawei@12#$ P@ssw0rd!234 Passw0rd@1234 Administrator1! Shanghai200050! Abc@20261129
Xiaoming@123 Huayang-Road-2026 filer01-Aa-99999 Password-Password-1 123456789012 Hu4y4ng@2026!! Shiji@2026#aa
Changning@hylj88 Huayanglujiedao#1 HYLJD@huayang26 zhangSanFeng@1984 华阳路街道Huayang2026 qwertyuiop[]12
Zhangchang2026! vK3!pwmQz8 zhuangshuangchuangzhuang changjianghuanghe zhuaizhuaiqiuqiu
"""

GOOD = (
    PASSWORD,
    "Another-Staple-77",
    "Quite-Another-99",
    "correct horse battery",
    "xiaotuzi pengpengtiao 7 luobo",
    "Tm8kPq2XvN5aRc7Z",
    "vK3!pwmQz8rt",
    "My dog eats 4 red shoes",
    "Mao-Zai-Chi-Yu-88",
    "Huayang correct horse 7",
    "院里枣树结了三十七颗果子呢",
    "vK3!pwmQz8r",
    "changjianghuanghehai",
)


def test_the_real_hasher_is_argon2id_at_the_recommended_strength() -> None:
    spec = find_spec(password_hashes.__name__)
    assert spec and spec.loader
    real = module_from_spec(spec)
    spec.loader.exec_module(real)
    for stored in (real.HASHER.hash("x"), real.NOBODYS_HASH):
        parameters = extract_parameters(stored)
        assert parameters.type is Type.ID
        assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19_456, 2, 1)
    assert [real.turns.acquire(blocking=False) for _ in range(3)] == [True, True, False]
    assert timedelta(seconds=2) == real.LONGEST_QUEUE


def test_a_password_matches_its_hash_alone_once_it_is_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = password_hashes.hash_password("one")
    found = [password_hashes.password_matches(one, stored) for one in ("one", "two", "one")]
    assert (found, password_hashes.password_matches("one", "no hash")) == ([True, False, True], False)
    monkeypatch.setattr(password_hashes, "LONGEST_QUEUE", timedelta(0))
    with (
        password_hashes.taking_turn(),
        password_hashes.taking_turn(),
        pytest.raises(password_hashes.HashingBusy, match="此刻登录的人较多") as busy,
    ):
        password_hashes.hash_password("one")
    assert busy.value.wait == timedelta(seconds=5)


def test_generated_passwords_satisfy_the_rules_and_differ() -> None:
    made = {password_hashes.generate_password() for _ in range(50)}
    assert (len(made), {*map(len, made)}) == (50, {16})
    assert set("Il1O0o").isdisjoint("".join(made))
    assert [rule.problem_of(one) for rule in PASSWORD_RULES.values() for one in made] == [None] * 100
    assert [one for one in made if is_guessable(one, names=NAMES)] == []


@pytest.mark.parametrize("password", LIKELY.split())
def test_what_people_here_would_try_first_is_refused(password: str) -> None:
    assert is_guessable(password, names=NAMES)


@pytest.mark.parametrize("password", GOOD)
def test_unrelated_words_and_random_characters_pass(password: str) -> None:
    assert not is_guessable(password, names=NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_office_counts_for_nothing_however_it_is_spelled(name: str) -> None:
    for spelling in spellings_of_name(name):
        assert is_guessable(f"{spelling.title()}@2026!", names=NAMES), spelling


def test_a_name_is_spelled_in_pinyin_with_every_reading_of_its_hanzi() -> None:
    assert {"changning", "zhangning", "changningqu", "cnq", "ningqu"} <= set(spellings_of_name("长宁区"))
    assert "lv" not in {"".join(piece) for piece in spellings_of_name("绿")}
    assert "lvhua" in set(spellings_of_name("绿化"))


def test_the_names_are_those_of_this_installation(app: Flask, world: World) -> None:
    names = names_here(app.config["SETTINGS"])
    assert {"示例街道", "示例街道办事处", "华街", "示例区人民政府"} <= names
    assert {"经济发展办公室", "一居", "周示例", "filer-1"} <= names
    assert "" not in names
    assert "某部门填报员" in names


def test_only_so_much_of_a_name_and_of_a_password_counts() -> None:
    found = set(spellings_of_name("东南西北中上下左右前后内外"))
    assert "dongnanxibeizhongshangxiazuoyouqianhounei" in found
    assert not any(one.endswith("wai") for one in found)
    assert len({one for one in spellings_of_name("长" * 4) if len(one) == 4 * len("chang")}) == 8
    assert without_pieces("1jing2lu3", ["lu3", "jing"]) == "12lu3"
    assert is_guessable(f"{'a' * 65}vK3!pwmQ", names=()) and not is_guessable(f"{'a' * 64}vK3!pwmQ", names=())


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_whatever_is_typed_is_judged(password: str) -> None:
    assert is_guessable(password, names=NAMES) in (True, False)


@pytest.mark.parametrize("unit", ["a", "yi", "20262026", "1q2w3e4r", "xianshiyi", "Pa$$w0rd", "ab", "华阳"])
def test_a_long_password_is_judged_as_fast_as_its_beginning(unit: str) -> None:
    def seconds(length: int) -> float:
        text, taken = (unit * length)[:length], []
        for _ in range(3):
            start = time.process_time()
            is_guessable(text, names=NAMES)
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(100_000) < 6 * seconds(CONSIDERED_CHARACTERS) + 0.01


@pytest.mark.parametrize("password", ["Short-1", "Elevenchar1", "onlylowercase", "123456789012"])
def test_the_classic_rule_names_what_is_too_short_or_of_too_few_kinds(password: str) -> None:
    assert PASSWORD_RULES["classic"].problem_of(password)


def test_the_modern_rule_asks_for_length_and_never_for_another() -> None:
    modern, long_ago = PASSWORD_RULES["modern"], datetime(2020, 1, 1)
    assert modern.problem_of("correct horse battery") is None
    assert "至少 15 个字符" in (modern.problem_of("Short-Enough-7") or "")
    assert not modern.is_too_old(long_ago, at=datetime(2026, 1, 1))
    assert modern.rule_hint == "至少 15 个字符。"


@pytest.mark.parametrize(("days", "is_too_old"), [(89, False), (90, True), (400, True)])
def test_the_classic_rule_lets_a_password_live_ninety_days(days: int, is_too_old: bool) -> None:
    set_at = datetime(2026, 1, 1, 9, 0)
    assert PASSWORD_RULES["classic"].is_too_old(set_at, at=set_at + timedelta(days=days)) is is_too_old
    assert PASSWORD_RULES["classic"].rule_hint.endswith("至少三类，每 90 天更换一次。")


def test_a_password_of_ones_own_is_kept_for_a_day() -> None:
    chosen = datetime(2026, 1, 1, 9, 0)
    free = chosen + SHORTEST_USE
    assert changeable_from(None, at=chosen) is None
    assert changeable_from(chosen, at=chosen) == free
    assert changeable_from(chosen, at=free - timedelta(seconds=1)) == free
    assert changeable_from(chosen, at=free) is None
