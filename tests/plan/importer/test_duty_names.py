"""Names of departments cut out of printed lists."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer.duty_names import (
    LONGEST_NAME,
    cut_names,
    holds_organs_only,
    is_clean_name,
    looks_like_organ,
    split_list,
)

Names = tuple[str, ...]


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("党政办、平安办，管理办；服务办;营商办", ("党政办", "平安办", "管理办", "服务办", "营商办"), ()),
        ("党政办,平安办/管理办｜服务办", ("党政办", "平安办", "管理办", "服务办"), ()),
        ("党政办 平安办　管理办", ("党政办", "平安办", "管理办"), ()),
        ("党政 办、平安\n办", ("党政办", "平安办"), ()),
        ("党政办、党政办、、", ("党政办",), ()),
        ("**党政办**、#平安办", ("党政办", "平安办"), ()),
        ("省发‘展改革委", ("省发展改革委",), ()),
        # brackets belong to the name
        ("市场监管所（知识产权站）、平安办", ("市场监管所（知识产权站）", "平安办"), ()),
        ("交通委（道运局、港航局）、平安办", ("平安办",), ("交通委（道运局、港航局）",)),
        # 和 joins names, and stands in names
        ("住房和城乡建设局、文化和旅游局", ("住房和城乡建设局", "文化和旅游局"), ()),
        ("平安办和管理办及服务办", ("平安办", "管理办", "服务办"), ()),
        ("平安办会同管理办", ("平安办", "管理办"), ()),
        ("由平安办、以及管理办", ("平安办", "管理办"), ()),
        ("运动会和博览会组委会", ("运动会和博览会组委会",), ()),
        ("商会和管委会", ("商会", "管委会"), ()),
        ("各区政府和市财政局", ("市财政局",), ("各区政府",)),
        ("市财政局和镇政府", ("市财政局", "镇政府"), ()),
        ("各区政府和镇政府", (), ("各区政府和镇政府",)),
        # an end that several share
        ("发展改革、财政部门", ("发展改革部门", "财政部门"), ()),
        ("桂香、梧桐里居民区、党政办", ("桂香居民区", "梧桐里居民区", "党政办"), ()),
        ("城东区、城西区人民政府", ("城东区人民政府", "城西区人民政府"), ()),
        ("城东区、城西区人民政府，市教育局", ("城东区人民政府", "城西区人民政府", "市教育局"), ()),
        ("党政办、城西区人民政府", ("党政办", "城西区人民政府"), ()),
        ("城东街道、城西街道办事处", ("城东街道办事处", "城西街道办事处"), ()),
        ("党政办、财政部门", ("党政办", "财政部门"), ()),
        ("区发展改革委、财政局", ("区发展改革委", "财政局"), ()),
        # words for a person to resolve
        ("党政办、平安办等", ("党政办", "平安办"), ("等",)),
        ("党政办、平安办等有关部门和单位", ("党政办", "平安办"), ("等有关部门和单位",)),
        ("党政办等和各居民区", ("党政办",), ("等", "各居民区")),
        ("平安办等各产业部门", ("平安办",), ("等各产业部门",)),
        ("各居民区、相关部门、其他单位、属地街镇", (), ("各居民区", "相关部门", "其他单位", "属地街镇")),
        ("各镇（街道）、党政办", ("党政办",), ("各镇（街道）",)),
        ("农业农村和水务局", ("农业农村和水务局",), ()),
        ("建设路社区、和谐家园社区", ("建设路社区", "和谐家园社区"), ()),
        ("卫生科，各乡镇卫生院", ("卫生科",), ("各乡镇卫生院",)),
        ("各镇、街道、党政办", ("党政办",), ("各镇、街道",)),
        ("党政办、各镇、街道", ("党政办",), ("各镇、街道",)),
        ("各区、县级市政府", (), ("各区、县级市政府",)),
        ("各科室、中心，各社区", (), ("各科室、中心", "各社区")),
        ("相关部门、社区", (), ("相关部门", "社区")),
        ("党政办、街道", ("党政办",), ("街道",)),
        ("区级有关部门、行业主管部门、单位", (), ("区级有关部门", "行业主管部门", "单位")),
        ("无", (), ()),
        ("", (), ()),
        # what is no name
        ("党政办：平安办", (), ("党政办：平安办",)),
        ("字" * (LONGEST_NAME + 1), (), ("字" * (LONGEST_NAME + 1),)),
        ("字" * LONGEST_NAME, ("字" * LONGEST_NAME,), ()),
    ],
)
def test_names_and_words_of_a_list(text: str, names: Names, words: Names) -> None:
    assert cut_names(text) == (names, words)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("党政办", True),
        ("党政办、桂香居民区、市场监管所（质检站）", True),
        ("各居民区", True),
        ("卫生科，各乡镇卫生院", True),
        ("平安办等", True),
        ("县(市、区)政府", True),
        ("县（市、区）工作", False),
        ("发展改革、财政部门", True),
        ("党政办、推进", False),
        ("各项工作", False),
        ("办", False),
        ("无", False),
        ("", False),
    ],
)
def test_lists_of_nothing_but_departments(text: str, holds: bool) -> None:
    assert holds_organs_only(text) is holds


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("党政办", True),
        ("所", False),
        ("党建", False),
        ("各居民区", True),
        ("各项工作", False),
        ("平安办等部门", True),
    ],
)
def test_how_names_of_departments_look(name: str, looks: bool) -> None:
    assert looks_like_organ(name) is looks


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("党政办", True),
        ("市场监管所（质检站）", True),
        ("党政办（", False),
        ("党政办）", False),
        ("党政办、平安办", False),
        ("党政 办", False),
        ("", False),
    ],
)
def test_a_clean_name_is_one_name_only(name: str, clean: bool) -> None:
    assert is_clean_name(name) is clean


@settings(max_examples=60)
@given(st.text(alphabet="党政办区局、，（）()等各和及 \n社部门政府无", max_size=40))
def test_nothing_of_a_list_is_lost_and_every_name_is_clean(text: str) -> None:
    found = cut_names(text)
    assert all(map(is_clean_name, found.names))
    assert all(word == word.strip() and word for word in found.words)
    kept = "".join((*found.names, *found.words))
    assert all(sign in kept for piece in split_list(text) for sign in piece if sign not in "无和及等、")
