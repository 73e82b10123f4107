"""The pages of the register, read as bytes: what stands in them, where it may come from, and that they never vary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from publish import words
from publish.body import SITE, body
from publish.fonts import woff2
from publish.listing import NotSettled
from publish.pages import anchor, render_site
from publish.part1 import Part1, Stub
from publish.shell import build_shell, shipped
from publish.view import ground_anchor
from tests.sample_decisions import DEFERRED, GRANTS, LONG, MARKUP, SAMPLES, TWO_MARKS, UNRESOLVED, UNTITLED


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("shell")
    build_shell(target)
    return target


@pytest.fixture(scope="session")
def pages(shell: Path) -> dict[str, bytes]:
    return render_site(shell, SAMPLES)


class Texts(HTMLParser):
    """Collects the text of each element on its own, every attribute a reader may meet, and every address."""

    SPOKEN = ("title", "alt", "aria-label", "placeholder", "content", "data-name")
    ALONE = ("meta", "link", "input", "br")

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.raw: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in self.SPOKEN and value and tag != "meta":
                self.texts.append(value)
            if name == "content" and value and ("name", "description") in attrs:
                self.texts.append(value)
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value:
                self.links.append(value)
            assert name != "style", "the policy of the site refuses inline styles"
            assert not name.startswith("on"), "the policy of the site refuses inline scripts"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))


def page(pages: dict[str, bytes], decision: Part1 | Stub) -> str:
    return pages[f"decisions/{decision.slug}/index.html"].decode()


def body_of(html: str) -> str:
    """The main part of a page as one line of text, for finding phrases that run over elements."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


# -- the closed world, in small: a stranger to the real check, so that neither can hide the other's mistake


def literals() -> tuple[re.Pattern[str], ...]:
    """Every run of literal text in the templates, the shell's pages and the body's details, integers left open."""
    found: set[str] = set()
    for source in sorted((SITE / "templates").glob("*.html")):
        text = re.sub(r"{#.*?#}", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"{%.*?%}", "\0", text, flags=re.DOTALL)
        text = re.sub(r"{{.*?}}", "\1", text, flags=re.DOTALL)
        found.update(re.split(r"<[^>]*>|\0", text))
        found.update(re.findall(r'(?:aria-label|placeholder|content|data-name)="([^"]*)"', text))
    runs = {" ".join(run.split()) for run in found} | {"Table"}
    return tuple(re.compile(r"[\d,]+".join(map(re.escape, run.split("\1")))) for run in runs if run.strip("\1 "))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield " ".join(value.split())


def test_every_text_of_every_page_is_a_value_or_a_literal_and_never_a_mixture(
    pages: dict[str, bytes], shell: Path
) -> None:
    own = literals()
    shells = {text for frame in shell.rglob("*.html") for text in Texts(frame.read_bytes()).texts}
    spoken = {text for one in SAMPLES for text in strings(one.model_dump(mode="json"))}
    spoken |= {form for one in SAMPLES for form in words.forms(one)} | words.site_forms(SAMPLES)
    everything = "\0".join(spoken)
    for path, content in pages.items():
        if not path.endswith(".html"):
            continue
        for text in Texts(content).texts:
            for run in text.split(" · "):
                known = (
                    run.strip(" .,“”·") in everything
                    or run in shells
                    or re.fullmatch(r"[\d,]+", run)
                    or any(literal.fullmatch(run) for literal in own)
                )
                assert known, f"{path}: {run!r} is neither a value of a decision nor a literal of a template"


# -- what a decision says


def test_the_json_is_the_public_value_and_nothing_else(pages: dict[str, bytes]) -> None:
    for one in SAMPLES:
        raw = pages[f"decisions/{one.slug}/index.json"]
        assert json.loads(raw) == one.model_dump(mode="json")
        assert raw.endswith(b"}\n")
        assert b"\\u" not in raw, "JSON for people to read keeps its letters"


def test_the_six_facts(pages: dict[str, bytes]) -> None:
    said = body_of(page(pages, LONG))
    for fact in (
        "Decided by Deputy Mayor for Policing and Crime",
        "Signed 21 December 2023",
        "Value £8.949m our sum of the contracts",
        "Outcome Approved",
        "Published 9 January 2024 Corrected 14 February 2024",
        "Suppliers Alder &amp; Wren LLP , Cairn Systems Inc. , Civic Messaging Service",
    ):
        assert fact in said
    assert "Value Not given" in body_of(page(pages, GRANTS)), "one value is a range: no sum is made up"


def test_the_order_of_the_page_is_the_order_of_the_look(pages: dict[str, bytes]) -> None:
    html = page(pages, LONG)
    ids = [one for one in re.findall(r'<(?:h2|section)[^>]* id="([^"]+)"', html) if one not in ("contents", "help")]
    assert ids == [
        "summary", "recommendations", "contracts", *(f"section-{n}" for n in range(1, 8)),
        "withheld", "part-2", "versions", "ask",
    ]  # fmt: skip


def test_every_number_is_a_permanent_link_to_its_own_paragraph(pages: dict[str, bytes]) -> None:
    html = page(pages, LONG)
    assert anchor("2/2.2.3.3") == "p-2-2.2.3.3"
    for passage in ("summary/3.a", "recommendation/4", "1/1.1", "2/2.2.3.3", "7/7.1"):
        assert f'id="{anchor(passage)}"' in html
        assert f'href="#{anchor(passage)}"' in html


def test_ids_are_unique_and_every_link_inside_a_page_leads_somewhere(pages: dict[str, bytes]) -> None:
    for path, content in pages.items():
        if path.endswith(".html"):
            read = Texts(content)
            assert len(set(read.ids)) == len(read.ids), path
            assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids), path


def test_no_link_of_the_whole_site_is_dead(pages: dict[str, bytes], shell: Path) -> None:
    files = {**{name: (shell / name).read_bytes() for name in shipped(shell)}, **pages}
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        for link in Texts(content).links:
            if re.match(r"(?:https://|mailto:|#)", link):
                continue
            target, _, part = link.partition("#")
            root = Path("/") if path == "404.html" else Path("/", path).parent
            where = Path(root, target).as_posix()
            parts: list[str] = []
            for step in where.split("/"):
                parts = parts[:-1] if step == ".." else [*parts, step] if step not in ("", ".") else parts
            name = "/".join(parts)
            found = name if name in files else f"{name}/index.html".lstrip("/")
            assert found in files, f"{path} links to {link}"
            assert not part or part in Texts(files[found]).ids, f"{path} links to {link}"


# -- what is withheld


def test_a_mark_links_to_its_line_and_the_line_links_back(pages: dict[str, bytes]) -> None:
    html = page(pages, LONG)
    assert (
        '<a class="mark" id="mark-1" href="#withheld-1"><span>Withheld: law enforcement</span>'
        '<span class="spoken">, reason 1 of 3</span></a>' in html
    )
    for entry in (1, 2, 3):
        assert f'id="withheld-{entry}"' in html
        assert f'href="#mark-{entry}"' in html
        assert f'id="mark-{entry}"' in html
    assert " title=" not in html, "a mark says what it says: nothing hides in a tooltip"


def test_a_section_withheld_whole_is_one_box_of_one_form(shell: Path, pages: dict[str, bytes]) -> None:
    said = body_of(page(pages, LONG))
    assert "All of section 4 is withheld: legal privilege It is advice from lawyers to their client." in said
    assert "4.2" not in said, "how many paragraphs it had is not said"
    longer = LONG.sections[3].model_copy(update={"passages": LONG.sections[3].passages[:1]})
    one = LONG.model_copy(update={"sections": (*LONG.sections[:3], longer, *LONG.sections[4:])})
    html = render_site(shell, [one])[f"decisions/{one.slug}/index.html"].decode()
    assert re.sub(r"<code>.*?</code>", "", html) == re.sub(r"<code>.*?</code>", "", page(pages, LONG))


def test_the_words_of_a_mark_never_vary_with_what_they_hide(pages: dict[str, bytes]) -> None:
    marks = re.findall(r'<a class="mark"[^>]*>(.*?)</a>', page(pages, TWO_MARKS))
    plain = [re.sub(r"reason \d", "reason N", mark) for mark in marks]
    assert len(plain) == 3
    assert plain[0] == plain[1]


def test_a_part_2_is_announced_and_its_ground_is_law_only_where_confirmed(pages: dict[str, bytes]) -> None:
    said = body_of(page(pages, UNRESOLVED))
    assert "Part 2 of this paper is not published" in said
    assert "The paper cites “ Article 9(4) of the Estates Order 2016 (Confidence, section 12) ”." in said
    assert "No person has confirmed yet which exemption applies." in said
    assert "Next review 14 January 2027" in said
    assert "This paper has no Part 2." in body_of(page(pages, GRANTS))


def test_the_list_of_the_withheld_has_every_place_once_the_next_review_first(pages: dict[str, bytes]) -> None:
    html = pages["withheld/index.html"].decode()
    table = html[html.index('class="places"') :]
    reviews = re.findall(r'data-name="Next review">(?:<span>)?([^<]+)<', table)
    assert reviews == [
        "1 December 2026", "14 January 2027", "14 January 2027", "1 February 2027", "1 February 2027",
        "1 February 2027", "1 March 2027", "Not set yet", "Not set yet",
    ]  # fmt: skip
    assert f'href="../decisions/{LONG.slug}/#withheld-1"' in table
    assert f'href="../decisions/{LONG.slug}/#part-2"' in table


def test_a_long_list_of_the_withheld_goes_on_over_several_pages(shell: Path) -> None:
    many = [TWO_MARKS.model_copy(update={"reference": f"PCD {number}"}) for number in range(1, 151)]
    built = render_site(shell, many)
    assert [path for path in built if path.startswith("withheld/") and "/for-" not in path] == [
        "withheld/2/index.html", "withheld/3/index.html", "withheld/grounds/index.html", "withheld/index.html",
    ]  # fmt: skip
    lists = ("withheld/index.html", "withheld/2/index.html", "withheld/3/index.html")
    assert [built[path].decode().count('data-name="Place"') for path in lists] == [200, 200, 50]
    assert '<a href="../../withheld/">Earlier reviews</a>' in built["withheld/2/index.html"].decode()
    assert '<a href="../../withheld/3/">Later reviews</a>' in built["withheld/2/index.html"].decode()
    assert "Later reviews" not in built["withheld/3/index.html"].decode()
    assert "By ground" not in built["withheld/3/index.html"].decode()


def test_each_ground_in_use_is_explained_once_and_one_that_nobody_checked_is_not(pages: dict[str, bytes]) -> None:
    html = pages["withheld/grounds/index.html"].decode()
    used = {line.exemption for decision in SAMPLES if isinstance(decision, Part1) for line in decision.withheld}
    used |= {ground for d in SAMPLES if isinstance(d, Part1) and d.part2.exists == "yes" for ground in d.part2.grounds}
    for ground in used:
        assert html.count(f'id="{ground_anchor(ground)}"') == 1
        assert f'href="../withheld/grounds/#{ground_anchor(ground)}"' in pages["withheld/index.html"].decode()
        assert not ground.means or ground.means.replace("'", "&#39;") in html
    assert ("which one applies" in html) == any(ground.key is None for ground in used)


def test_a_deferred_decision_says_that_it_exists_and_until_when_and_no_more(pages: dict[str, bytes]) -> None:
    said = body_of(page(pages, DEFERRED))
    for words_ in (
        "PCD 9012",
        "Sale of a former police station",
        "12 November 2026",
        "15 January 2027",
        "not yet agreed",
    ):
        assert words_ in said
    untitled = page(pages, UNTITLED)
    assert "The title is not public yet" in untitled
    assert "Sale of" not in untitled
    assert "Title not public yet" in pages["index.html"].decode()


# -- what a paper says is text


def test_markup_and_formulas_in_a_paper_are_inert(pages: dict[str, bytes]) -> None:
    for path in (
        f"decisions/{MARKUP.slug}/index.html",
        "index.html",
        "decisions/index.html",
        "decisions/2024/index.html",
    ):
        read = Texts(pages[path])
        assert read.tags.count("script") == 1, f"{path}: only the site's own script"
        assert not {"img", "b script"} & set(read.tags)
        assert "{{ 7*7 }}" in pages[path].decode()
        assert "&lt;script&gt;" in pages[path].decode()
    assert "{{ config }}" in page(pages, MARKUP)
    assert "=SUM(A1:A9) and +44" in page(pages, MARKUP)


# -- the site


def test_the_same_values_give_the_same_bytes_in_any_order(shell: Path, pages: dict[str, bytes]) -> None:
    assert render_site(shell, tuple(reversed(SAMPLES))) == pages
    assert list(pages) == sorted(pages)


def test_a_decision_that_leaves_a_question_open_is_refused(shell: Path) -> None:
    with pytest.raises(NotSettled, match="does not say when it was signed"):
        render_site(shell, [LONG.model_copy(update={"signed_on": None})])


def test_a_register_with_nothing_in_it_says_so(shell: Path) -> None:
    empty = render_site(shell, [])
    assert sorted(empty) == ["decisions/index.html", "index.html", "sitemap.xml", "withheld/index.html"]
    assert "No decision is published yet." in empty["index.html"].decode()
    assert "Nothing is withheld." in empty["withheld/index.html"].decode()


def test_a_page_is_at_most_30_kilobytes_longer_than_its_text(pages: dict[str, bytes]) -> None:
    for path, content in pages.items():
        if path.endswith(".html"):
            assert len(content) - len("".join(Texts(content).texts).encode()) < 30_000, path


def test_the_shell_ships_a_short_list_of_files_and_asks_nobody(shell: Path) -> None:
    assert shipped(shell) == (
        "404.html",
        "about/index.html",
        "accessibility/index.html",
        "assets/atkinson-bold.woff2",
        "assets/atkinson-regular.woff2",
        "assets/icon.svg",
        "assets/site.css",
        "assets/site.js",
    )
    for name in shipped(shell):
        if name.endswith((".html", ".css", ".js")):
            text = (shell / name).read_text(encoding="utf-8")
            assert not re.search(r"(?:src|srcset)=\"(?:https?:)?//|url\((?:https?:)?//|@import", text), name
            assert "<style" not in text
            assert not re.search(r"<script(?! src=)", text), name
            assert "{" not in re.sub(r"<[^>]*>", "", text) or not name.endswith(".html"), f"{name}: a hole was left"


def test_the_sitemap_names_every_page_by_the_bodys_address(pages: dict[str, bytes]) -> None:
    found = re.findall(r"<loc>([^<]+)</loc>", pages["sitemap.xml"].decode())
    assert f"{body().site_address}decisions/{LONG.slug}/" in found
    html = {path.removesuffix("index.html") for path in pages if path.endswith(".html")}
    assert {one.removeprefix(body().site_address) for one in found} == html | {"about/", "accessibility/"}


def test_the_fonts_are_the_same_bytes_on_every_build() -> None:
    assert woff2("Bold") == woff2("Bold")
    assert woff2("Bold")[:4] == b"wOF2"


# -- words for values


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("19659000", "£19.659m"),
        ("61400000", "£61.400m"),
        ("4812345000", "£4,812.345m"),
        ("1234567.89", "£1,234,567.89"),
        ("1234567", "£1,234,567"),
        ("810000", "£810k"),
        ("249500", "£249,500"),
        ("750", "£750"),
        ("750.5", "£750.50"),
        ("0", "£0"),
    ],
)
def test_a_sum_of_ours_is_exact(value: str, said: str) -> None:
    assert words.money(Decimal(value)) == said


def test_a_date_is_written_as_people_write_it() -> None:
    assert words.day(date(2023, 12, 21)) == "21 December 2023"
    assert words.day(date(2024, 2, 1)) == "1 February 2024"


def test_the_forms_of_a_decision_are_all_that_is_printed_beside_its_own_strings() -> None:
    said = words.forms(LONG)
    assert {"21 December 2023", "£8.949m", "Direct award", "Extension", "Approved", "1 March 2027"} <= said
    assert words.forms(UNTITLED) >= {"12 November 2026", "1 February 2027"}
    assert "£70.349m" in words.site_forms(SAMPLES)
