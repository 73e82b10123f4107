"""Ways to spoil the objects of a PDF, each a function of chance: what a bad program or person makes of a paper."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from benchmarks.mutated_bytes import NUMBERS, Way, flipped

ODD_TEXT = ("d800", "dfff", "0000", "202e", "feff", "fffe", "200b", "00ad", "d835dc00", "0041" * 600, "2028", "e000")


def edited(edit: Callable[[random.Random, pikepdf.Pdf, Sequence[bytes]], None]) -> Way:
    """A way that changes the objects of the file; where that is refused, bits are flipped instead."""

    def way(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
        out = io.BytesIO()
        try:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                edit(chance, pdf, others)
                pdf.save(out, static_id=True, compress_streams=chance.random() < 0.5)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError):
            return flipped(chance, data, others)
        return out.getvalue()

    way.__name__ = edit.__name__.strip("_")
    return way


def _a_page(chance: random.Random, pdf: pikepdf.Pdf) -> pikepdf.Page:
    return pdf.pages[chance.randrange(len(pdf.pages))]


def _contents(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return bytes(page.obj.Contents.read_bytes())


def _swapped(chance: random.Random, pdf: pikepdf.Pdf, others: Sequence[bytes]) -> None:
    """A page, its contents or its fonts come from another paper."""
    with pikepdf.open(io.BytesIO(chance.choice(others))) as other:
        mine, theirs = _a_page(chance, pdf), pdf.copy_foreign(_a_page(chance, other).obj)
        match chance.randrange(4):
            case 0:
                pdf.pages.insert(chance.randrange(len(pdf.pages) + 1), pikepdf.Page(theirs))
            case 1:
                mine.obj.Contents = theirs.Contents
            case 2:
                mine.obj.Resources = theirs.Resources
            case _:
                mine.obj.Resources.Font = theirs.Resources.Font


def _restreamed(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """A stream holds something else."""
    streams = [each for each in pdf.objects if isinstance(each, Stream)]
    one, other = chance.choice(streams), chance.choice(streams)
    content = bytes(other.read_raw_bytes())
    one.write(chance.choice((b"", content, chance.randbytes(2000), b"q " * 200_000, content[: len(content) // 2])))


def _rewritten(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """What is drawn on a page is drawn otherwise: operators gone, doubled or moved, operands out of all measure."""
    page = _a_page(chance, pdf)
    lines = _contents(page).split(b"\n")
    for _n in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at : at + chance.choice((1, 10))]
                lines = lines or [b""]
            case 1:
                lines[at:at] = lines[at : at + 10]
            case 2:
                found = list(re.finditer(rb"-?\d+(?:\.\d+)?", lines[at]))
                if found:
                    one = chance.choice(found)
                    lines[at] = lines[at][: one.start()] + chance.choice(NUMBERS) + lines[at][one.end() :]
            case 3:
                lines[at] = flipped(chance, lines[at], ()) if lines[at] else b"Q"
            case _:
                lines.insert(
                    at, chance.choice((b"q " * 5000, b"Q " * 50, b"BT", b"ET", b"1e38 0 0 1e38 0 0 cm", b"W n"))
                )
    page.obj.Contents = pdf.make_stream(b"\n".join(lines))


def _looped(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """The tree of pages leads back into itself, or counts wrongly; a drawing draws itself; an outline never ends."""
    tree, page = pdf.Root.Pages, _a_page(chance, pdf)
    match chance.randrange(5):
        case 0:
            tree.Kids.append(tree)
        case 1:
            tree.Kids[0].Parent = tree.Kids[-1]
        case 2:
            tree.Count = chance.choice((-1, 0, 1, 10**6, 2**31 - 1))
        case 3:
            form = pdf.make_stream(b"/Me Do " * 3, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
            form.Resources = Dictionary(XObject=Dictionary(Me=form))
            page.obj.Resources.XObject = Dictionary(Me=form)
            page.obj.Contents = pdf.make_stream(_contents(page) + b" /Me Do")
        case _:
            outline = pdf.make_indirect(Dictionary(Title="again"))
            outline.First = outline.Last = outline.Next = outline
            pdf.Root.Outlines = outline


def _nested(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """Something lies in something, and so on."""
    deep: pikepdf.Object = Array([])
    for _n in range(chance.choice((90, 400))):
        deep = Array([deep]) if chance.random() < 0.5 else Dictionary(In=deep)
    place = chance.choice((pdf.Root, _a_page(chance, pdf).obj, pdf.trailer))
    place[chance.choice(("/Names", "/Annots", "/AcroForm", "/Metadata", "/Resources", "/Info"))] = deep


def _measured(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """A sheet is larger than a field, smaller than a point, inside out or turned."""
    page = _a_page(chance, pdf).obj
    far = (0, 1, -1, 1e-6, 14400, 1e6, 1e9, -1e9, 3e38, 842, 595)
    for box in chance.sample(("/MediaBox", "/CropBox", "/BBox", "/UserUnit", "/Rotate"), 2):
        if box in ("/UserUnit", "/Rotate"):
            page[box] = chance.choice((0, -90, 45, 90, 180, 270, 1e9, 7, 100000))
        else:
            page[box] = Array([chance.choice(far) for _n in range(chance.choice((4, 4, 4, 2)))])


def _pictured(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """A picture says it is as large as a town, over a page or a corner of it."""
    side = chance.choice((1, 5000, 30_000, 2**16, 2**31 - 1))
    picture = pdf.make_stream(
        chance.randbytes(3000), Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=chance.choice((1, 8, 16, 32)),
    )  # fmt: skip
    picture.Filter = chance.choice((Name.FlateDecode, Name.DCTDecode, Name.JPXDecode, Name.CCITTFaxDecode, Array([])))
    page = _a_page(chance, pdf)
    page.obj.Resources.XObject = Dictionary(Big=picture)
    drawn = b" q %d 0 0 %d 0 0 cm /Big Do Q " % chance.choice(((600, 850), (60, 60), (10**9, 10**9)))
    page.obj.Contents = pdf.make_stream(drawn + _contents(page) if chance.random() < 0.5 else _contents(page) + drawn)


def _misspelt(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """Letters stand for what is no letter: halves of characters, marks that turn the line round, a whole page each."""
    maps = [each for each in pdf.objects if isinstance(each, Stream) and b"beginbfchar" in each.read_bytes()]
    one = chance.choice(maps)
    codes = one.read_bytes().decode("latin-1")

    def other(found: re.Match[str]) -> str:
        return f"{found[1]}<{chance.choice(ODD_TEXT)}>" if chance.random() < share else found[0]

    share = chance.choice((0.02, 0.3, 1))
    one.write(re.sub(r"(<[0-9A-Fa-f]+>\s*)<[0-9A-Fa-f]+>", other, codes).encode("latin-1"))


def _crowded(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """Pages by the hundred, or words by the ten thousand on one."""
    page = _a_page(chance, pdf)
    if chance.random() < 0.4:
        for _n in range(chance.choice((20, 410))):
            pdf.pages.append(page)
        return
    page.obj.Resources.Font["/Plain"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    words = [
        b"BT /Plain %d Tf %d %d Td (%s) Tj ET" % (chance.choice((1, 9, 900)), x % 590, x % 840, b"word" * wide)
        for wide in (chance.choice((1, 3000)),)
        for x in range(chance.choice((300, 20_000)) // wide + 3)
    ]
    page.obj.Contents = pdf.make_stream(_contents(page) + b"\n" + b"\n".join(words))


def _reordered(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """Pages are missing, doubled or in another order."""
    order = list(range(len(pdf.pages)))
    chance.shuffle(order)
    kept = [pdf.pages[n] for n in order[: chance.randrange(1, len(order) + 1)]]
    while len(pdf.pages):
        del pdf.pages[0]
    for page in kept:
        pdf.pages.append(page)


def _attached(chance: random.Random, pdf: pikepdf.Pdf, _: Sequence[bytes]) -> None:
    """Fields, notes and layers that make no sense."""
    page = _a_page(chance, pdf).obj
    odd = [Name.Widget, Name.Redact, Name.StrikeOut, Name.Ink, Name.FreeText, Name.Stamp, Name.Popup, Name.Link]
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=chance.choice(odd), Contents="x" * 9000))
    note.Rect = Array([chance.choice((0, 72, 300, 1e9, -5)) for _n in range(chance.choice((4, 3)))])
    note.FT, note.T, note.V, note.F = (
        chance.choice((Name.Tx, Name.Btn, Name.Sig)),
        "same",
        Name.Yes,
        chance.randrange(64),
    )
    note.QuadPoints = Array([chance.choice((0, 1e9, -1, 300)) for _n in range(chance.choice((0, 7, 8, 800)))])
    note.Parent = chance.choice((note, page, pdf.Root))
    note.Kids = Array([note])
    page.Annots = Array([note] * chance.choice((1, 300)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([note, page]), NeedAppearances=True)


EDITS = (
    *map(edited, (_swapped, _restreamed, _rewritten, _looped, _nested, _measured, _pictured, _misspelt)),
    *map(edited, (_crowded, _reordered, _attached)),
)
