"""How a block is signed: a picture, a pen, a digital signature or typed words; and that who signed stays private."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array

from extract import checks, read_record
from extract.form import Form, segment
from extract.marks import Marks
from extract.record import DecisionRecord
from extract.signing import signed_in
from ingest.document import Box, DigitalSignature, Mark
from ingest.reader import read, read_bytes
from tests.command_line import partone
from tests.pages import below, document
from tests.papers.filling import SIGNATORIES
from tests.papers.sealing import MESSAGE_DIGEST, container, sealed, unsealed

PAPERS = Path(__file__).parent / "papers"
DIGITAL = PAPERS / "digitally-signed.pdf"
SIGNER = SIGNATORIES["decision-maker"]

OPEN = ("*DMPC Decision – PCD 1234", "*Title: Radios", "*Recommendation:", "1. To approve.")
BLOCK = ("*Deputy Mayor for Policing and Crime", "The above request has my approval.")
FACTS = ("*PART I – NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", "Open facts.")
LABEL_AT = 100 + 24 * 6  # where the line with "Signature" stands


def form_of(*signing: str) -> Form:
    return segment(document(below(*OPEN, *BLOCK, *signing, *FACTS)))


def at(top: float, kind: str = "ink", wide: float = 120, page: int = 1) -> Marks:
    """One mark of a pen, so far down the page."""
    mark = Mark(kind, Box(90, top - 12, 90 + wide, top + 8), page)  # type: ignore[arg-type]  # a word of MarkKind
    return Marks({page: (mark,)})


def field(top: float | None, *, signed: bool = True, true: bool = True) -> Marks:
    """One field for a digital signature."""
    box = None if top is None else Box(90, top - 12, 250, top + 8)
    true = true and signed
    return Marks({}, (DigitalSignature(1 if box else None, box, signed, true, true, SIGNER, "20260414113000"),))


BELOW = ("Signature", "Date", "14/04/2026")
BESIDE = ("Signature: Date: 14/04/2026",)
SIGNED = [
    (BELOW, Marks(), "absent", "14/04/2026"),
    (("Signature", "I. Quarshie", "Date", "14/04/2026"), Marks(), "text", "14/04/2026"),
    (("Signature: I. Quarshie", "Date 14/04/2026"), Marks(), "text", "14/04/2026"),
    (("Signature", "Not signed", "Date", "14/04/2026"), Marks(), "absent", "14/04/2026"),
    (("Signature: ______", "Date 14/04/2026"), Marks(), "absent", "14/04/2026"),  # a line to sign on
    (("Signature", "_____", "Date", "14/04/2026"), Marks(), "absent", "14/04/2026"),
    (("Signature", "....", "Date", "14/04/2026"), Marks(), "absent", "14/04/2026"),
    (BELOW, at(LABEL_AT + 14), "image", "14/04/2026"),  # ink between the labels
    (BELOW, at(LABEL_AT - 4), "image", "14/04/2026"),  # ink beside the label
    (BELOW, at(LABEL_AT + 14, wide=9), "absent", "14/04/2026"),  # a dot
    (BELOW, at(LABEL_AT + 14, "highlight"), "absent", "14/04/2026"),
    (BELOW, at(LABEL_AT + 120), "absent", "14/04/2026"),  # ink somewhere below
    (BELOW, at(LABEL_AT - 60), "absent", "14/04/2026"),  # and above
    (BELOW, at(LABEL_AT + 14, page=2), "absent", "14/04/2026"),
    (BELOW, field(LABEL_AT + 14), "digital", "14/04/2026"),
    (("Signature", "I. Quarshie", "Date", "14/04/2026"), field(LABEL_AT + 14), "digital", "14/04/2026"),
    (BELOW, field(LABEL_AT + 14, signed=False), "absent", "14/04/2026"),  # nobody has signed there
    (BELOW, field(LABEL_AT + 14, true=False), "absent", "14/04/2026"),  # what is there is no signature
    (BELOW, field(LABEL_AT + 200), "absent", "14/04/2026"),
    (BESIDE, Marks(), "absent", "14/04/2026"),  # the labels beside one another
    (BESIDE, at(LABEL_AT), "image", "14/04/2026"),
    (("Signature: I. Quarshie Date: 14/04/2026",), Marks(), "text", "14/04/2026"),
    (("Signature: Date:", "14/04/2026"), Marks(), "absent", "14/04/2026"),
    (("Signature",), at(LABEL_AT + 14), "image", None),  # no date
]


@pytest.mark.parametrize(("signing", "marks", "signature", "day"), SIGNED)
def test_how_a_block_is_signed(signing: Sequence[str], marks: Marks, signature: str, day: str | None) -> None:
    form = form_of(*signing)
    signed = signed_in(form.flow("approval"), form, marks)
    assert signed.signature == signature
    assert (" ".join(one.text for one in signed.dated).rpartition(" ")[2] if signed.dated else None) == day


APPROVALS = [
    ("The above request has my approval.", True),
    ("The above request has my approval", True),
    ("The above request has my approval: NO", False),
    ("The above request has my approval subject to the Mayor", False),
    ("The above request has my approval, which is refused.", False),
]


@pytest.mark.parametrize(("printed", "approved"), APPROVALS)
def test_an_approval_to_which_something_is_added_is_none(printed: str, approved: bool) -> None:
    lines = below(*OPEN, BLOCK[0], printed, "Signature", "I. Quarshie", "Date", "14/04/2026", *FACTS)
    assert read_record(document(lines)).approval.approved is approved


INTERESTS = [
    ("None", "none"),
    ("None declared.", "none"),
    ("I have no interests to declare.", "none"),
    ("N/A", "none"),
    ("None, except that Quillfeather is my brother", "stated"),
    ("No interests other than shares", "stated"),
    ("None declared. I hold shares in Quillfeather Ltd.", "stated"),
    ("Nil Quillfeather", "stated"),
]


@pytest.mark.parametrize(("printed", "interests"), INTERESTS)
def test_only_a_statement_that_says_nothing_else_is_none(printed: str, interests: str) -> None:
    asked = "Any such interests are recorded below."
    lines = below(*OPEN, BLOCK[0], asked, printed, BLOCK[1], "Signature", "Date", "14/04/2026", *FACTS)
    assert read_record(document(lines)).approval.interests == interests


def with_signature(folder: Path, change: str) -> Path:
    """The digitally signed paper with its signature moved before it was signed, or with something done to it after."""
    path = folder / "one.pdf"
    if change == "added to":
        path.write_bytes(DIGITAL.read_bytes() + b"\n% a remark\n%%EOF\n")
        return path
    with pikepdf.open(DIGITAL) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        if change in ("shown nowhere", "elsewhere"):
            unsealed(field.V)
        if change == "shown nowhere":
            field.Rect = Array([0, 0, 0, 0])
        elif change == "elsewhere":
            field.Rect = Array([60, 700, 250, 730])
        elif change == "empty":
            del field["/V"]
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        if change in ("shown nowhere", "elsewhere"):
            path.write_bytes(sealed(path.read_bytes(), SIGNER))
    return path


def found(record: DecisionRecord) -> dict[str, str]:
    return {finding.check: finding.severity for finding in checks.find(record) if finding.check.startswith("signature")}


CHANGED = [
    ("shown nowhere", "digital", {"signature-digital": "blocks"}),
    ("elsewhere", "digital", {"signature-digital": "blocks"}),
    ("empty", "absent", {"signature-absent": "blocks"}),
    ("saved anew", "absent", {"signature-absent": "blocks"}),  # its bytes are no longer those that were signed
    ("added to", "digital", {"signature-digital": "blocks"}),
]


@pytest.mark.parametrize(("change", "signature", "findings"), CHANGED)
def test_a_signature_that_is_not_where_or_what_it_should_be_is_a_question(
    tmp_path: Path, change: str, signature: str, findings: dict[str, str]
) -> None:
    record = read_record(read(with_signature(tmp_path, change)))
    assert record.approval.signature == signature
    assert found(record) == findings


def ranges(pdf: bytes) -> list[int]:
    said = re.search(rb"/ByteRange \[ ([0-9 ]+)\]", pdf)
    assert said
    return [int(number) for number in said[1].split()]


def told(pdf: bytes, *numbers: int) -> bytes:
    """A file whose signature says that it is of other bytes."""
    told = b"/ByteRange [ " + b" ".join(b"%d" % number for number in numbers)
    return re.sub(rb"/ByteRange \[ [0-9 ]+(?=\])", lambda found: told.ljust(len(found[0])), pdf)


def holding(pdf: bytes, made: bytes) -> bytes:
    """A file with something else where its signature was."""
    _, first, second, _ = ranges(pdf)
    return pdf[: first + 1] + made.ljust((second - first - 2) // 2, b"\0").hex().encode() + pdf[second - 1 :]


def signed_bytes(pdf: bytes) -> bytes:
    _, first, second, _ = ranges(pdf)
    return pdf[:first] + pdf[second:]


def flipped(made: bytes, place: int) -> bytes:
    return made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]


def forged(change: str) -> bytes:
    """The digitally signed paper with its signature forged, or with another paper put around it."""
    pdf = DIGITAL.read_bytes()
    _, first, second, length = ranges(pdf)
    true = container(signed_bytes(pdf), SIGNER)
    digest = true.index(bytes.fromhex(MESSAGE_DIGEST)) + 11 + 4
    half = told(pdf, 0, first, second, length - 500)
    forgeries = {
        "a page was changed": lambda: re.sub(rb"/CropBox|/MediaBox", lambda found: found[0][:-1] + b"y", pdf, count=1),
        "no container at all": lambda: holding(pdf, b"JUNKJU"),
        "words that only begin as a container does": lambda: holding(pdf, b"0\x82\x05\x00no key is behind this"),
        "a container that ends too soon": lambda: holding(pdf, true[:900]),
        "the signature of other bytes": lambda: holding(pdf, container(b"another paper", SIGNER)),
        "a digest that was put in later": lambda: holding(pdf, flipped(true, digest)),
        "a signature value that is not the key's": lambda: holding(pdf, flipped(true, len(true) - 5)),
        "not the whole of the file": lambda: told(pdf, 0, first, second, length - 500),
        "the true signature of half the file": lambda: holding(
            half, container(half[:first] + half[second:-500], SIGNER)
        ),
        "more than the file": lambda: told(pdf, 0, first, second, length + 500),
        "not from the beginning": lambda: told(pdf, 9, first - 9, second, length),
        "more than the signature is left out": lambda: told(pdf, 0, first - 40, second, length),
        "backwards": lambda: told(pdf, 0, second, first, length),
        "three numbers": lambda: told(pdf, 0, first, second),
    }
    return forgeries[change]()


FORGED = (
    "a page was changed",
    "no container at all",
    "words that only begin as a container does",
    "a container that ends too soon",
    "the signature of other bytes",
    "a digest that was put in later",
    "a signature value that is not the key's",
    "not the whole of the file",
    "the true signature of half the file",
    "more than the file",
    "not from the beginning",
    "more than the signature is left out",
    "backwards",
    "three numbers",
)


@pytest.mark.parametrize("change", FORGED)
def test_what_is_no_signature_of_this_file_is_none(change: str) -> None:
    pdf = forged(change)
    assert pdf != DIGITAL.read_bytes()
    paper = read_bytes("one.pdf", pdf)
    (signature,) = paper.signatures
    assert (signature.signed, signature.true, signature.to_end) == (True, False, False)
    record = read_record(paper)
    assert (record.approval.signature, record.approval.approved) == ("absent", False)
    assert found(record) == {"signature-absent": "blocks"}
    assert "comment" in [one.kind for one in paper.hidden]  # its words are words laid over the page


def test_a_forged_signature_beside_a_drawn_one_is_a_question() -> None:
    """Somebody changed a paper that bears both: the picture alone would say that all is well."""
    lines = below(*OPEN, *BLOCK, *BELOW, *FACTS)
    paper = document(lines)
    ink = Mark("ink", Box(90, LABEL_AT + 2, 210, LABEL_AT + 22), 1)
    paper = replace(paper, pages=(replace(paper.pages[0], marks=(ink,)), *paper.pages[1:]))
    assert found(read_record(paper)) == {}
    junk = field(None, true=False).signatures
    assert found(read_record(replace(paper, signatures=junk))) == {"signature-digital": "blocks"}


def test_a_clock_is_no_person() -> None:
    pdf = DIGITAL.read_bytes()
    (signature,) = read_bytes("one.pdf", pdf.replace(b"/adbe.pkcs7.detached", b"/ETSI.RFC3161      ")).signatures
    assert not signature.signed


def test_a_paper_that_is_signed_as_it_stands_is_no_question() -> None:
    document = read(DIGITAL)
    (signature,) = document.signatures
    assert (signature.true, signature.to_end, signature.signer) == (True, True, SIGNER)
    record = read_record(document)
    assert found(record) == {}
    assert SIGNER in record.evidence["approval.signature"].text


def test_a_signature_that_was_added_is_no_earlier_version_and_a_change_beside_it_is(tmp_path: Path) -> None:
    """A signature is put behind the file, as programs do it; here by hand, with a new catalogue and page."""
    path = tmp_path / "one.pdf"
    path.write_bytes(signed_behind(PAPERS / "plain.pdf"))
    assert [found.kind for found in read(path).hidden] == []
    path.write_bytes(signed_behind(PAPERS / "plain.pdf", contents=b""))
    assert "earlier-revision" in [found.kind for found in read(path).hidden]


def signed_behind(path: Path, contents: bytes | None = None) -> bytes:
    """The file and behind it a signature; with `contents`, another content of its first page as well."""
    flat = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(flat, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        page, root, size = pdf.pages[0].obj.objgen[0], pdf.Root.objgen[0], len(pdf.objects) + 1
    whole = flat.getvalue()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        page, root, size = pdf.pages[0].obj.objgen[0], pdf.Root.objgen[0], int(pdf.trailer.Size)
        catalogue, sheet, info = pdf.Root, pdf.pages[0].obj, pdf.trailer.Info.objgen[0]
        field, value, stream = size, size + 1, size + 2
        added = {
            field: f"<</Type/Annot/Subtype/Widget/FT/Sig/T(a)/Rect[0 0 0 0]/F 132/V {value} 0 R>>".encode(),
            value: b"<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<3003>>>",
            stream: b"<</Length %d>>stream\n%s\nendstream" % (len(contents or b""), contents or b""),
            root: _with(catalogue, f"/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>"),
            page: _with(sheet, f"/Annots[{field} 0 R]" + (f"/Contents {stream} 0 R" if contents is not None else "")),
        }
        previous = whole.rindex(b"startxref")
        start = int(whole[previous:].split()[1])
    table = b"xref\n"
    for number, words in added.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(whole) + 1)
        whole += b"\n%d 0 obj\n%s\nendobj" % (number, words)
    at = len(whole) + 1
    return whole + b"\n%strailer<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        size + 3,
        root,
        info,
        start,
        at,
    )


def _with(entries: pikepdf.Object, more: str) -> bytes:
    """A dictionary as it was, with more in it."""
    for key in ("/Annots", "/AcroForm", *(["/Contents"] if "/Contents" in more else [])):
        if key in entries:
            del entries[key]
    return entries.unparse(resolved=True)[:-2] + more.encode() + b" >>"


def test_who_signed_reaches_nothing_public(tmp_path: Path) -> None:
    """Not the public view, not the inspection, not what is said of the paper; the private record alone has it."""
    home = tmp_path / "home"
    assert SIGNER in partone("read", DIGITAL, "--json", home=home).out
    for command in (["read", DIGITAL, "--part1"], ["inspect", DIGITAL, "--json"], ["read", DIGITAL]):
        ran = partone(*command, home=home)
        assert SIGNER not in ran.out + ran.err
        assert SIGNER.split()[1] not in ran.out + ran.err
    record = read_record(read(DIGITAL))
    said = " ".join(finding.message for finding in checks.find(record)) + json.dumps(record.remarks)
    assert SIGNER not in said
