"""A file whose pages hang on no tree is refused at once and by name, and one with a page that is broken as well."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from ingest.errors import UnreadableError
from ingest.pagetree import is_tangled
from ingest.reader import read_bytes
from tests.pages import print_pdf, text

Change = Callable[[Pdf], None]


def branch(pdf: Pdf, *kids: pikepdf.Object, count: int = 1) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(kids), Count=count))


def itself(pdf: Pdf) -> None:
    inner = branch(pdf, count=300)
    inner.Kids = Array([inner] * 9)
    pdf.Root.Pages.Kids.append(inner)


def one_another(pdf: Pdf) -> None:
    one, other = branch(pdf), branch(pdf)
    one.Kids, other.Kids = Array([other, other]), Array([one])
    pdf.Root.Pages.Kids.append(one)


def no_circle(pdf: Pdf) -> None:
    """No way leads back, and there are more ways than anybody can walk."""
    inner = branch(pdf)
    for _ in range(40):
        inner = branch(pdf, inner, inner)
    pdf.Root.Pages.Kids.append(inner)
    pdf.Root.Pages.Count = 300


def a_tree(pdf: Pdf) -> None:
    """Pages on branches of their own, as many programs hang them."""
    root = pdf.Root.Pages
    leaves = list(root.Kids)
    root.Kids = Array([branch(pdf, branch(pdf, *leaves[:1])), branch(pdf, *leaves[1:])])


def nothing(pdf: Pdf) -> None:
    """One branch."""


def saved(folder: Path, change: Change, packed: bool) -> bytes:
    path = print_pdf(folder / "one.pdf", text(72, 100, "Page one."), text(72, 100, "Page two."))
    with pikepdf.open(path) as pdf:
        change(pdf)
        kept = io.BytesIO()
        pdf.save(kept, object_stream_mode=ObjectStreamMode.generate if packed else ObjectStreamMode.disable)
    return kept.getvalue()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("change", [itself, one_another, no_circle])
def test_a_tangle_is_refused_at_once(tmp_path: Path, change: Change, packed: bool) -> None:
    pdf = saved(tmp_path, change, packed)
    begun = time.monotonic()
    with pytest.raises(
        UnreadableError, match=r"one\.pdf: The file is broken: its list of pages leads back into itself"
    ):
        read_bytes("one.pdf", pdf)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("change", [nothing, a_tree])
def test_a_tree_is_read(tmp_path: Path, change: Change, packed: bool) -> None:
    pages = read_bytes("one.pdf", saved(tmp_path, change, packed)).pages
    assert [page.lines[0].text for page in pages] == ["Page one.", "Page two."]


def test_names_that_are_spelt_otherwise_hide_no_tangle(tmp_path: Path) -> None:
    pdf = saved(tmp_path, itself, False)
    head, behind, rest = pdf.partition(b"/Kids")
    assert is_tangled(head + behind + rest.replace(b"/Kids", b"/K#69ds"))


def test_a_page_listed_twice_is_no_tangle(tmp_path: Path) -> None:
    """Careless programs do that; the engine reads it."""
    pdf = saved(tmp_path, lambda pdf: pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[0]), True)
    assert not is_tangled(pdf)


def test_a_page_that_is_broken_is_named(tmp_path: Path) -> None:
    def lose(pdf: Pdf) -> None:
        pdf.pages[1].obj.Type = Name.Catalog

    with pytest.raises(UnreadableError, match=r"one\.pdf: Page 2 is broken: nothing can be read from it\. Open it in"):
        read_bytes("one.pdf", saved(tmp_path, lose, False))
