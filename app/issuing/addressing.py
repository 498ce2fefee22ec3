"""The departments that a document is issued to (主送、抄送): those it names, singly or together (各部门).

A department's own report also goes to that department, which signs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.composition.particulars import Particulars, read_names
from app.drafting.core.models import Document, DocumentAddressee
from app.org.models import Department
from app.org.queries import active_departments, group_members
from app.org.rules import DepartmentKind, by_every_name

ALL = frozenset(DepartmentKind)
INSIDE = frozenset({DepartmentKind.OFFICE, DepartmentKind.TEAM, DepartmentKind.CENTRE})
# As official texts address the units of their own sub-district. 各有关部门 says too little to know whom it means.
TOGETHER: Mapping[str, frozenset[DepartmentKind]] = {
    "各单位": ALL,
    "各部门": INSIDE,
    "各科室": INSIDE,
    "执法队": frozenset({DepartmentKind.TEAM}),
    "各居委会": frozenset({DepartmentKind.NEIGHBOURHOOD}),
    "各居民委员会": frozenset({DepartmentKind.NEIGHBOURHOOD}),
    **{f"各{kind.label}": frozenset({kind}) for kind in DepartmentKind},
}
OWN_OFFICE = re.compile(r"^本?街道(?:机关)?(?=各|执法队)")
FEW = 4


def named_departments(particulars: Particulars) -> list[Department]:
    """Return the departments named in a document, in their official order: two queries."""
    everyone, groups = active_departments(), group_members()
    by_name = by_every_name(everyone)
    meant: set[int] = set()
    for written in (*read_names(particulars.recipient), *particulars.copies_to):
        name = OWN_OFFICE.sub("", written)
        if name in by_name:
            meant.add(by_name[name].id)
        elif name in groups:
            meant.update(member.id for member in groups[name].members)
        meant.update(one.id for one in everyone if one.kind in TOGETHER.get(name, ()))
    return [one for one in everyone if one.id in meant]


def addressees_of(document: Document) -> list[Department]:
    """Return the departments that a document is issued to: those it names, and the one it is about."""
    named, about = named_departments(document.particulars), document.department
    return named if about is None or about in named else [about, *named]


def record_addressees(document: Document, to: Iterable[Department]) -> None:
    """Store whom a document is issued to, within the transaction that issues it; they may read it from then on."""
    for department in to:
        DocumentAddressee.create(document=document, department=department)


def in_words(to: Iterable[Department]) -> str:
    """Return the departments by name if they are few, else their number."""
    names = [one.name for one in to]
    return "、".join(names) if len(names) <= FEW else f"{names[0]}、{names[1]}等{len(names)}个部门"
