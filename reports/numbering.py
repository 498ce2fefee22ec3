"""Heading numbers as GB/T 9704-2012, 7.3.3 writes them: 一、 （一） 1. （1）"""

from collections.abc import Iterable, Iterator

from reports.model import Block, DocumentError, Heading, Paragraph

DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese: 一, 十, 十二, 二十, 四十五. Raises DocumentError for any other number."""
    if not 1 <= number <= 99:
        raise DocumentError(f"一、二级标题的序号只能是1至99，不能是{number}。")
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return leading + (DIGITS[ones] if ones else "")


def heading_label(level: int, number: int) -> str:
    match level:
        case 1:
            return f"{chinese_number(number)}、"
        case 2:
            return f"（{chinese_number(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def number_blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with the label of its heading or run-in head; other blocks with an empty one."""
    counts = [0] * 5
    for block in blocks:
        heading = block if isinstance(block, Heading) else None
        if isinstance(block, Paragraph):
            heading = block.head
        if heading is None:
            yield "", block
            continue
        if heading.label is not None:
            yield heading.label, block
            continue
        level = heading.level
        counts[level] = heading.number if heading.number is not None else counts[level] + 1
        counts[level + 1 :] = [0] * (4 - level)
        yield heading_label(level, counts[level]), block
