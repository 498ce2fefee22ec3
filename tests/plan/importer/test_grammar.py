"""Plans made by a grammar of levels: undamaged, the tree is the grammar's; damaged, the tree's text is the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.plan.importer import PlanUnreadable, read_plan, source_from_text
from tests.plan.importer.readings import damaged
from tests.plan.importer.texts import visible_characters

HAN = "一二三四五六七八九"
VERBS, NOUNS = (
    ("强化", "推进", "提升", "夯实", "优化"),
    ("安全治理", "产业发展", "民生服务", "城市环境", "队伍建设"),
)
TEXTS = (
    "压实监督管理责任，控制各类事故发生，确保全年平安。",
    "全年完成项目2.5万平方米，惠及群众300户，接受群众监督。",
    "统筹推进各项民生实事项目按期落地，并向社会公布进展。",
)
NUMBERS = (
    ("第{han}部分 ", "{han}、", "（{han}）", "{digit}."),
    ("{han}、", "（{han}）", "{digit}．", "（{digit}）"),
    ("第{han}章　", "第{han}节　", "{digit}、", "（{digit}）"),
    ("{han}、", "{digit}.", "（{digit}）", "{digit}）"),
)
Tree = list["tuple[str, Tree]"]

quick = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], Tree]:
    """The lines of a plan of two to four levels, each node with two to three below it, and its heads."""
    depth, style = draw(st.integers(2, 4)), draw(st.sampled_from(NUMBERS))
    chance = Random(draw(st.integers(0, 10_000)))
    lines: list[str] = ["青山街道2026年工作计划", "为做好全年工作，制定本计划。"]
    return lines, grow(lines, chance, style, 0, depth)


def grow(lines: list[str], chance: Random, style: Sequence[str], level: int, depth: int) -> Tree:
    tree: Tree = []
    for count in range(1, chance.randint(2, 3) + 1):
        number = style[level].format(han=HAN[count - 1], digit=count)
        title = chance.choice(VERBS) + chance.choice(NOUNS)
        if level + 1 == depth:
            lines.append(f"{number}{title}。{chance.choice(TEXTS)}{chance.choice(TEXTS)}")
            tree.append((title, []))
        else:
            lines.append(number + title)
            tree.append((title, grow(lines, chance, style, level + 1, depth)))
    return tree


def leaves_of(tree: Tree, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The titles over each measure, and its own."""
    found = []
    for title, below in tree:
        path = (*above, title)
        found += leaves_of(below, path) if below else [path]
    return found


def leaves_read(text: str) -> list[tuple[str, ...]]:
    found = []
    for part in read_plan(text).parts:
        above = [part.title] if part.heading else []
        for section in part.sections:
            for measure in section.measures:
                path = [head.title for head in measure.path]
                found.append((*above, section.title, *path, measure.title))
        found += [(*above, measure.title) for measure in part.measures]
    return found


@quick
@given(trees())
def test_the_tree_of_an_undamaged_text_is_that_of_its_grammar(made: tuple[list[str], Tree]) -> None:
    lines, tree = made
    assert leaves_read("\n".join(lines)) == leaves_of(tree)
    assert read_plan("\n".join(lines)).warnings == ()


# What copying, typing and web pages do to the lines of a plan.
TYPED: tuple[Callable[[Sequence[str]], str], ...] = (
    lambda lines: "\n\n".join(lines),
    lambda lines: "\n".join(f"\u3000\u3000{line}" for line in lines),
    lambda lines: "\r\n".join(f"\t{line}  " for line in lines),
    lambda lines: "\n".join(lines).translate(str.maketrans("，：；（）", ",:;()")),
    lambda lines: "\n".join((*lines, "【打印本页】 【关闭窗口】")),
    lambda lines: "\n".join(f"{line}🌟" for line in lines),
)


@quick
@given(trees(), st.sampled_from(TYPED))
def test_the_tree_stays_however_the_lines_are_typed(
    made: tuple[list[str], Tree], typed: Callable[[Sequence[str]], str]
) -> None:
    lines, tree = made
    leaves = [tuple(title.rstrip("🌟") for title in path) for path in leaves_read(typed(lines))]
    assert leaves == leaves_of(tree)


@quick
@given(trees(), st.integers(0, 1_000_000))
def test_the_text_of_a_damaged_text_is_the_text(made: tuple[list[str], Tree], seed: int) -> None:
    text = damaged("\n".join(made[0]), str(seed))
    try:
        plan = read_plan(text)
    except PlanUnreadable:
        return
    words = visible_characters(source_from_text(text).text)
    for one in plan.set_aside:
        words = words.replace(visible_characters(one), "", 1)
    assert sorted(visible_characters(plan.full_text())) == sorted(words)
