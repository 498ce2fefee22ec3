"""How long official texts should be (条例第十九条（三）), and what of them counts."""

from collections.abc import Iterable

from reports.model import Block, Heading, Paragraph

# In characters: reports on one subject (专题报告) are shorter than others (关于解决形式主义突出问题为基层减负的通知 and
# its local rules).
LONGEST_REPORT = 5_000
LONGEST_SPECIAL_REPORT = 4_000


def text_length(blocks: Iterable[Block]) -> int:
    """The characters of headings and paragraphs, their marks included, without spaces; tables and charts are none."""
    return sum(len("".join(text.split())) for block in blocks for text in _texts_of_block(block))


def _texts_of_block(block: Block) -> tuple[str, ...]:
    match block:
        case Heading():
            return (block.text,)
        case Paragraph():
            return (block.head.text if block.head else "", block.text)
        case _:
            return ()
