"""Every string and every name of a PDF: each object must be led to, each name be one that typst writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from publish.lettering import BREAK
from publish.pdf_objects import File, Name, NotOurs, Ref, Stream, Value

Said = tuple[Literal["text", "link", "id"], str]

FONT = re.compile(r"[A-Z]{6}\+AtkinsonHyperlegible-(Regular|Bold)")
_RESOURCE = re.compile(r"[cfg]\d{1,2}")
_NAMES = frozenset(  # all that typst writes for our template
    re.findall(
        r"\S+",
        """
        3 A Action Annot Annots Artifact Ascent Author BBox BaseFont BaselineShift BlockAlign Border BorderColor
        BorderStyle BorderThickness CIDFontType2 CIDSet CIDSystemInfo CIDToGIDMap CMap CapHeight Caption Catalog Circle
        ColSpan Color ColorSpace Column Contents Count Creator D DW Datetime Decimal DescendantFonts Descent Dest
        Direction Disc DisplayDocTitle Div Document Em Encoding ExtGState F Filter First Flags FlateDecode Font FontBBox
        FontDescriptor FontFile2 FontName H1 Headers ICCBased ID IDTree Identity Identity-H ImageB ImageC Info
        ItalicAngle K Kids L L2R LBody LI Lang Last Layout Lbl Length LineHeight Link List ListNumbering MCID MCR
        MarkInfo Marked MediaBox Metadata N Names Next None Nums O OBJR Obj Ordering Outlines P PDF Page Pages Parent
        ParentTree ParentTreeNextKey Part Pg Prev ProcSet QuadPoints Range Rect Registry Resources RoleMap Root Row
        RowSpan S Scope
        Size Solid Span Square StemV Strong StructElem StructParent StructParents StructTreeRoot Subtype Supplement
        Suspects T TBody TD TFoot TH THead TR Table Tabs Terms Text TextDecorationType Title ToUnicode Type Type0 URI
        Underline ViewerPreferences W WMode XML XYZ
        """,
    )
)
_CELL = re.compile(rb"U\d{1,4}x\d{1,4}y\d{1,4}")
_PAGE = re.compile(rb"page ([1-9]\d{0,3})")  # where a link leads: to one of ours
_SET = {  # strings that can say only this
    "Lang": re.compile(rb"en-GB"),
    "Registry": re.compile(rb"Adobe"),
    "Ordering": re.compile(rb"Identity"),
    "Creator": re.compile(rb"Typst \d{1,2}\.\d{1,2}\.\d{1,2}"),
    "ID": _CELL,
    "Headers": _CELL,
    "Names": _CELL,
}


def strings(file: File, pages: int) -> Iterator[Said]:
    """Every string and name of every object, each object being led to from the end of the file."""
    reached: set[int] = set()
    waiting: list[tuple[str, Value]] = [(key, value) for key, value in file.trailer.items() if key != "ID"]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, Ref):
            if value in reached:
                continue
            reached.add(value)
            found = file.objects.get(value)
            if isinstance(found, Stream):
                if value not in file.asked:
                    raise NotOurs(file.place(value))
                found = found.about
            elif value not in file.objects:
                raise NotOurs
            value = found
        match value:
            case dict():
                if unknown := [name for name in value.keys() - _NAMES if not _RESOURCE.fullmatch(name)]:
                    raise NotOurs(file.place(value[unknown[0]]))
                waiting += value.items()
            case list():
                waiting += [(key, inner) for inner in value if not isinstance(inner, float)]
            case Name():
                if value not in _NAMES and not FONT.fullmatch(value):
                    raise NotOurs
            case bytes():
                yield from _string(key, value, pages)
    if unreached := file.objects.keys() - reached:
        raise NotOurs(file.places[min(unreached)])


def _string(key: str, value: bytes, pages: int) -> Iterator[Said]:
    if key in _SET:
        if not _SET[key].fullmatch(value):
            raise NotOurs
    elif key != "Contents" or not (led := _PAGE.fullmatch(value)) or int(led[1]) > pages:
        yield ("link" if key == "URI" else "text"), text_of(value).replace(BREAK, "")


def text_of(value: Value) -> str:
    """What a string says: in UTF-16 behind its sign, else in ASCII."""
    if not isinstance(value, bytes):
        raise NotOurs
    try:
        if value.startswith(b"\xfe\xff"):
            return value[2:].decode("utf-16-be")
        return value.decode("ascii")
    except UnicodeDecodeError:
        raise NotOurs from None
