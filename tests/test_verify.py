"""A built site with one thing in it that nobody approved, in every place and disguise we know of: none passes."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partone
from publish.build import build, gather, shell_of
from publish.certificate import CERTIFICATE, MANIFEST, certified, current, sha256
from publish.part1 import Ground, Part2Notice, Withholding
from publish.release import publish
from publish.seal import walk
from publish.shelf import put
from publish.verify import ClosedWorld, closed_world, prove, verify
from publish.vocabulary import Fault
from review import address
from review.register import Register
from tests.sample_decisions import DEFERRED, LONG, PLAIN, SAMPLES, TWO_MARKS
from tests.shelved import TODAY, approved, canonical, reseal

HOUSE = Path(__file__).parent.parent
SECRET = "Zephyrine Quokkaworth"
AMOUNT = "£4,317,902"
PAGE = "decisions/pcd-9004/index.html"
DATA = "decisions/pcd-9004/index.json"
PLANTED = (LONG, TWO_MARKS, DEFERRED)
CLOSED = {*get_args(Fault), "cannot be read"}


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shell_of(tmp_path_factory.mktemp("shells"))


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for decision in PLANTED:
        put(home / "shelf", approved(decision))
    return publish(home, today=TODAY).site


@pytest.fixture
def site(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "site"))


def test_the_untouched_site_is_proven_from_its_bytes_alone(released: Path) -> None:
    verdict = verify(released)
    assert verdict.problems == ()
    assert verify(released, print_again=True) == verdict
    assert verdict.counts.files > 15
    assert verdict.counts.decisions == len(PLANTED)
    assert verdict.counts.size == sum(file.stat().st_size for file in walk(released).paths.values())
    assert verdict.counts.texts > 4_000, "pages that are as the sources make them are read all the same"


GROUND = Ground(key="FOIA s.43(2)", label="commercial interests")
UNCONFIRMED = Ground(key=None, label="not confirmed yet", as_printed="commercially sensitive")
KEPT_BACK: dict[str, dict[str, Any]] = {  # ways in which the only decision of a register keeps something back
    "nothing": {"part2": Part2Notice(exists="no")},
    "a Part 2 without a ground": {"part2": Part2Notice(exists="yes")},
    "a Part 2 without a ground that ends, and is looked at again": {
        "part2": Part2Notice(exists="yes", ceases_when="when the contract is signed", next_review=date(2027, 2, 1))
    },
    "a Part 2 on a ground": {"part2": Part2Notice(exists="yes", grounds=(GROUND,))},
    "a Part 2 on a ground that nobody confirmed": {"part2": Part2Notice(exists="yes", grounds=(UNCONFIRMED,))},
    "a place, and a Part 2 without a ground": {
        "part2": Part2Notice(exists="yes"),
        "withheld": (Withholding(place="Paragraph 1.1", exemption=GROUND, because="The rule for it."),),
    },
}


@pytest.mark.parametrize("how", KEPT_BACK)
def test_every_way_to_keep_something_back_passes_alone(how: str, shell: Path, tmp_path: Path) -> None:
    """Alone, as pages that others bring are then not there to lead to."""
    only = PLAIN.model_copy(update=KEPT_BACK[how])
    build([only], tmp_path / "site", shell)
    assert prove(tmp_path / "site", [only], shell).problems == ()


# --- what is put in, and where ----------------------------------------------------------------------------------------

Plant = Callable[[Path], object]


def change(path: str, how: Callable[[bytes], bytes]) -> Plant:
    def plant(site: Path) -> None:
        before = (site / path).read_bytes()
        after = how(before)
        assert after != before, "the plant found no ground"
        (site / path).write_bytes(after)

    return plant


def append(path: str, what: str | bytes) -> Plant:
    return change(path, lambda held: held + (what.encode() if isinstance(what, str) else what))


def put_before(path: str, mark: str, what: str) -> Plant:
    return change(path, lambda held: held.replace(mark.encode(), f"{what}{mark}".encode(), 1))


def put_after(path: str, mark: str, what: str) -> Plant:
    return change(path, lambda held: held.replace(mark.encode(), f"{mark}{what}".encode(), 1))


def in_text(what: str) -> Plant:
    """Into the running text of a paragraph."""
    return put_before(PAGE, "The first release of HARBOUR", what)


def in_body(what: str) -> Plant:
    """Into the page, between two elements."""
    return put_before(PAGE, "</main>", what)


def in_json(how: Callable[[dict[str, Any]], object]) -> Plant:
    def rewrite(held: bytes) -> bytes:
        decision = json.loads(held)
        how(decision)
        return json.dumps(decision, ensure_ascii=False, indent=2).encode() + b"\n"

    return change(DATA, rewrite)


def in_sealed(name: str, how: Callable[[dict[str, Any]], object]) -> Plant:
    def rewrite(held: bytes) -> bytes:
        value = json.loads(held)
        how(value)
        return canonical(value) + b"\n"

    return change(name, rewrite)


def certifying(how: Callable[[dict[str, Any]], object]) -> Plant:
    """Into the certificate, whose own digest then agrees again, and nothing else."""

    def rewrite(certificate: dict[str, Any]) -> None:
        how(certificate)
        certificate["digest"] = sha256(canonical(certificate | {"digest": ""}))

    return in_sealed(CERTIFICATE, rewrite)


def new(path: str, what: str | bytes) -> Plant:
    def plant(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(what.encode() if isinstance(what, str) else what)

    return plant


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def passage(decision: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = decision["sections"][0]["passages"][0]
    return first


def spelled(text: str) -> str:
    return text.encode().ljust(32)[:32].hex()


def spaced(text: str) -> str:
    return "".join(f"<span>{word}</span> " for word in text.split())


@dataclass(frozen=True)
class Case:
    """`closed` is true where the closed world alone must find it, the seal and the rebuilding set aside.

    `resealed` says what a tamperer can make to agree again without undoing what was planted.
    """

    name: str
    plant: Plant
    closed: bool = True
    resealed: Literal["all", "certificate", "nothing"] = "all"


CASES = [
    # running text
    Case("appended to a page", append(PAGE, SECRET)),
    Case("one byte in a word", change(PAGE, lambda held: held.replace(b"HARBOUR went", b"HARBOURs went", 1))),
    Case("one digit in an amount", change(PAGE, lambda held: held.replace(b"49.927m", b"49.928m", 1))),
    Case("a word in a paragraph", in_text(f"{SECRET} ")),
    Case("an amount in a paragraph", in_text(f"{AMOUNT} ")),
    Case("an element of its own", in_body(f"<p>{SECRET}</p>")),
    Case("one word an element", in_body(spaced(SECRET))),
    Case("one letter an element", in_body("".join(f"<b>{letter}</b>" for letter in SECRET))),
    Case("split by an empty element", in_body("<p>Zephy<b></b>rine</p>")),
    Case("split by a comment", in_body("<p>Zephy<!-- -->rine</p>")),
    Case("upper case", in_body(f"<p>{SECRET.upper()}</p>")),
    Case("backwards", in_body(f"<p>{SECRET[::-1]}</p>")),
    Case("full-width letters", in_body("<p>" + "".join(chr(ord(c) + 0xFEE0) for c in "Zephyrine") + "</p>")),
    Case("look-alike letters", in_body("<p>Zерhуrinе</p>")),
    Case("zero-width spaces inside", in_body("<p>" + "\u200b".join(SECRET) + "</p>")),
    Case("soft hyphens inside", in_body("<p>" + "\u00ad".join(SECRET) + "</p>")),
    Case("invisible tag characters", in_text("".join(chr(0xE0000 + ord(c)) for c in SECRET))),
    Case("variation selectors", in_text("".join(chr(0xE0100 + ord(c)) for c in SECRET))),
    Case("zero-width bits in approved text", in_text("\u200b\u200c\u200b\u200b\u200c")),
    Case("a private-use letter", in_text("\ue000")),
    Case("Braille", in_body("<p>" + "".join(chr(0x2800 + ord(c) % 64) for c in SECRET) + "</p>")),
    Case("regional indicators", in_body("<p>\U0001f1ff\U0001f1ea\U0001f1f5</p>")),
    Case("mathematical letters", in_body("<p>𝐙𝐞𝐩𝐡𝐲𝐫𝐢𝐧𝐞</p>")),
    Case("hyphened over", in_body("<p>Zephy-\nrine</p>")),
    Case("after a separator", in_body(f"<p>PCD 9004 · {SECRET}</p>")),
    Case("an amount alone", in_body("<p>4317902</p>")),
    Case("an amount in a count's place", in_body("<p>4317902 places withheld</p>")),
    Case("an amount in words", in_body("<p>four point three million pounds</p>")),
    Case("an amount, a digit an element", in_body("".join(f"<b>{digit}</b>" for digit in "4317902")), closed=False),
    Case("approved words in another order", in_body("<p>The stores in November went live</p>")),
    # encodings
    Case("decimal entities", in_body("".join(f"&#{ord(c)};" for c in SECRET))),
    Case("hexadecimal entities", in_body("".join(f"&#x{ord(c):x};" for c in SECRET))),
    Case("entities twice over", in_body("".join(f"&amp;#{ord(c)};" for c in SECRET))),
    Case("percent signs", in_body("<p>" + "".join(f"%{ord(c):02x}" for c in SECRET) + "</p>")),
    Case("base64 in an attribute", in_body(f'<p title="{base64.b64encode(SECRET.encode()).decode()}">Summary</p>')),
    Case("hexadecimal in text", in_body(f"<p>{SECRET.encode().hex()}</p>")),
    Case("quoted-printable", in_body("<p>" + "".join(f"={ord(c):02X}" for c in SECRET) + "</p>")),
    Case("UTF-16 at the end", append(PAGE, SECRET.encode("utf-16-le"))),
    Case("UTF-16 whole", change(PAGE, lambda held: held.decode().encode("utf-16"))),
    Case("Latin-1 bytes", append(PAGE, "é".encode("latin-1"))),
    Case("a byte order mark", change(PAGE, lambda held: b"\xef\xbb\xbf" + held)),
    Case("a null byte", append(PAGE, b"\x00")),
    Case("trailing white space that spells", append(PAGE, " \t  \t \t\t"), closed=False),
    Case("a compressed page", append(PAGE, b"\x1f\x8b\x08\x00secret")),
    # mark-up
    Case("an attribute's value", put_after(PAGE, '<p class="', f"{SECRET} ")),
    Case("an attribute of its own", in_body(f'<p data-note="{SECRET}">Summary</p>')),
    Case("an attribute's name", in_body("<p zephyrine>Summary</p>")),
    Case("an attribute without quotes", in_body("<p title=Zephyrine>Summary</p>")),
    Case("an alternative text", in_body(f'<img alt="{SECRET}" src="../../assets/icon.svg">')),
    Case("an element's name", in_body("<zephyrine></zephyrine>")),
    Case("a closing element's name", in_body("</zephyrine>")),
    Case("a comment", in_body(f"<!-- {SECRET} -->")),
    Case("an unclosed comment", append(PAGE, f"<!-- {SECRET}")),
    Case("a conditional comment", in_body(f"<!--[if IE]>{SECRET}<![endif]-->")),
    Case("a bogus comment", in_body(f"<!{SECRET}>")),
    Case("a CDATA section", in_body(f"<![CDATA[{SECRET}]]>")),
    Case("a processing instruction", in_body(f"<?{SECRET}?>")),
    Case("a doctype", change(PAGE, lambda held: held.replace(b"<!doctype html", b"<!doctype html zephyrine", 1))),
    Case("a title", put_after(PAGE, "<title>", f"{SECRET} · ")),
    Case("a description", put_after(PAGE, 'name="description" content="', f"{SECRET} · ")),
    Case("a social tag", put_before(PAGE, "</head>", f'<meta property="og:title" content="{SECRET}">')),
    Case("a script", put_before(PAGE, "</head>", f'<script>var x = "{SECRET}"</script>')),
    Case("linked data", put_before(PAGE, "</head>", f'<script type="application/ld+json">"{SECRET}"</script>')),
    Case("an event", in_body(f"<p onclick=\"say('{SECRET}')\">Summary</p>")),
    Case("a style", put_before(PAGE, "</head>", f"<style>.x::after{{content:'{SECRET}'}}</style>")),
    Case("an inline style", in_body(f'<p style="--x:{SECRET}">Summary</p>')),
    Case("a template element", in_body(f"<template>{SECRET}</template>")),
    Case("a hidden input", in_body(f'<input type="hidden" value="{SECRET}">')),
    Case("a drawing's text", in_body(f"<svg><text>{SECRET}</text></svg>")),
    Case("a drawing's measure", in_body('<svg width="4317902"></svg>')),
    Case("a drawing too wide", in_body('<svg width="999"></svg>')),
    Case("an anchor", put_after(PAGE, '<div class="para" id="', "zephyrine-")),
    Case("a link elsewhere", in_body('<a href="https://example.org/zephyrine">Summary</a>')),
    Case("a link's path", in_body('<a href="../zephyrine/../pcd-9007/">Summary</a>')),
    Case("a link's dots", in_body('<a href="./../../decisions/./pcd-9007/">Summary</a>')),
    Case("a link's query", in_body('<a href="../pcd-9007/?q=zephyrine">Summary</a>')),
    Case("a link's fragment", in_body('<a href="../pcd-9007/#zephyrine">Summary</a>')),
    Case("a link to nowhere", in_body('<a href="../pcd-9999/">Summary</a>')),
    Case("a link that is data", in_body(f'<a href="data:text/plain,{SECRET}">Summary</a>')),
    Case("a link that is a script", in_body('<a href="javascript:zephyrine">Summary</a>')),
    Case("an e-mail's subject", put_after(PAGE, "?subject=", "Zephyrine%20")),
    Case("an e-mail's copy", put_after(PAGE, "mailto:", "zephyrine@example.org,")),
    Case("a source map", append(PAGE, "<!--# sourceMappingURL=zephyrine.map -->")),
    # other pages
    Case("the home page", put_before("index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("a list", put_before("decisions/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("a month", put_before("decisions/2023-12/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("the suppliers", put_before("suppliers/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("a year", put_before("decisions/2023/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("what is withheld", put_before("withheld/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("a hand-written page", put_before("about/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("the page for what is not there", put_before("404.html", "</main>", f"<p>{SECRET}</p>")),
    Case("a deferred decision's reason", put_before("decisions/pcd-9012/index.html", "</main>", f"<p>{SECRET}</p>")),
    Case("a deferred decision's summary", in_body(f"<p>{LONG.public_title} is {SECRET}</p>")),
    # data
    Case("a value", in_json(lambda d: d.update(title=f"{d['title']} {SECRET}")), closed=False),
    Case("a passage", in_json(lambda d: passage(d).update(text=f"{passage(d)['text']} {SECRET}")), closed=False),
    Case("a version's note", in_json(lambda d: d["versions"][0].update(note=SECRET)), closed=False),
    Case("an unsettled decision", in_json(lambda d: d["deferral"].update(answer="undetermined")), closed=False),
    Case("a key", in_json(lambda d: d.update({SECRET: None}))),
    Case("a number", in_json(lambda d: passage(d).update(level=4317902)), closed=False),
    Case("a key twice", put_after(DATA, "{", f'"title": "{SECRET}",')),
    Case("an escaped value", put_after(DATA, '"title": "', "\\u005a\\u0065\\u0070\\u0068")),
    Case("a comment in data", append(DATA, f"// {SECRET}")),
    Case("data after the data", append(DATA, f'"{SECRET}"')),
    Case("not a number", put_after(DATA, "{", '"level": NaN,')),
    Case("white space in data", put_after(DATA, "{", "\t \t"), closed=False),
    Case("a sitemap's address", put_before("sitemap.xml", "</urlset>", "<url><loc>https://x.example/zeph</loc></url>")),
    Case("a sitemap's comment", put_before("sitemap.xml", "</urlset>", f"<!-- {SECRET} -->")),
    Case("an entity declared", put_before("sitemap.xml", "<urlset", f'<!DOCTYPE x [<!ENTITY a "{SECRET}">]>')),
    # assets
    Case("a style sheet's comment", append("assets/site.css", f"/* {SECRET} */")),
    Case("a script's string", append("assets/site.js", f'"{SECRET}"')),
    Case("one byte of a script", append("assets/site.js", " ")),
    Case("a drawing", put_before("assets/icon.svg", "</svg>", f"<title>{SECRET}</title>")),
    Case("a font's last bytes", append("assets/atkinson-regular.woff2", SECRET)),
    # files and names
    Case("a new page", new("decisions/pcd-9999/index.html", f"<p>{SECRET}</p>")),
    Case("a new page of approved words", new("decisions/pcd-9999/index.html", "<p>Summary</p>"), closed=False),
    Case("a file's name", new("zephyrine-quokkaworth.txt", ""), closed=False),
    Case("a folder's name", new("zephyrine/index.html", "<p>Summary</p>"), closed=False),
    Case("an empty folder", lambda site: (site / "zephyrine").mkdir(), closed=False),
    Case("a hidden file", new(".zephyrine", SECRET)),
    Case("a back-up copy", new("index.html~", f"<p>{SECRET}</p>")),
    Case("an archive", new("all.zip", b"PK\x03\x04" + SECRET.encode())),
    Case("a PDF", new("decisions/pcd-9004/paper.pdf", b"%PDF-1.7 " + SECRET.encode())),
    Case("a second certificate", new("decisions/certificate.json", f'{{"note": "{SECRET}"}}')),
    Case("a name that is no UTF-8", lambda site: os.mkdir(os.fsencode(site) + b"/\xff"), closed=False),  # noqa: PTH102
    Case("a link to another file", lambda site: (site / "x.html").symlink_to("/etc/hostname"), closed=False),
    Case("a link to a folder", lambda site: (site / "x").symlink_to(site.parent), closed=False),
    Case("a pipe", lambda site: os.mkfifo(site / "x.html"), closed=False),
    Case("a pipe for a certificate", lambda site: piped(site / CERTIFICATE), False, "nothing"),
    Case("a file renamed", lambda site: (site / PAGE).rename(site / "decisions/pcd-9004/x.html"), closed=False),
    Case("a PDF missing", lambda site: (site / "decisions/pcd-9004/pcd-9004.pdf").unlink(), closed=False),
    Case("a file missing", lambda site: (site / PAGE).unlink(), closed=False),
    Case("two files swapped", change("about/index.html", lambda _: b"<!doctype html>"), closed=False),
    # the seal
    Case("a field of the manifest", in_sealed(MANIFEST, lambda m: m.update(note=SECRET)), False, "certificate"),
    Case(
        "a path of the manifest", in_sealed(MANIFEST, lambda m: m["files"].update({SECRET: {}})), False, "certificate"
    ),
    Case(
        "a digest of the manifest",
        in_sealed(MANIFEST, lambda m: m["files"]["404.html"].update(sha256=spelled(SECRET))),
        False,
        "certificate",
    ),
    Case("white space in the manifest", append(MANIFEST, "\n\n"), False, "certificate"),
    Case("a manifest that is gone", lambda site: (site / MANIFEST).unlink(), False, "nothing"),
    Case("a field of the certificate", in_sealed(CERTIFICATE, lambda c: c.update(note=SECRET)), False),
    Case("a reference", in_sealed(CERTIFICATE, lambda c: c["decisions"][0].update(reference="PCD 1zephyrine")), False),
    Case("a role", in_sealed(CERTIFICATE, lambda c: c["decisions"][0]["approvals"][0].update(role=SECRET)), False),
    Case("one approval only", in_sealed(CERTIFICATE, lambda c: c["decisions"][0]["approvals"].pop()), False),
    Case("a decision left out", in_sealed(CERTIFICATE, lambda c: c["decisions"].pop()), False),
    Case("a decision twice", in_sealed(CERTIFICATE, lambda c: c["decisions"].append(c["decisions"][0])), False),
    Case("another manifest", certifying(lambda c: c.update(manifest="0" * 64)), False, "nothing"),
    Case("another day", in_sealed(CERTIFICATE, lambda c: c.update(released_on="2026-11-22")), False, "nothing"),
    Case("another order", certifying(lambda c: c["decisions"].reverse()), False, "nothing"),
    Case("an approval of another", certifying(lambda c: c["decisions"][0].update(digest="0" * 64)), False, "nothing"),
    Case("another history", certifying(lambda c: c["decisions"][0].update(public="0" * 64)), False, "nothing"),
    Case("a reference spaced", certifying(lambda c: c["decisions"][0].update(reference="PCD 9004 ")), False, "nothing"),
    Case("another state", certifying(lambda c: c["decisions"][0].update(state="deferred")), False, "nothing"),
    Case("counts", in_sealed(CERTIFICATE, lambda c: c["counts"].update(texts=4317902)), False),
    Case("a digest that spells", in_sealed(CERTIFICATE, lambda c: c.update(previous=spelled(SECRET))), False),
    Case("a checker's name", in_sealed(CERTIFICATE, lambda c: c.update(checker=SECRET)), False),
    Case("a date", in_sealed(CERTIFICATE, lambda c: c.update(released_on=SECRET)), False),
    Case("white space in the certificate", append(CERTIFICATE, "\n"), False, "nothing"),
    Case("a comment in the certificate", append(CERTIFICATE, f"// {SECRET}"), False, "nothing"),
    Case("a certificate that is gone", lambda site: (site / CERTIFICATE).unlink(), False, "nothing"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_planted_passes(case: Case, site: Path, shell: Path) -> None:
    case.plant(site)
    assert not verify(site, shell=shell).clean, "with the old seal"

    if case.resealed != "nothing":
        for _ in range(2):  # the second time with the counts that the first brings
            reseal(site, verify(site, shell=shell).counts, manifest=case.resealed == "all")
    problems = verify(site, shell=shell).problems
    assert problems, "with a new seal"
    for problem in problems:
        assert "quokka" not in str(problem).lower(), "a problem names a place and a kind, never what it found"
        assert "zeph" not in str(problem).lower()
    if case.closed:
        assert [problem for problem in problems if problem.kind in CLOSED]


SAID = [
    (in_json(lambda d: passage(d).update(text=SECRET)), f"{DATA}: not the version that was approved"),
    (lambda site: (site / DATA).unlink(), "certificate.json: names a decision that is not in the site"),
    (lambda site: (site / "404.html").unlink(), "404.html: missing"),
    (
        lambda site: (site / "decisions/pcd-9004/pcd-9004.pdf").unlink(),
        "decisions/pcd-9004/pcd-9004.pdf: missing",
    ),
    (
        lambda site: (site / "404.html").unlink(),
        "(a file that is not ours to name): on the manifest and not in the site",
    ),
    (append(PAGE, SECRET), f"{PAGE}: another digest than on the manifest"),
    (append(PAGE, SECRET), f"{PAGE}: not what the sources make of the approved text"),
    (put_before(PAGE, "<!doctype", "paper priced "), f"{PAGE}, line 1: unknown words"),
    (append("assets/site.css", SECRET), "assets/site.css, line 1: cannot be read"),
    (new("assets/x.css", SECRET), "assets/(a file that is not ours to name): not on the manifest"),
    (new("zephyrine/x.css", SECRET), "(a file that is not ours to name): not a file of this site"),
    (lambda site: (site / "x").symlink_to("/etc"), ".: a symbolic link"),
]


@pytest.mark.parametrize(("plant", "said"), SAID)
def test_a_problem_says_where_and_what_kind(plant: Plant, said: str, site: Path, shell: Path) -> None:
    plant(site)
    assert said in [str(problem) for problem in verify(site, shell=shell).problems]


def test_a_site_of_something_else_is_found_where_the_shelf_is_at_hand(tmp_path: Path) -> None:
    """A tamperer who runs the whole publisher on a text of their own makes a whole site; the shelf says otherwise."""
    text = LONG.model_copy(update={"public_title": SECRET})
    put(tmp_path / "shelf", approved(text))
    site = publish(tmp_path, today=TODAY).site
    shell = shell_of(tmp_path / "shells")
    assert verify(site, shell=shell).clean
    assert not verify(site, shell=shell, certified=[certified(approved(LONG))]).clean
    says = current(site)
    assert says
    assert verify(site, shell=shell, certified=says.decisions).clean, "and the shelf that it was made of agrees"


def test_the_register_beside_a_site_is_asked_and_nothing_of_it_loaded_where_there_is_none(tmp_path: Path) -> None:
    put(tmp_path / "shelf", approved(PLAIN))
    site = publish(tmp_path, today=TODAY).site
    program = "import sys; from pathlib import Path; import partone; print(partone.prove(Path(sys.argv[1])).clean)"
    alone = [sys.executable, "-c", f"{program}; print('sqlalchemy' in sys.modules)", str(site)]
    done = subprocess.run(alone, capture_output=True, text=True, check=True, cwd=HOUSE)
    assert done.stdout.split() == ["True", "False"]
    Register.open(tmp_path).close()  # which has no release on record
    assert [problem.kind for problem in partone.prove(site).problems] == [
        "not the release that the register has on record"
    ]
    assert address.NOTE.startswith("register"), "a register elsewhere is known by its note"


# --- laws -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def world(shell: Path) -> ClosedWorld:
    return closed_world(SAMPLES, shell, {path: len(content) for path, content in gather(SAMPLES, shell)})


@pytest.fixture(scope="session")
def texts(shell: Path) -> dict[str, bytes]:
    return {path: content for path, content in gather(SAMPLES, shell) if path.endswith((".html", ".json", ".xml"))}


def test_every_page_is_of_its_world(world: ClosedWorld, texts: dict[str, bytes]) -> None:
    assert [problem for path, content in texts.items() for problem in world.problems(path, content)] == []


WORDS = st.lists(st.text("bcdfghjklmnpqrstvwxz", min_size=5, max_size=9), min_size=1, max_size=12)


@given(sentence=WORDS, where=st.floats(0, 1), which=st.integers(0))
def test_a_sentence_at_any_byte_of_any_text_is_found(
    world: ClosedWorld, texts: dict[str, bytes], sentence: list[str], where: float, which: int
) -> None:
    path = sorted(texts)[which % len(texts)]
    at = round(where * len(texts[path]))
    planted = texts[path][:at] + " ".join(sentence).encode() + texts[path][at:]
    assert list(world.problems(path, planted))


@given(cut=st.integers(1, 8), where=st.floats(0, 1))
def test_approved_words_torn_from_their_neighbours_are_found(
    world: ClosedWorld, texts: dict[str, bytes], cut: int, where: float
) -> None:
    """A page cannot be rewritten out of single approved words: they are known only in threes, or as a whole."""
    said = str(LONG.sections[1].passages[0].public_text).split()  # type: ignore[union-attr]  # a paragraph, no table
    start = round(where * (len(said) - 4))
    torn = " ".join(reversed(said[start : start + 4]))
    page = texts[PAGE].replace(b"</main>", f"<p>{torn}</p></main>".encode())
    assert list(world.problems(PAGE, page))


def test_what_stands_in_two_files_is_a_problem_of_both(site: Path, shell: Path) -> None:
    """A piece that was met before is not read again, but only where it was found to be ours."""
    twice = ("decisions/pcd-9004/index.html", "decisions/pcd-9012/index.html")
    for path in twice:
        put_before(path, "</main>", f"<p>{SECRET}</p>")(site)
    found = [problem.file for problem in verify(site, shell=shell).problems if problem.kind in CLOSED]
    assert set(found) == set(twice)


def test_texts_are_counted(shell: Path) -> None:
    world = closed_world(SAMPLES, shell)
    assert list(world.problems("a.txt", b"Summary")) == []
    assert world.texts == 1


def test_a_doubt_is_asked_again_when_more_is_learnt(shell: Path) -> None:
    """PDFs and data are read before it is known which files there are: what leads to one of them is then no doubt."""
    world, path = closed_world(SAMPLES, shell), "a.html"
    doubts = tuple(world.doubts(path, b'<a href="/somewhere/">Summary</a><a href="/elsewhere/">Summary</a>'))
    assert len(doubts) == 2
    world.learn_files({"somewhere/index.html": 1})
    left = [problem.found.get_secret_value() for problem in world.left(path, doubts) if problem.found]
    assert left == ["/elsewhere/"]


BROKEN = [
    b"<p",
    b"<p a=>",
    b"<>",
    b"< p>",
    b"</ p>",
    b"<p a='<'>",
    b"<script>x",
    b"<!-- x",
    b"\xff",
    b"<p/ x>",
    b"&#" + b"9" * 5000 + b";",
]


@pytest.mark.parametrize("page", BROKEN)
def test_what_cannot_be_read_is_a_problem(world: ClosedWorld, page: bytes) -> None:
    assert [problem.kind for problem in world.problems(PAGE, page)]


@pytest.mark.parametrize("path", ["x.css", "x.js", "x.pdf", "x.zip", "x", "x.csv", "x.woff2"])
def test_a_kind_of_file_that_has_no_reader_is_a_problem(world: ClosedWorld, path: str) -> None:
    assert [problem.kind for problem in world.problems(path, b"Summary")] == ["cannot be read"]


LINKS = {
    "../pcd-9007/": True,
    "../pcd-9007/#summary": True,
    "../pcd-9007/#withheld-2": True,
    "../../decisions/pcd-9007/": True,
    "/decisions/pcd-9007/": True,
    "/": True,
    "..": True,
    "../..": True,
    "../../": True,
    ".": True,
    "./": True,
    "#summary": True,
    "index.json": True,
    "https://decisions.mopac.example/decisions/pcd-9007/": True,
    "//decisions/pcd-9007/": False,
    "//": False,
    "../pcd-9007//": False,
    "..//pcd-9007/": False,
    "../../../decisions/pcd-9007/": False,
    "../../../": False,
    "./../pcd-9007/": False,
    "../pcd-9007/.": False,
    "../pcd-9007": True,
    "../pcd-9007?": False,
    "../pcd-9007/#": False,
    "../pcd-9007/#summary#summary": False,
    "#zephyrine": False,
    "https://decisions.mopac.example.zephyrine.example/decisions/": False,
    "http://decisions.mopac.example/decisions/pcd-9007/": False,
    "x/https://decisions.mopac.example/decisions/": False,
    "mailto:foi@mopac.example": True,
    "mailto:foi@mopac.example?subject=Summary": True,
    "mailto:foi@mopac.example?subject=Summary&cc=zephyrine": False,
    "mailto:foi@mopac.example?subject=S%75mmary": False,
    "mailto:foi@mopac.example?body=Summary": False,
    "tel:4317902": False,
}


@pytest.mark.parametrize(("link", "known"), LINKS.items())
def test_a_link_goes_the_plain_way_to_a_page_of_ours(world: ClosedWorld, link: str, known: bool) -> None:
    page = f'<a href="{link}">Summary</a>'.encode()
    assert [problem.kind for problem in world.problems(PAGE, page)] == ([] if known else ["unknown link"])


def test_a_link_that_is_right_on_one_page_is_not_believed_on_another(world: ClosedWorld) -> None:
    link = b'<a href="index.html">Summary</a>'
    assert not list(world.problems(PAGE, link))
    assert list(world.problems("decisions/nowhere/index.html", link)), "there is no such file beside that page"


@pytest.mark.parametrize(
    "held", ['{"title": "", "title": ""}', '{"title" ""}', '["", ]', '[""', '{"level": NaN}', '""""', ""]
)
def test_what_is_no_json_is_a_problem(world: ClosedWorld, held: str) -> None:
    assert [problem.kind for problem in world.problems(DATA, held.encode())] == ["cannot be read"]
