"""A public PDF with one thing in it that nobody approved, in every place of a PDF that we know of: none passes.

Each plant is made well: the table of objects, the lengths and the digests agree with it again, as a careful hand or a
careless library would leave them. So what is caught is the plant, not a broken file.
"""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.build import gather, shell_of
from publish.pdf import pdfs
from publish.pdf_identity import Identity, identified, identity
from publish.pdf_objects import NotOurs
from publish.pdf_reading import said
from publish.release import publish
from publish.shelf import put
from publish.verify import ClosedWorld, closed_world, verify
from tests.command_line import partone
from tests.sample_decisions import LONG, TWO_MARKS
from tests.shelved import TODAY, approved, reseal

SECRET = b"Zephyrine Quokkaworth"
PATH = "decisions/pcd-9004/pcd-9004.pdf"

Objects = dict[int, bytes]
Plant = Callable[[Objects], object]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shell_of(tmp_path_factory.mktemp("shells"))


@pytest.fixture(scope="module")
def world(shell: Path) -> ClosedWorld:
    return closed_world((LONG, TWO_MARKS), shell, {p: len(c) for p, c in gather((LONG, TWO_MARKS), shell)})


@pytest.fixture(scope="module")
def clean() -> bytes:
    return next(pdfs((LONG,)))


# --- taking a PDF apart and putting it together again -----------------------------------------------------------------


def taken(content: bytes) -> Objects:
    found = re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj\n", content, re.DOTALL)
    return {int(number): inside for number, inside in found}


def together(objects: Objects, trailer: bytes) -> bytes:
    made, places = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n", []
    for number, inside in sorted(objects.items()):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    at = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % (len(objects) + 1), trailer)
    return made + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % at


def trailer_of(content: bytes) -> bytes:
    found = re.search(rb"trailer\n(.*?)\nstartxref", content, re.DOTALL)
    assert found is not None
    return found[1]


def planted(content: bytes, plant: Plant) -> bytes:
    objects = taken(content)
    plant(objects)
    return together(objects, trailer_of(content))


def which(objects: Objects, mark: bytes) -> int:
    return next(number for number, inside in objects.items() if mark in inside.partition(b"stream\n")[0])


def put_in(mark: bytes, before: bytes, after: bytes) -> Plant:
    """In the first object whose dictionary has `mark`, `after` in the place of `before`."""

    def plant(objects: Objects) -> None:
        number = which(objects, mark)
        assert before in objects[number]
        objects[number] = objects[number].replace(before, after, 1)

    return plant


def added(objects: Objects, inside: bytes) -> int:
    objects[len(objects) + 1] = inside
    return len(objects)


def led_to(mark: bytes, key: bytes, inside: bytes) -> Plant:
    """A new object, and a key of another one that leads to it."""

    def plant(objects: Objects) -> None:
        number, new = which(objects, mark), added(objects, inside)
        objects[number] = objects[number].replace(b"<<", b"<<" + key % new, 1)

    return plant


def stream(about: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d%s/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), about, packed)


def in_stream(number_of: Callable[[Objects], int], how: Callable[[bytes], bytes]) -> Plant:
    def plant(objects: Objects) -> None:
        number = number_of(objects)
        about, _, rest = objects[number].partition(b"\nstream\n")
        before = zlib.decompress(rest)
        after = how(before)
        packed = zlib.compress(after)
        assert packed not in rest, "the plant found no ground"
        about = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), about)
        objects[number] = about + b"\nstream\n" + packed + b"\nendstream"

    return plant


def at_key(key: bytes, mark: bytes) -> Callable[[Objects], int]:
    """The object that a key of another one leads to."""

    def number_of(objects: Objects) -> int:
        found = re.search(key + rb" (\d+) 0 R", objects[which(objects, mark)])
        assert found is not None
        return int(found[1])

    return number_of


PAGE = at_key(b"/Contents", b"/Type/Page/")
FONT = at_key(b"/FontFile2", b"AtkinsonHyperlegible-Regular/Flags")
SAYS = at_key(b"/ToUnicode", b"AtkinsonHyperlegible-Regular/Encoding")
BOLD_SAYS = at_key(b"/ToUnicode", b"AtkinsonHyperlegible-Bold/Encoding")


def on_page(how: Callable[[bytes], bytes]) -> Plant:
    return in_stream(PAGE, how)


def drawn(show: bytes, mode: bytes = b"0", at: bytes = b"0 0") -> bytes:
    return b"BT " + mode + b" Tr/f1 10 Tf 1 0 0 -1 " + at + b" Tm" + show + b"\nET"


def behind(what: bytes) -> Callable[[bytes], bytes]:
    """Inside the first marked place, before its end."""
    return lambda page: page.replace(b"\nEMC", b"\n" + what + b"\nEMC", 1)


def glyphs_of(objects: Objects, text: str) -> bytes:
    """A text in the glyphs of the first font, as far as it has them."""
    table = zlib.decompress(objects[SAYS(objects)].partition(b"\nstream\n")[2])
    found = {int(code, 16): glyph for glyph, code in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>", table)}
    return b"<" + b"".join(found[ord(letter)] for letter in text) + b">"


def said_on_page(text: str, mode: bytes = b"0", at: bytes = b"0 0") -> Plant:
    def plant(objects: Objects) -> None:
        fonts = re.search(rb"/Font<<(.*?)>>", objects[which(objects, b"/ProcSet")])
        regular = which(objects, b"AtkinsonHyperlegible-Regular/Encoding")
        assert fonts is not None
        name = next(name for name, n in re.findall(rb"/(f\d+) (\d+) 0 R", fonts[1]) if int(n) == regular)
        show = drawn(glyphs_of(objects, text) + b"Tj", mode, at).replace(b"/f1 ", b"/" + name + b" ")
        on_page(behind(show))(objects)

    return plant


def other_glyph(font: bytes) -> bytes:
    """Two letters of one font change their shapes."""
    size = int.from_bytes(font[4:6])
    tables = {font[12 + 16 * n : 16 + 16 * n]: 12 + 16 * n for n in range(size)}
    at = int.from_bytes(font[tables[b"loca"] + 8 : tables[b"loca"] + 12])
    return font[: at + 4] + font[at + 6 : at + 8] + font[at + 4 : at + 6] + font[at + 8 :]


INFO, CATALOGUE, LINK, BOOKMARK = b"/Author", b"/Type/Catalog", b"/Subtype/Link", b"/Title(Summary)"

IN_OBJECTS: dict[str, Plant] = {
    "an object that nothing leads to": lambda objects: added(objects, b"(" + SECRET + b")"),
    "an object of its own behind a key": led_to(CATALOGUE, b"/PieceInfo %d 0 R", b"<</Note(" + SECRET + b")>>"),
    "a stream that nothing leads to": lambda objects: added(objects, stream(b"", SECRET)),
    "a stream behind a key that is known": led_to(CATALOGUE, b"/A %d 0 R", stream(b"", SECRET)),
    "a second page that is in no tree": lambda objects: added(objects, objects[which(objects, b"/Type/Page/")]),
    "the subject": put_in(INFO, b"<<", b"<</Subject(" + SECRET + b")"),
    "the keywords": put_in(INFO, b"<<", b"<</Keywords(" + SECRET + b")"),
    "the producer": put_in(INFO, b"<<", b"<</Producer(" + SECRET + b")"),
    "the date of making": put_in(INFO, b"<<", b"<</CreationDate(D:43179020101000Z)"),
    "the creator": put_in(INFO, b"/Creator(Typst", b"/Creator(" + SECRET),
    "the title": put_in(INFO, b"/Title<FEFF", b"/Title<FEFF005A0065007000680079"),
    "a name": put_in(CATALOGUE, b"/Lang", b"/Zephyrine true/Lang"),
    "a name as a value": put_in(CATALOGUE, b"/L2R", b"/Zephyrine"),
    "a name spelt in numbers": put_in(CATALOGUE, b"/Lang", b"/#5aephyrine true/Lang"),
    "the language": put_in(CATALOGUE, b"(en-GB)", b"(Zephyrine)"),
    "a key twice": put_in(CATALOGUE, b"/Lang(en-GB)", b"/Lang(en-GB)/Lang(en-GB)"),
    "a comment in an object": put_in(CATALOGUE, b"/Lang", b"%" + SECRET + b"\n/Lang"),
    "an attachment": led_to(
        CATALOGUE, b"/Names<</EmbeddedFiles<</Names[(a) %d 0 R]>>>>", b"<</Type/Filespec/F(" + SECRET + b")>>"
    ),
    "a script": put_in(CATALOGUE, b"/Lang", b"/OpenAction<</S/JavaScript/JS(" + SECRET + b")>>/Lang"),
    "page labels": put_in(CATALOGUE, b"/Lang", b"/PageLabels<</Nums[0<</P(" + SECRET + b")>>]>>/Lang"),
    "a named destination": put_in(CATALOGUE, b"/Lang", b"/Names<</Dests<</Names[(" + SECRET + b") 1 0 R]>>>>/Lang"),
    "a layer that is switched off": put_in(CATALOGUE, b"/Lang", b"/OCProperties<</D<</Name(Zephyrine)>>>>/Lang"),
    "what a link says": put_in(LINK, b"/Contents(", b"/Contents(" + SECRET),
    "where a link leads": put_in(b"/URI(https", b"/URI(https://", b"/URI(https://zephyrine.example/"),
    "what a bookmark says": put_in(BOOKMARK, b"(Summary)", b"(" + SECRET + b")"),
    "what a bookmark says, in hexadecimal": put_in(BOOKMARK, b"(Summary)", b"<" + SECRET.hex().upper().encode() + b">"),
    "what a heading is called": put_in(b"/T(Summary)", b"(Summary)", b"(" + SECRET + b")"),
    "other words for a heading": put_in(b"/T(Summary)", b"/T(", b"/Alt(" + SECRET + b")/T("),
    "the actual text of a heading": put_in(b"/T(Summary)", b"/T(", b"/ActualText(" + SECRET + b")/T("),
    "a short form written out": put_in(b"/T(Summary)", b"/T(", b"/E(" + SECRET + b")/T("),
    "the id of a cell": put_in(b"/S/TH", b"/ID(", b"/ID(" + SECRET),
    "a role of its own": put_in(b"/RoleMap", b"/Datetime/Span", b"/Datetime/Span/Zephyrine/Span"),
    "a note on a page": led_to(
        b"/Annots[", b"/A[%d 0 R]", b"<</Type/Annot/Subtype/Text/Rect[0 0 0 0]/Contents(" + SECRET + b")>>"
    ),
    "a thumbnail": led_to(b"/Type/Page/", b"/Thumb %d 0 R", stream(b"", SECRET)),
    "a form on no page": led_to(b"/ProcSet", b"/XObject<</x0 %d 0 R>>", stream(b"/Type/XObject", SECRET)),
    "a font that is named otherwise": put_in(
        b"AtkinsonHyperlegible-Bold/Encoding", b"AtkinsonHyperlegible-Bold", b"ZephyrineQuokkaworth"
    ),
    "a font's own name": put_in(b"/FontDescriptor/", b"AtkinsonHyperlegible", b"ZephyrineQuokkaworth"),
    "the family of a font": put_in(b"/FontDescriptor/", b"/Flags", b"/FontFamily(" + SECRET + b")/Flags"),
    "a number of ten digits": put_in(LINK, b"/F 4", b"/F 4317902000"),
    "the packing has more behind it": lambda objects: objects.update(
        {
            PAGE(objects): re.sub(
                rb"/Length (\d+)", lambda n: b"/Length %d" % (int(n[1]) + len(SECRET)), objects[PAGE(objects)], count=1
            ).replace(b"\nendstream", SECRET + b"\nendstream")
        }
    ),
    "a text in the font's names": in_stream(
        FONT, lambda font: font.replace("Braille".encode("utf-16-be"), b"Zephyrine     ")
    ),
    "another shape of a letter": in_stream(FONT, other_glyph),
    "bytes behind the font's last table": in_stream(FONT, lambda font: font + SECRET),
    "a letter said to be another": in_stream(SAYS, lambda table: table.replace(b"> <0065>", b"> <007A>", 1)),
    "a letter said to be a word": in_stream(
        BOLD_SAYS, lambda table: table.replace(b"> <0065>", b"> <0065007A0065>", 1)
    ),
    "a comment in what letters stand for": in_stream(SAYS, lambda table: b"%" + SECRET + b"\n" + table),
    "which glyphs there are": in_stream(at_key(b"/CIDSet", b"/CIDSet"), lambda _: SECRET),
    "the description of a colour": in_stream(
        at_key(b"/ICCBased", b"/ICCBased"), lambda icc: icc.replace(b"\0C\0C\x000", b"\0Z\0e\0p")
    ),
    "a comment on a page": on_page(behind(b"%" + SECRET)),
    "a text on no place of the structure": on_page(lambda page: page + drawn(b"(" + SECRET + b" )Tj")),
    "letters that the font has not": on_page(behind(drawn(b"(" + SECRET + b" )Tj"))),
    "a text in a picture on the page": on_page(behind(b"BI /W 1 /H 1 ID " + SECRET + b" EI")),
    "a property of a place": on_page(lambda page: page.replace(b"/MCID 0", b"/MCID 0/Alt(" + SECRET + b")", 1)),
    "actual text of more than a letter": on_page(
        behind(b"BT/Span<</ActualText<FEFF005A006500700068>>>BDC 0 Tr/f1 10 Tf 1 0 0 -1 0 0 Tm(\\000\\001)Tj\nEMC\nET")
    ),
    "an amount between two letters": on_page(lambda page: re.sub(rb"\)-?\d+\(", b")4317902000(", page, count=1)),
    "a word between two letters": on_page(lambda page: re.sub(rb"\)-?\d+\(", b")/Zephyrine(", page, count=1)),
    "a comment between two letters": on_page(lambda page: page.replace(b"]TJ", b"%" + SECRET + b"\n]TJ", 1)),
    "half a letter": on_page(lambda page: page.replace(b"[(\\000", b"[(", 1)),
    "half a letter in each of two strings": on_page(
        lambda page: re.sub(rb"\)-?\d+\(\\000", rb"\\001)0(", page, count=1)
    ),
    "other text on a page": said_on_page("the second bidder asked for more"),
    "text nobody sees": said_on_page("the second bidder asked for more", mode=b"3"),
    "text off the page": said_on_page("the second bidder asked for more", at=b"9000 9000"),
    "an amount on a page": said_on_page("£4,317.902m"),
    "the structure's order": put_in(b"/S/Title", b"/K[6]", b"/K[7]"),
}


def swapped(before: bytes, after: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(before, after, 1)


def updated(content: bytes) -> bytes:
    """A second revision, as a program appends it when it saves: the title says something else."""
    info = next(number for number, inside in taken(content).items() if b"/Author" in inside)
    at = len(content) + 1
    new = b"\n%d 0 obj\n<</Title(%s)>>\nendobj\n" % (info, SECRET)
    before = re.findall(rb"startxref\n(\d+)", content)[-1]
    table = b"xref\n%d 1\n%010d 00000 n\r\n" % (info, at)
    trailer = trailer_of(content).replace(b"/ID", b"/Prev " + before + b"/ID")
    return content + new + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % (at + len(new) - 1)


def _ids(content: bytes) -> list[bytes]:
    return re.findall(rb"\(([^()]{24})\)", trailer_of(content))


def _swapped_over(content: bytes, first: bytes, second: bytes) -> bytes:
    return content.replace(first, b"~" * 24).replace(second, first).replace(b"~" * 24, second)


def _with_ids(content: bytes, ids: Identity) -> bytes:
    made = identified(content, ids)
    assert made is not None
    return made


IN_THE_FILE: dict[str, Callable[[bytes], bytes]] = {
    "bytes behind the end": lambda content: content + b"\n" + SECRET,
    "bytes before the beginning": lambda content: SECRET + b"\n" + content,
    "a second revision": updated,
    "a comment between objects": swapped(b"endobj\n2 0 obj", b"endobj\n%" + SECRET + b"\n2 0 obj"),
    "a comment behind the first line": swapped(b"%\x80\x80\x80\x80", b"%\x80\x80\x80\x80" + SECRET),
    "a key of the trailer": swapped(b"/Size", b"/Zephyrine(Quokkaworth)/Size"),
    "an id that is a text": lambda content: re.sub(rb"/ID\[\(.{24}\)", b"/ID[(WmVwaHlyaW5lUXVva2thdw==)", content),
    "an id that is longer": swapped(b"/ID[(", b"/ID[(" + SECRET),
    "a third id": swapped(b")]>>\nstartxref", b")(" + SECRET + b")]>>\nstartxref"),
    "an id of sixteen other bytes": lambda content: content.replace(_ids(content)[1], b"q83vEjRWeJCrze8SNFZ4kA=="),
    "the ids in another order": lambda content: _swapped_over(content, *_ids(content)),
    "the ids of another decision": lambda content: _with_ids(content, identity(TWO_MARKS)),
    "the ids of another version": lambda content: _with_ids(
        content, identity(LONG.model_copy(update={"public_title": "Zephyrine"}))
    ),
    "the metadata": lambda content: re.sub(rb"(?<=<dc:format>)application/pdf", b"Zephyrine/Quokk", content),
    "an object under another's number": swapped(b"2 0 obj", b"1 0 obj"),
    "another generation": swapped(b"2 0 obj", b"2 1 obj"),
    "no PDF at all": lambda _: SECRET,
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("kind", IN_OBJECTS)
def test_what_is_planted_in_an_object_is_found(kind: str, clean: bytes, world: ClosedWorld) -> None:
    assert list(world.problems(PATH, planted(clean, IN_OBJECTS[kind])))


@pytest.mark.parametrize("kind", IN_THE_FILE)
def test_what_is_planted_around_the_objects_is_found(kind: str, clean: bytes, world: ClosedWorld) -> None:
    leaking = IN_THE_FILE[kind](clean)
    assert leaking != clean
    assert list(world.problems(PATH, leaking))


def test_taking_apart_and_putting_together_alone_is_no_leak(clean: bytes, world: ClosedWorld) -> None:
    """So that the plants above are caught for what they plant."""
    again = planted(clean, lambda _: None)
    assert not list(world.problems(PATH, again))
    assert said(again) == said(clean)


def test_no_byte_may_be_lost(clean: bytes) -> None:
    for end in range(0, len(clean), 997):
        with pytest.raises(NotOurs):
            said(clean[:end])


OTHER_BYTES = "not what the sources make of the approved text"
ONLY_BY_PRINTING: dict[str, Callable[[bytes], bytes]] = {  # what each is, is said in decision 0011
    "a line set a hair lower": lambda content: planted(
        content, on_page(lambda page: re.sub(rb"(\d+\.\d+) cm", lambda at: _nudged(at[1]) + b" cm", page, count=1))
    ),
    "a string written in hexadecimal": lambda content: planted(
        content, put_in(BOOKMARK, b"(Summary)", b"<53756D6D617279>")
    ),
    "streams packed in another way": lambda content: planted(content, on_page(bytes)),
}


def _nudged(number: bytes) -> bytes:
    return b"%.4f" % (float(number) - 0.01)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    put(home / "shelf", approved(LONG))
    return publish(home, today=TODAY).site


@pytest.mark.parametrize("kind", ONLY_BY_PRINTING)
def test_numbers_and_ways_of_writing_are_proven_by_printing_again(
    kind: str, released: Path, shell: Path, tmp_path: Path
) -> None:
    """None of them changes a word, and no word can be said with them that anybody reads; so reading lets them pass."""
    site = Path(shutil.copytree(released, tmp_path / "site"))
    before = (site / PATH).read_bytes()
    after = ONLY_BY_PRINTING[kind](before)
    assert after != before
    (site / PATH).write_bytes(after)
    reseal(site, verify(site, shell=shell).counts)
    read = verify(site, shell=shell).problems
    assert [str(one) for one in read if one.file == PATH] == []
    assert f"{PATH}: {OTHER_BYTES}" in [str(one) for one in verify(site, shell=shell, print_again=True).problems]


def test_a_planted_pdf_stops_at_the_command_line(tmp_path: Path) -> None:
    """Exit code 4, from the bytes of the site alone, though every digest agrees with the plant again."""
    home = tmp_path / "home"
    put(home / "shelf", approved(LONG))
    site = tmp_path / "site"
    shutil.copytree(publish(home, today=TODAY).site, site)
    assert partone("verify", str(site)).code == 0
    file = site / PATH
    file.write_bytes(planted(file.read_bytes(), IN_OBJECTS["text nobody sees"]))
    reseal(site, verify(site).counts)
    assert {problem.kind for problem in verify(site, print_again=True).problems} >= {OTHER_BYTES}
    kinds = {problem.kind for problem in verify(site).problems if problem.file == PATH}
    assert kinds & {"unknown words", "cannot be read"}
    assert partone("verify", str(site)).code == 4
