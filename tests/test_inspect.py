"""Words hidden in a file beside its pages are found with their kind and their text, wherever they hang."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, String

from ingest.reader import read
from tests.hiding import (
    ADDRESS,
    SAID,
    SECRET,
    Change,
    a_field,
    a_field_that_counts,
    a_form_in_packets,
    a_pop_up,
    a_reply,
    a_signature,
    at,
    attached,
    bookmark,
    changed,
    element,
    hidden,
    note,
    packet,
    put,
    zipped,
)
from tests.pages import text

# How words are hidden, the kind of the finding, and what does it.
PLACES: list[tuple[str, str, Change]] = [
    # Properties of the file.
    ("the subject", "metadata", at("/Info/Subject", String(SAID))),
    ("a title that no page has", "metadata", at("/Info/Title", String(SAID))),
    ("the name of a program", "metadata", at("/Info/Producer", String(f"Microsoft Word {SECRET}"))),
    ("a property of one's own", "metadata", at("/Info/Supplier", String(SECRET))),
    ("a company as the author", "metadata", at("/Info/Author", String(f"{SECRET} Limited"))),
    ("text where a date belongs", "metadata", at("/Info/ModDate", String(f"D:2026 {SECRET}"))),
    ("a label of sensitivity", "sensitivity-label", at("/Info/MSIP_Label_0f1e_Name", String(SECRET))),
    ("a description in XMP", "metadata", packet(f"<dc:description>{SAID}</dc:description>")),
    ("an attribute in XMP", "metadata", packet(f'<rdf:li pdf:Keywords="{SAID}"/>')),
    ("a comment in XMP", "metadata", packet(f"<!-- {SAID} -->")),
    ("the history in XMP", "metadata", packet(f"<stEvt:changed>/{SECRET}</stEvt:changed>")),
    ("the XMP of a page", "metadata", packet(f"<dc:subject>{SAID}</dc:subject>", "/Page/Metadata")),
    # Ways about the file.
    ("a bookmark below another", "bookmark", bookmark(SAID)),
    ("a named place", "bookmark", at("/Names/Dests", Dictionary(Names=Array([String(SECRET), Array([])])))),
    ("a link to a named place", "bookmark", note(Subtype=Name.Link, Dest=String(SECRET))),
    ("a page's name", "page-label", at("/PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String(SECRET))])))),
    ("an address", "link", note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(ADDRESS)))),
    (
        "a server inside",
        "link",
        note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"https://mps.sharepoint.com/sites/{SECRET}"))),
    ),
    ("a letter to", "link", note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"mailto:a@{SECRET}.uk")))),
    ("another file", "link", note(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String(rf"\\srv\{SECRET}.pdf")))),
    # What a screen reader says.
    ("the description of a picture", "structure-text", element(Alt=String(SAID))),
    ("a word written out", "structure-text", element(E=String(SECRET))),
    ("the title of an element", "structure-text", element(T=String(SAID))),
    ("the number of an element", "structure-text", element(ID=String(f"{SECRET}-1"))),
    # Comments, forms, signatures.
    ("a pop-up", "comment", a_pop_up),
    ("a note in rich text", "comment", a_reply),
    ("who wrote a note", "comment", note(Subtype=Name.Highlight, T=String(SECRET))),
    ("the subject of a note", "comment", note(Subtype=Name.Highlight, Subj=String(SECRET))),
    ("what a link is said to be", "comment", note(Subtype=Name.Link, Contents=String(SAID))),
    ("the hint of a field", "form", a_field(FT=Name.Tx, TU=String(SAID))),
    ("a choice nobody made", "form", a_field(FT=Name.Ch, Ff=1 << 17, Opt=Array([String("Yes"), String(SAID)]))),
    ("the reason of a signature", "form", a_signature),
    ("the room for a signature", "form", lambda p: a_signature(p, "London", SAID.encode())),
    ("an XFA form in packets", "form", a_form_in_packets),
    # Programs.
    (
        "a script by name",
        "script",
        lambda p: put(
            p,
            "/Names/JavaScript",
            Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String(SAID))])),
        ),
    ),
    ("a script of a field", "script", a_field_that_counts),
    (
        "a form that is sent",
        "script",
        note(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String(ADDRESS)))),
    ),
    # Files in the file.
    ("an attached text", "attachment", attached("a.txt", SAID.encode())),
    ("an attached text in UTF-16", "attachment", attached("a.txt", SAID.encode("utf-16"))),
    ("an attached workbook", "attachment", attached("a.xlsx", zipped(f"<si><t>{SAID}</t></si>".encode()))),
    (
        "a file in an archive in an archive",
        "attachment",
        attached("a.zip", zipped(zipped(SAID.encode(), "b.txt"), "b.zip")),
    ),
    ("an attached PDF", "attachment", attached("a.pdf", changed(None, text(72, 100, SAID)))),
    ("the subject of an attached PDF", "attachment", attached("a.pdf", changed(at("/Info/Subject", String(SAID))))),
    ("the name of an attached file", "attachment", attached(f"{SECRET}.txt", b"x")),
]


@pytest.mark.parametrize(("kind", "change"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_hidden_words_are_found(kind: str, change: Change) -> None:
    found = hidden(changed(change))
    assert any(one.kind == kind for one in found), found
    assert any(SECRET in one.text for one in found if one.kind == kind), found


def test_each_planted_word_is_found_and_told(shared_leaks: Path) -> None:
    """All but the width of a gap, which no file says: 14."""
    rows = json.loads((shared_leaks / "manifest.json").read_text())
    silent, loud = [], []
    for row in rows:
        found = read(shared_leaks / row["file"]).hidden
        if row["file"].startswith(("98", "99")):
            loud += [(row["file"], one.kind) for one in found]
        elif not found or not (row["pixel_only"] or any(row["secret"] in one.text for one in found)):
            silent.append(row["file"])
    assert (silent, loud) == (["14_glyph_width_residual.pdf"], [])
