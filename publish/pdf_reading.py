"""Every text in a PDF of this site: what its pages draw, what its structure, bookmarks and links say, and its names.

Nothing is passed over. Each object must be led to from the end of the file, each stream have a use, each name be one
that typst writes, each marked place of a page belong to one place in the structure. The rest is `NotOurs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple
from xml.sax.saxutils import escape

from publish.pdf_font import check_font
from publish.pdf_objects import Dictionary, File, NotOurs, Ref, Value, read_objects
from publish.pdf_pages import BETWEEN, Glyphs, glyphs, places
from publish.pdf_strings import FONT, Said, strings, text_of

_COLOURS = frozenset(  # the two descriptions of colours that typst brings
    {
        "00c0f94e09127520a17dc0e1d9264b5702081d96dbdb1549ee88e3631ce42a9d",  # grey
        "c56e1685d888f5edb92fe07f2750f387f8fe8e91b32ff8fb0b56bfbbb9458353",  # red, green and blue
    }
)
_METADATA = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="xmp-writer">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"  xmlns:xmp="http://ns.adobe.com/xap/1.0/"  '
    'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"  xmlns:xmpTPg="http://ns.adobe.com/xap/1.0/t/pg/"  '
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" >'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator><xmp:CreatorTool>{creator}</xmp:CreatorTool>"
    "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language><pdfuaid:part>1</pdfuaid:part>"
    "<xmpTPg:NPages>{pages}</xmpTPg:NPages><dc:format>application/pdf</dc:format>"
    "<xmpMM:InstanceID>{instance}</xmpMM:InstanceID><xmpMM:DocumentID>{document}</xmpMM:DocumentID>"
    "<xmpMM:RenditionClass>proof</xmpMM:RenditionClass><pdf:PDFVersion>1.7</pdf:PDFVersion></rdf:Description>"
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)


class _Drawn(NamedTuple):
    """What is drawn in each marked place, by page and number, and on no place of the structure."""

    places: dict[tuple[int, int], str]
    aside: list[str]


def said(content: bytes) -> tuple[Said, ...]:
    """Every text of a PDF. Raises `NotOurs` where anything in it is not as typst writes it from our template."""
    try:
        return tuple(_said(read_objects(content)))
    except NotOurs:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise NotOurs from error  # a key, say, is missing


def _said(file: File) -> Iterator[Said]:
    catalogue = file.dictionary(file.trailer["Root"])
    pages = list(_pages(file, catalogue["Pages"]))
    drawn = _drawn(file, pages)
    yield "id", _metadata(file, catalogue, len(pages))
    yield from (("text", text) for text in drawn.aside)
    yield from (("text", text) for text in _structure(file, catalogue, drawn.places))
    yield from strings(file, len(pages))


def _pages(file: File, node: Value) -> Iterator[Ref]:
    about = file.dictionary(node)
    if about["Type"] == "Page":
        if not isinstance(node, Ref):
            raise NotOurs
        yield node
    else:
        for kid in file.array(about["Kids"]):
            yield from _pages(file, kid)


def _drawn(file: File, pages: list[Ref]) -> _Drawn:
    found: dict[tuple[int, int], str] = {}
    aside = []
    fonts: dict[int, Glyphs] = {}
    for number, page in enumerate(pages, start=1):
        counted = f"Page {number} of {len(pages)}"  # which we see is so, however high it counts
        about = file.dictionary(page)
        resources = file.dictionary(about["Resources"])
        for colour in file.dictionary(resources.get("ColorSpace", {})).values():
            _check_colour(file, colour)
        named: dict[str, Glyphs] = {}
        for name, font in file.dictionary(resources.get("Font", {})).items():
            if not isinstance(font, Ref):
                raise NotOurs
            if font not in fonts:
                fonts[font] = {**_font(file, font), BETWEEN: ""}
            named[name] = fonts[font]
        for place in places(file.stream(about["Contents"]).content, named):
            if place.number is None:
                aside += [place.text.replace(counted, "Page 0 of 0")] if place.text else []
            elif (page, place.number) in found:
                raise NotOurs(file.place(page))
            else:
                found[page, place.number] = place.text
    return _Drawn(found, aside)


def _font(file: File, font: Ref) -> Glyphs:
    """What the glyphs of a font stand for, once it is known to be ours."""
    about = file.dictionary(font)
    (inner,) = file.array(about["DescendantFonts"])
    described = file.dictionary(file.dictionary(inner)["FontDescriptor"])
    names = {about["BaseFont"], file.dictionary(inner)["BaseFont"], described["FontName"]}
    name = FONT.fullmatch(str(described["FontName"]))
    if name is None or len(names) > 1:
        raise NotOurs(file.place(font))
    stands_for = glyphs(file.stream(about["ToUnicode"]).content)
    count = check_font(file.stream(described["FontFile2"]).content, name[1], stands_for)
    listed = "1" * count + "0" * (-count % 8)
    if file.stream(described["CIDSet"]).content != int(listed, 2).to_bytes(len(listed) // 8):
        raise NotOurs(file.place(font))
    return stands_for


def _check_colour(file: File, colour: Value) -> None:
    kind, profile = file.array(colour)
    if kind != "ICCBased" or sha256(file.stream(profile).content).hexdigest() not in _COLOURS:
        raise NotOurs(file.place(colour))


def _metadata(file: File, catalogue: Dictionary, pages: int) -> str:
    """The two ids. The XMP repeats them and the document's details, and says nothing else."""
    about = file.dictionary(file.trailer["Info"])
    document, instance = map(text_of, file.array(file.trailer["ID"]))
    expected = _METADATA.format(
        title=escape(text_of(about["Title"]), _QUOTES),
        author=escape(text_of(about["Author"]), _QUOTES),
        creator=text_of(about["Creator"]),
        pages=pages,
        document=document,
        instance=instance,
    )
    if about.keys() != {"Title", "Author", "Creator"}:
        raise NotOurs(file.place(file.trailer["Info"]))
    if file.stream(catalogue["Metadata"]).content != expected.encode():
        raise NotOurs(file.place(catalogue["Metadata"]))
    return f"{document} {instance}"


_QUOTES = {'"': "&quot;", "'": "&apos;"}


def _structure(file: File, catalogue: Dictionary, drawn: Mapping[tuple[int, int], str]) -> Iterator[str]:
    """The texts of the structure in reading order, one for each stretch that belongs to one element alone."""
    left = dict(drawn)
    runs: list[str] = []

    def enter(node: Value, page: int) -> None:
        about = file.dictionary(node)
        on = about.get("Pg", page)
        run = ""
        kids = about.get("K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, float) and isinstance(on, Ref):
                run += left.pop((on, int(kid)))
            elif isinstance(kid, dict) and kid.get("Type") == "MCR":
                where, number = kid["Pg"], kid["MCID"]
                if not isinstance(where, Ref) or not isinstance(number, float):
                    raise NotOurs
                run += left.pop((where, int(number)))
            elif not (isinstance(kid, dict) and kid.get("Type") == "OBJR"):
                runs.append(run)
                run = ""
                enter(kid, on if isinstance(on, Ref) else page)
        runs.append(run)

    try:
        enter(catalogue["StructTreeRoot"], 0)
    except (KeyError, RecursionError):
        raise NotOurs(file.place(catalogue["StructTreeRoot"])) from None
    if left:
        raise NotOurs
    return (run for run in runs if run)
