"""The public PDF: what it says, how a screen reader hears it, and that no text of a paper is more than text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ingest.reader import read
from publish import pdf as pdf_module
from publish.build import gather, shell_of
from publish.canonical import words
from publish.fonts import characters
from publish.lettering import UNKNOWN, printable
from publish.literals import quoted
from publish.part1 import Part1, PublicPassage, PublicSection, PublicTable
from publish.pdf import NotPrinted, kept_pdfs, pdfs
from publish.pdf_identity import TEMPLATE, identified, identity
from publish.pdf_reading import said
from publish.release import publish
from publish.shelf import put
from publish.verify import closed_world
from tests.command_line import partone
from tests.sample_decisions import DEFERRED, LONG, PLAIN, SAMPLES, TWO_MARKS, award, decision, parts, text
from tests.shelved import TODAY, approved

PUBLISHED = parts(SAMPLES)
# Texts of a paper that would be commands, or could not be printed, if they were more or less than text.
HOSTILE = (
    "#let x = 1 #panic() $x^2$ *bold* _em_ @ref <label> `raw` \\ // no comment /* c */ -- ~ = H \"q\" 'q'",
    "zero\u200bwidth \u202eright to left\u202c soft\u00adhyphen join\u200der \ufeffmark",
    "A" * 10_000,
    "é" * 5000 + " end",
    "emoji 😀 family 👨‍👩‍👧 東京 مرحبا αβγ Жук → ✓ ☐ ﬁ ① ½ tab\tline\nnul\x00 esc\x1b",
    "Siôn ap Llŷr Ŵyn Nguyễn Thị Ánh İstanbul Łódź ĥ q\u0302",
    "((((( ))))) )( \\( \\) <</Type/Page>> endobj endstream %%EOF",
    "",
)


def hostile() -> Part1:
    table = PublicTable(
        id="1/t1",
        caption=HOSTILE[4],
        public_header=("A", HOSTILE[0], "x" * 300),
        public_rows=((HOSTILE[4], "y" * 500, HOSTILE[6]), ("1",), HOSTILE[:7], ("B",) * 3),
    )
    return decision(
        "PCD 9999",
        HOSTILE[0],
        date(2024, 1, 2),
        executive_summary=tuple(text(f"summary/{at}", each) for at, each in enumerate(HOSTILE, 1)),
        sections=(
            PublicSection(number="1", public_heading=HOSTILE[5], passages=(table,)),
            PublicSection(number=None, public_heading="", passages=()),
        ),
        awards=(award(1, HOSTILE[5], HOSTILE[0], None, framework=HOSTILE[2], term=HOSTILE[4]),),
    )


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {decision.slug: pdf for decision, pdf in zip(PUBLISHED, pdfs(PUBLISHED), strict=True)}


def texts(pdf: bytes) -> tuple[str, ...]:
    return tuple(value for kind, value in said(pdf) if kind == "text")


# --- what a screen reader is told -------------------------------------------------------------------------------------


def elements(node: Any, role: str) -> list[Any]:
    """Every element of one role in the structure, in order."""
    if not isinstance(node, pikepdf.Dictionary):
        return []
    kids: Any = node.get("/K", [])
    below = [found for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for found in elements(kid, role)]
    return [node, *below] if node.get("/S") == role else below


def test_it_is_tagged_and_says_what_it_is(made: dict[str, bytes], tmp_path: Path) -> None:
    with pikepdf.open(_file(tmp_path, made[LONG.slug])) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == f"{LONG.reference} · {LONG.public_title}"
        assert metadata["dc:creator"] == [LONG.body_name]
        assert pdf.Root.Lang == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert not [key for key in ("/CreationDate", "/ModDate") if key in pdf.docinfo]
        assert {tuple(map(round, page.MediaBox)) for page in pdf.pages} == {(0, 0, 595, 842)}


def test_bookmarks_are_its_headings(made: dict[str, bytes], tmp_path: Path) -> None:
    with pikepdf.open(_file(tmp_path, made[LONG.slug])) as pdf, pdf.open_outline() as outline:
        bookmarks = [each.title for each in outline.root]
        headings = [str(each.T) for each in elements(pdf.Root.StructTreeRoot, "/H1")]
    assert bookmarks == headings
    numbered = [f"{section.number} {section.public_heading}" for section in LONG.sections]
    assert [each for each in bookmarks if each[0].isdigit()] == numbered


def test_lists_have_the_printed_numbers_and_tables_their_headers(made: dict[str, bytes], tmp_path: Path) -> None:
    with pikepdf.open(_file(tmp_path, made[LONG.slug])) as pdf:
        root = pdf.Root.StructTreeRoot
        for item in elements(root, "/LI"):
            assert elements(item, "/Lbl")
            assert elements(item, "/LBody")
        for table in elements(root, "/Table"):
            assert elements(elements(table, "/THead")[0], "/TH")
        assert len(elements(root, "/Table")) == 2  # the contracts and the paper's own
        assert len(elements(root, "/Link")) > 6  # a mark leads to its line, the line to its mark, the foot to the site
    shown = texts(made[LONG.slug])
    for number in ("a.", "b.", "2.2.3", "2.2.3.2", "2.2.3.3"):
        assert number in shown


def test_a_mark_has_one_width_whatever_it_stands_for(made: dict[str, bytes], tmp_path: Path) -> None:
    widths = set()
    for one in (LONG, TWO_MARKS):
        with pikepdf.open(_file(tmp_path, made[one.slug])) as pdf:
            for page in pdf.pages:
                for link in page.get("/Annots", ()):
                    left, low, right, high = map(float, link.Rect)
                    if "/Dest" in link and 12 < high - low < 20 and right - left > 100:
                        widths.add(round(right - left, 1))
    assert len(widths) == 1


# --- what it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: one.slug)
def test_it_says_every_word_of_the_decision(one: Part1, made: dict[str, bytes]) -> None:
    """And the page has the rest: what may be said at all is the closed world's to ask."""
    shown = words(" ".join(texts(made[one.slug])))
    for block in (*one.executive_summary, *one.recommendations, *(p for s in one.sections for p in s.passages)):
        own = block.public_rows if isinstance(block, PublicTable) else ((block.public_text,),)
        if not block.marks:
            for cell in (cell for row in own for cell in row):
                assert _within(words(cell), shown), cell
    for line in one.withheld:
        assert _within(words(line.because), shown)
    assert f"{one.slug}/" in " ".join(texts(made[one.slug]))


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: one.slug)
def test_our_own_reading_of_its_pages_finds_the_same_words(one: Part1, made: dict[str, bytes], tmp_path: Path) -> None:
    document = read(_file(tmp_path, made[one.slug]))
    drawn = words(" ".join(line.text for page in document.pages for line in page.lines))
    known = set(words(" ".join(texts(made[one.slug]))))
    assert set(drawn) <= known
    for block in (*one.executive_summary, *one.recommendations):
        if not isinstance(block, PublicTable):
            assert _within(words(block.public_text), drawn)


@pytest.mark.parametrize("one", PUBLISHED, ids=lambda one: one.slug)
def test_nothing_hidden_is_found_in_it(one: Part1, made: dict[str, bytes], tmp_path: Path) -> None:
    ran = partone("inspect", str(_file(tmp_path, made[one.slug])))
    assert ran.code == 0, ran.out


def test_a_hostile_text_is_only_text(tmp_path: Path) -> None:
    """Also: the proof accepts it, for a paper may say what it likes."""
    one = hostile()
    (pdf,) = pdfs((one,))
    shown = texts(pdf)
    assert HOSTILE[0] in shown
    assert HOSTILE[2] in shown  # on as many lines as it takes, and no letter of it off the page
    assert HOSTILE[6] in shown
    assert any("stands for a character" in each for each in shown)
    shell = shell_of(tmp_path / "shells")
    world = closed_world((one,), shell, {path: len(content) for path, content in gather((one,), shell)})
    assert list(world.problems(f"decisions/{one.slug}/{one.slug}.pdf", pdf)) == []


def test_no_word_is_too_long_for_the_page(tmp_path: Path) -> None:
    table = PublicTable(id="1/t1", caption=None, public_header=("A", "B"), public_rows=((HOSTILE[3], "y" * 500),))
    long = (text("summary/1", HOSTILE[2]), table)
    (pdf,) = pdfs((decision("PCD 9997", "Long words", date(2024, 1, 2), executive_summary=long),))
    lines = [(page, line) for page in read(_file(tmp_path, pdf)).pages for line in page.lines]
    assert len(lines) > 250
    assert [line for page, line in lines if line.box.x1 > page.width - 50] == []


def test_every_letter_that_is_printed_is_said_once() -> None:
    """A letter with an accent is drawn as two glyphs, and must not be said twice."""
    letters = [
        printed
        for code in range(0x20, 0x2FFF)
        if unicodedata.category(chr(code))[0] in "LNPS" and (printed := printable(chr(code))) != UNKNOWN
    ]
    assert len(letters) > 400
    lines = [" ".join(f"a{one}z" for one in letters[at : at + 20]) for at in range(0, len(letters), 20)]
    summary = tuple(
        PublicPassage(id=f"summary/p{place}", number=None, level=1, public_text=line)
        for place, line in enumerate(lines)
    )
    one = decision("PCD 9998", "Letters", date(2024, 1, 2), executive_summary=summary)
    (pdf,) = pdfs((one,))
    shown = {unicodedata.normalize("NFC", each) for each in texts(pdf)}
    assert [line for line in lines if unicodedata.normalize("NFC", printable(line)) not in shown] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ŵyn", "W\u0302yn"),  # a Welsh letter as letter and accent
        ("ﬁne", "fine"),  # a ligature as its letters
        ("non‑breaking", "non-breaking"),
        ("a\u200bb", "ab"),  # what nobody sees
        ("a \t\n b", "a b"),
        ("東", UNKNOWN),  # what the typeface has not
        ("q\u0302", f"q{UNKNOWN}"),  # an accent that no letter has
        ("ĥ", UNKNOWN),  # an accent that would be drawn apart
        ("£49.927m – 47%", "£49.927m – 47%"),
    ],
)
def test_a_text_in_characters_of_the_typeface(before: str, after: str) -> None:
    assert printable(before) == after
    assert characters() >= set(printable(before))


def test_the_template_has_its_words_in_strings() -> None:
    """The proof learns them there: no word may stand in it as markup."""
    template = TEMPLATE.read_text(encoding="utf-8")
    code = re.sub(r'"[^"\n]*"', "", re.sub(r"(?m)(?:^|(?<=\s))//.*$", "", template))
    for markup in re.findall(r"\[([^\]\[#]*)", code):
        assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", markup), markup
    assert "This paper has no Part 2." in quoted(template)


# --- the same bytes, kept and released --------------------------------------------------------------------------------


def test_the_same_decision_gives_the_same_bytes(made: dict[str, bytes]) -> None:
    assert dict(zip((one.slug for one in PUBLISHED), pdfs(PUBLISHED[::-1]), strict=True)) == dict(
        zip((one.slug for one in PUBLISHED), (made[one.slug] for one in PUBLISHED[::-1]), strict=True)
    )


def test_its_ids_follow_from_the_decision(made: dict[str, bytes]) -> None:
    """The first is the decision's for good, the second this version's; both stand in the trailer and in the details."""
    for one in PUBLISHED:
        for each in identity(one):
            assert made[one.slug].count(each.encode()) == 2
    corrected = LONG.model_copy(update={"public_title": "Another title"})
    assert identity(corrected).document == identity(LONG).document
    assert len({identity(one).instance for one in (corrected, *PUBLISHED)}) == len(PUBLISHED) + 1


STRANGE: dict[str, Callable[[bytes], bytes]] = {  # what a press could give in place of the ids that it always writes
    "no ids": lambda made: made.replace(b"/ID[", b"/Id["),
    "one of them longer": lambda made: made.replace(b"/ID[(", b"/ID[(A"),
    "a bracket in one": lambda made: re.sub(rb"/ID\[\(.", rb"/ID[(\(", made),
    "another one in the details": lambda made: re.sub(rb"DocumentID>.", b"DocumentID>_", made),
    "one twice in the details": lambda made: made.replace(b"%PDF", re.findall(rb"<xmpMM:InstanceID>.{25}", made)[0]),
    "bytes behind the end": lambda made: made + b"\n",
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_pdf_whose_ids_stand_otherwise_is_not_taken(kind: str, made: dict[str, bytes]) -> None:
    content = made[PLAIN.slug]
    assert identified(content, identity(PLAIN)) == content
    strange = STRANGE[kind](content)
    assert strange != content
    assert identified(strange, identity(PLAIN)) is None


def test_what_is_kept_is_used_again_unless_it_was_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, both = tmp_path / "copies", (LONG, PLAIN)
    kept = kept_pdfs(both, cache)
    contents = {slug: file.read_bytes() for slug, file in kept.items()}
    printed: list[str] = []

    def counting(decisions: Sequence[Part1]) -> object:
        printed.extend(one.slug for one in decisions)
        return pdfs(decisions)

    monkeypatch.setattr(pdf_module, "pdfs", counting)
    assert kept_pdfs(both, cache) == kept
    assert printed == []
    kept[PLAIN.slug].write_bytes(b"%PDF-1.7 touched")
    assert {slug: file.read_bytes() for slug, file in kept_pdfs(both, cache).items()} == contents
    assert printed == [PLAIN.slug]
    kept_pdfs((PLAIN,), cache)
    assert [file.name for file in cache.iterdir()] == [kept[PLAIN.slug].name]


def test_each_published_decision_has_its_pdf_and_a_stub_has_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for one in (LONG, DEFERRED):
        put(home / "shelf", approved(one))
    site = publish(home, today=TODAY).site
    assert [path.name for path in site.glob("decisions/*/*.pdf")] == ["pcd-9004.pdf"]
    released = Part1.model_validate_json((site / "decisions/pcd-9004/index.json").read_bytes())
    pdf = (site / "decisions/pcd-9004/pcd-9004.pdf").read_bytes()
    assert [pdf] == list(pdfs((released,)))
    page = (site / "decisions/pcd-9004/index.html").read_text(encoding="utf-8")
    assert 'href="pcd-9004.pdf" type="application/pdf">This decision as a PDF</a> <span class="note">' in page
    assert f">{-(-len(pdf) // 1000)} kB</span>" in page


PRESSES = {  # a program in the place of typst's: what comes of it
    "it stops": ("import sys; sys.exit(1)", "stopped"),
    "it stops half-way": ("import sys; sys.stdout.buffer.write(bytes(7) + b'9' + b'%PDF')", "stopped"),
    "it hangs": ("import time; time.sleep(60)", "took too long"),
}


@pytest.mark.parametrize("kind", PRESSES)
def test_a_press_that_fails_releases_nothing(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, why = PRESSES[kind]
    press = tmp_path / "press.py"
    press.write_text(program, encoding="utf-8")
    monkeypatch.setattr(pdf_module, "PRESS", press)
    monkeypatch.setattr(pdf_module, "SECONDS", 1)
    home = tmp_path / "home"
    put(home / "shelf", approved(PLAIN))
    with pytest.raises(NotPrinted, match=f"{PLAIN.reference}.*{why}") as stopped:
        publish(home, today=TODAY)
    assert stopped.value.exit_code == 4
    assert not (home / "public").exists()


def _file(folder: Path, pdf: bytes) -> Path:
    file = folder / "decision.pdf"
    file.write_bytes(pdf)
    return file


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether some words stand among many in their order, whatever stands between two of them."""
    rest = iter(many)
    return all(word in rest for word in few)
