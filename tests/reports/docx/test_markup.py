"""The markup in the order of its schema (ECMA-376-1, Annex A): Word calls a file damaged whose properties are not."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from docx.oxml.ns import nsmap, qn
from lxml import etree

from tests.reports.docx.checker import spoiled
from tests.reports.docx.kinds import KINDS
from tests.reports.docx.samples import DOCUMENTS
from tests.reports.docx.word import names, part

# Where a name stands twice, both may stand in either place.
ORDERS = {
    "document": "body",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "r": "rPr t|tab|br|drawing|fldChar|instrText",
    "p": "pPr bookmarkStart|bookmarkEnd|r|fldSimple",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cantSplit|trHeight|tblHeader",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "pPr rPr tblPr trPr tcPr",
    "settings": "view zoom evenAndOddHeaders characterSpacingControl noLineBreaksAfter noLineBreaksBefore compat "
    "themeFontLang decimalSymbol listSeparator",
    "fonts": "font",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
PLACES = {
    qn(f"w:{parent}"): {
        qn(f"w:{child}"): place
        for place, children in enumerate(order.split())
        for child in children.split("|")
    }
    for parent, order in ORDERS.items()
}
WORD = f"{{{nsmap['w']}}}"


def parts(file: bytes) -> Iterator[etree._Element]:
    """The parts of a file in Word's own vocabulary."""
    for name in names(file):
        if name.startswith("word/") and name.endswith(".xml"):
            yield part(file, name)


def out_of_order(root: etree._Element) -> list[str]:
    """Which elements stand behind one that should follow them, or are not known where they stand."""
    found = []
    for element in root.iter(f"{WORD}*"):
        places = PLACES.get(element.tag)
        if places is None:
            continue
        children = [places.get(child.tag, -1) for child in element]
        if -1 in children or any(later < earlier for earlier, later in pairwise(children)):
            found.append(etree.tostring(element, encoding="unicode")[:300])
    return found


def open_cells(root: etree._Element) -> list[etree._Element]:
    """Cells that do not end in a paragraph."""
    return [cell for cell in root.iter(qn("w:tc")) if cell[-1].tag != qn("w:p")]


@pytest.mark.parametrize("name", [*DOCUMENTS, *KINDS])
def test_properties_stand_in_the_order_of_the_schema(written: Mapping[str, bytes], name: str) -> None:
    for root in parts(written[name]):
        assert out_of_order(root) == []
        assert open_cells(root) == []


def test_two_properties_the_other_way_round_are_found(written: Mapping[str, bytes]) -> None:
    turned = ("<w:keepNext/><w:spacing", "<w:spacing/><w:keepNext/><w:spacing")
    file = spoiled(written["upward"], turned, part="word/styles.xml")
    assert any(out_of_order(root) for root in parts(file))
