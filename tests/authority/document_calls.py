"""How the operations that concern every document are called, and by whom; the signs: business_calls.py."""

from __future__ import annotations

from app.drafting.editing import operations as editing
from app.overview.brief import QuarterBrief, quarter_brief, record_brief_taken
from app.word_list import operations as word_list
from reports.lint.words import ListedWord, WordLevel
from tests.authority.subjects import OperationCall
from tests.world import THRESHOLDS, World

DOCUMENT_CALLS: dict[str, OperationCall] = {
    "drafting.editing.operations:fix_all_blocks": OperationCall(
        "O",
        lambda s, by: editing.fix_all_blocks(
            s.draft, [editing.BlockFix(s.block, s.block.block, ("rule",))], by=by
        ),
    ),
    "word_list.operations:add_word": OperationCall(
        "O", lambda s, by: word_list.add_word(ListedWord("打好硬仗", WordLevel.HINT), by=by)
    ),
    "word_list.operations:change_word": OperationCall(
        "O",
        lambda s, by: word_list.change_word(ListedWord("严励", WordLevel.HINT, "严厉"), version=0, by=by),
    ),
    "word_list.operations:switch_off_word": OperationCall(
        "O", lambda s, by: word_list.switch_off_word("严励", version=0, by=by)
    ),
    "word_list.operations:restore_word": OperationCall(
        "O", lambda s, by: word_list.restore_word("严励", version=0, by=by)
    ),
    "word_list.operations:restore_all_words": OperationCall(
        "O", lambda s, by: word_list.restore_all_words(by=by)
    ),
    "overview.brief:record_brief_taken": OperationCall(
        "OL", lambda s, by: record_brief_taken(office_brief(s.world), b"", by=by)
    ),
}


def office_brief(world: World) -> QuarterBrief:
    return quarter_brief(world.period, world.users["office"], THRESHOLDS, written_scope="", leaders=())
