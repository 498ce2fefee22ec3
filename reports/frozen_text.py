"""An official document as plain JSON values and back: what is frozen is the text itself, not how it came about."""

from typing import Any, get_args

from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from reports.model import AnyMasthead, Block, Column, OfficialDocument

_converter = make_converter()
_left_out = override(omit=True)
for _kind in (Column, *get_args(Block)):  # keys are their composer's own, and no text
    _converter.register_unstructure_hook(
        _kind, make_dict_unstructure_fn(_kind, _converter, key=_left_out, row_keys=_left_out)
    )
    _converter.register_structure_hook(
        _kind, make_dict_structure_fn(_kind, _converter, key=_left_out, row_keys=_left_out)
    )
configure_tagged_union(Block, _converter, tag_name="kind")
configure_tagged_union(AnyMasthead, _converter, tag_name="kind")


@_converter.register_unstructure_hook
def _masthead_as_json(masthead: AnyMasthead | None) -> Any:
    return None if masthead is None else _converter.unstructure(masthead, unstructure_as=AnyMasthead)


@_converter.register_structure_hook
def _masthead_from_json(plain: Any, _kind: Any) -> AnyMasthead | None:
    return None if plain is None else _converter.structure(plain, AnyMasthead)  # type: ignore[arg-type]  # a union is a type to cattrs


def document_as_json(document: OfficialDocument) -> dict[str, Any]:
    plain: dict[str, Any] = _converter.unstructure(document)
    return plain


def document_from_json(plain: dict[str, Any]) -> OfficialDocument:
    return _converter.structure(plain, OfficialDocument)


def block_as_json(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = _converter.unstructure(block, unstructure_as=Block)
    return plain


def block_from_json(plain: dict[str, Any]) -> Block:
    return _converter.structure(plain, Block)  # type: ignore[arg-type]  # a union is a type to cattrs
