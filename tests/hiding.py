"""Papers of one page that hide words somewhere in the file: each function makes one change to such a paper."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from ingest.document import Hidden
from ingest.reader import read_bytes
from tests.pages import Sheet, print_pdf, text

SHOWN = text(72, 100, "The police authority agrees to the office plan.")
SECRET = "Quillfeather"
SAID = f"The award goes to {SECRET}"
PLACE = Array([72, 700, 200, 720])
ADDRESS = f"https://records.example.net/part2?name={SECRET}"

Change = Callable[[Pdf], object]


def changed(change: Change | None, drawn: str | Sheet = SHOWN, **saving: object) -> bytes:
    """A paper of one page that was changed."""
    kept = io.BytesIO()
    sheet = io.BytesIO()
    print_pdf(sheet, drawn)  # type: ignore[arg-type] # pikepdf writes to a stream as well
    with pikepdf.open(sheet) as pdf:
        if change:
            change(pdf)
        pdf.save(kept, deterministic_id="encryption" not in saving, **saving)  # type: ignore[arg-type] # options of pikepdf
    return kept.getvalue()


def hidden(data: bytes) -> tuple[Hidden, ...]:
    return read_bytes("one.pdf", data).hidden


def put(pdf: Pdf, way: str, value: object) -> None:
    """Hang something on the catalogue, or on the first page where the way begins with Page."""
    *steps, last = way.strip("/").split("/")
    there = pdf.Root
    for n, step in enumerate(steps):
        if n == 0 and step in ("Page", "Info"):
            there = pdf.pages[0].obj if step == "Page" else pdf.docinfo
            continue
        if f"/{step}" not in there:
            there[f"/{step}"] = Dictionary()
        there = there[f"/{step}"]
    there[f"/{last}"] = value


def note(**said: object) -> Change:
    """An annotation on the first page."""

    def change(pdf: Pdf) -> None:
        whole = {"Type": Name.Annot, "Rect": PLACE, **said}
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary({f"/{k}": v for k, v in whole.items()}))])

    return change


def at(way: str, value: object) -> Change:
    return lambda pdf: put(pdf, way, value)


def stream(way: str, data: bytes, **said: object) -> Change:
    return lambda pdf: put(pdf, way, pdf.make_stream(data, **said))


def packet(inner: str, way: str = "/Metadata") -> Change:
    whole = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" '
        'xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#">'
        f'<rdf:Description rdf:about="">{inner}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return stream(way, whole.encode(), Type=Name.Metadata, Subtype=Name.XML)


def bookmark(title: str) -> Change:
    def change(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("The office plan", 0))
            outline.root[0].children.append(pikepdf.OutlineItem(title, 0))

    return change


def element(**said: object) -> Change:
    """One element of the tree of headings and paragraphs."""

    def change(pdf: Pdf) -> None:
        whole = pdf.make_indirect(
            Dictionary({f"/{k}": v for k, v in {"S": Name.Figure, "Pg": pdf.pages[0].obj, **said}.items()})
        )
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([whole])))

    return change


def attached(name: str, data: bytes) -> Change:
    return lambda pdf: pdf.attachments.__setitem__(name, data)


def zipped(inner: bytes, name: str = "xl/sharedStrings.xml") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, inner)
    return kept.getvalue()


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG with such segments; nobody draws it."""
    parts = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(said) + 2) + said for kind, said in segments)
    return b"\xff\xd8" + parts + b"\xff\xda\0\x02\0\0\xff\xd9"


def a_picture(data: bytes, used: bool = True, **said: object) -> Change:
    def change(pdf: Pdf) -> None:
        whole = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 8, "Height": 8, "BitsPerComponent": 8}
        image = pdf.make_stream(data, Dictionary({f"/{k}": v for k, v in whole.items()}))
        image.ColorSpace = Name.DeviceGray
        for key, value in said.items():
            image[f"/{key}"] = value
        pdf.pages[0].obj.Resources.XObject["/Picture"] = image
        if used:
            pdf.pages[0].contents_add(b"q 30 0 0 30 300 300 cm /Picture Do Q")

    return change


def a_coded_picture(*segments: tuple[int, bytes]) -> Change:
    return a_picture(jpeg(*segments), Filter=Name.DCTDecode)


def a_font(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj.Resources.Font.F1


def described(**said: object) -> Change:
    def change(pdf: Pdf) -> None:
        a_font(pdf).FontDescriptor = Dictionary(
            {f"/{k}": v for k, v in {"Type": Name.FontDescriptor, "FontName": Name.Helvetica, **said}.items()}
        )

    return change


def a_program(key: str, data: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        described()(pdf)
        a_font(pdf).FontDescriptor[key] = pdf.make_stream(data)

    return change


def named_font(number: int, words: str) -> bytes:
    """The least of a TrueType font: a table of names with one name."""
    said = words.encode("utf-16-be")
    table = struct.pack(">HHH", 0, 1, 18) + struct.pack(">6H", 3, 1, 0x409, number, len(said), 0) + said
    return b"\0\1\0\0" + struct.pack(">4H", 1, 16, 0, 0) + struct.pack(">4sIII", b"name", 0, 28, len(table)) + table


def a_table_of_letters(added: bytes) -> Change:
    usual = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"

    def change(pdf: Pdf) -> None:
        a_font(pdf).ToUnicode = pdf.make_stream(usual + added + b"\nendcmap end end")

    return change


def a_pattern_of(drawn: str) -> Change:
    def change(pdf: Pdf) -> None:
        tile = pdf.make_stream(drawn.encode(), PatternType=1, PaintType=1, TilingType=1, XStep=200, YStep=20)
        tile.BBox, tile.Resources = Array([0, 0, 200, 20]), pdf.pages[0].obj.Resources
        pdf.pages[0].obj.Resources.Pattern = Dictionary(P0=tile)

    return change


def an_unknown_packing(pdf: Pdf) -> None:
    odd = pdf.make_stream(SAID.encode())
    odd.Filter = Name("/QuillDecode")
    put(pdf, "/Page/Resources/XObject/X9", odd)


def a_signature(pdf: Pdf, reason: str = SAID, room: bytes = b"") -> None:
    signed = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Name=String("Ama Boateng"), Reason=String(reason))
    signed.ByteRange, signed.Contents = Array([0, 1, 2, 3]), String(b"0\2\5\0" + room)
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("Signature1"), V=signed))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def a_field(**said: object) -> Change:
    """A field of a form, on the first page."""

    def change(pdf: Pdf) -> None:
        look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 128, 20]))
        note(Subtype=Name.Widget, T=String("Text1"), F=4, AP=Dictionary(N=look), **said)(pdf)
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))

    return change


def a_reply(pdf: Pdf) -> None:
    note(Subtype=Name.Highlight, RC=String(f"<p>{SAID}</p>"))(pdf)


def a_pop_up(pdf: Pdf) -> None:
    pop_up = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=PLACE, Contents=String(SAID)))
    note(Subtype=Name.Highlight, Popup=pop_up)(pdf)


def a_field_that_counts(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(f'event.value = "{SAID}"'.encode()))
    a_field(FT=Name.Tx, AA=Dictionary(C=script))(pdf)


def a_form_in_packets(pdf: Pdf) -> None:
    parts = [String("template"), pdf.make_stream(b"<template/>"), String("datasets")]
    parts.append(pdf.make_stream(f"<data><supplier>{SAID}</supplier></data>".encode()))
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(parts))


def a_mask_of(drawn: str) -> Change:
    """What a mask is drawn from."""

    def change(pdf: Pdf) -> None:
        group = pdf.make_stream(drawn.encode(), Subtype=Name.Form, BBox=Array([0, 0, 200, 20]))
        group.Resources = pdf.pages[0].obj.Resources
        state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=group))
        pdf.pages[0].obj.Resources.ExtGState["/Masked"] = state

    return change
