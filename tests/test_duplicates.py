"""Papers that say nearly the same are found as they come in; papers that share a form's wording are not."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from extract.claims import Finding
from extract.facts import Place
from extract.record import Passage, Section, WithheldPassage
from review.duplicates import CHECK, SHARED_BY_MANY
from review.intake import NewPaper
from review.likeness import ALIKE, likeness, runs_of, sketch_of
from review.register import Register
from review.tables import paper_runs
from tests.registers import a_paper, a_record, staffed

pytest_plugins = ["tests.postgres"]

WORDS = [f"word{n}" for n in range(900)]
FORM = " ".join(f"form{n}" for n in range(60))  # what every paper says, because a law or a form has it so


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home", database_url))
    yield register
    register.close()


def prose(seed: int, length: int = 300) -> str:
    """Words that no other seed says."""
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def misread(text: str, share: float) -> str:
    """The same words with some of them misread, as a scan gives them."""
    dice = random.Random(9)
    return " ".join("misread" if dice.random() < share else word for word in text.split())


def saying(folder: Path, text: str, reference: str | None = "PCD 1", kept: str = "Kept back.") -> NewPaper:
    """A paper whose Part 1 says this, and whose Part 2 something else, in a file of its own."""
    content = b"%PDF-1.7 " + hashlib.sha256(f"{text}{reference}{kept}".encode()).digest()
    paper = a_paper(folder, reference, content=content)
    said = Passage(id="1/1.1", number="1.1", level=1, text=text, page=1, boxes=(Place(page=1, box=(1, 2, 3, 4)),))
    withheld = WithheldPassage(id="part2/1", withheld_text=SecretStr(kept), page=2, why="part2")
    changed = {
        "sections": (Section(number="1", heading="Introduction", passages=(said,)),),
        "withheld_passages": (withheld,),
    }
    return replace(paper, record=paper.record.model_copy(update=changed))


def found(register: Register, paper: NewPaper) -> list[Finding]:
    """What is said of a paper when it has come in, about papers like it."""
    return [finding for finding in register.enter(paper).paper.findings if finding.check == CHECK]


TEXT = prose(1)
CASES = [  # what the second paper says, whether it is like the first, what the row is about
    (TEXT, True, "the same words"),
    (TEXT.upper().replace(" ", "  "), True, "in other type"),
    (misread(TEXT, 0.05), True, "a scan with one word in twenty misread"),
    (f"{TEXT} {prose(2, 60)}", True, "a fifth more"),
    (" ".join(TEXT.split()[60:]), True, "a fifth less"),
    (f"{' '.join(TEXT.split()[:150])} {prose(2, 150)}", False, "the second half is new"),
    (prose(2), False, "other words"),
    (f"{FORM} {prose(2)}", False, "the form's words alone"),
]


@pytest.mark.parametrize(("text", "alike", "about"), CASES, ids=[row[2] for row in CASES])
def test_a_paper_that_says_nearly_the_same_is_found(
    register: Register, tmp_path: Path, text: str, alike: bool, about: str
) -> None:
    first = saying(tmp_path, f"{FORM} {TEXT}", "PCD 1")
    assert found(register, first) == []
    findings = found(register, saying(tmp_path, f"{FORM} {text}", "PCD 2"))
    assert bool(findings) == alike
    for finding in findings:
        assert finding.severity == "needs-person"
        assert f"PCD 1 ({first.record.source.file_name}, {first.record.source.sha256[:12]})" in finding.message


def test_a_finding_quotes_no_word_of_either_paper(register: Register, tmp_path: Path) -> None:
    found(register, saying(tmp_path, TEXT))
    (finding,) = found(register, saying(tmp_path, misread(TEXT, 0.03), "PCD 2"))
    assert not {"misread", *WORDS} & set(finding.message.split())


def test_the_same_reference_asks_which_of_the_two_is_the_signed_one(register: Register, tmp_path: Path) -> None:
    found(register, saying(tmp_path, TEXT))
    (finding,) = found(register, saying(tmp_path, misread(TEXT, 0.03)))
    assert "which of the two" in finding.message


def test_nothing_of_part_2_is_compared_or_kept(register: Register, tmp_path: Path) -> None:
    secret = prose(7)
    one, other = saying(tmp_path, TEXT, "PCD 1", secret), saying(tmp_path, prose(2), "PCD 2", secret)
    assert runs_of(one.record) == runs_of(saying(tmp_path, TEXT, "PCD 1").record)
    assert found(register, one) == found(register, other) == []
    with register.reading() as connection:
        kept = set(connection.execute(select(paper_runs.c.run)).scalars())
    assert kept == {*sketch_of(runs_of(one.record)), *sketch_of(runs_of(other.record))}
    of_part_2 = runs_of(saying(tmp_path, secret).record) - runs_of(one.record)
    assert of_part_2
    assert kept.isdisjoint(of_part_2)


def test_what_comes_in_later_changes_nothing_about_the_earlier(register: Register, tmp_path: Path) -> None:
    first, second = saying(tmp_path, TEXT), saying(tmp_path, misread(TEXT, 0.03), "PCD 2")
    register.enter(first)
    register.enter(second)
    assert register.enter(first).how == register.enter(second).how == "known"


def test_a_paper_read_again_is_held_against_the_others_as_it_now_reads(register: Register, tmp_path: Path) -> None:
    found(register, saying(tmp_path, TEXT))
    second = saying(tmp_path, prose(2), "PCD 2")
    assert found(register, second) == []
    reread = saying(tmp_path, TEXT, "PCD 2").record
    again = replace(second, record=reread.model_copy(update={"source": second.record.source}))
    assert len(found(register, again)) == 1


def test_a_short_paper_says_too_little(register: Register, tmp_path: Path) -> None:
    assert found(register, saying(tmp_path, prose(1, 60))) == []
    assert found(register, saying(tmp_path, prose(1, 60), "PCD 2")) == []


def test_a_paper_on_no_known_form_is_like_nothing() -> None:
    record = a_record(b"one", "letter.pdf", None).model_copy(update={"title": None, "executive_summary": ()})
    assert runs_of(record) == frozenset()
    assert likeness(frozenset(), frozenset()) == 0 < ALIKE


def test_wording_that_many_papers_share_is_kept_for_the_first_of_them_only(register: Register, tmp_path: Path) -> None:
    for n in range(SHARED_BY_MANY + 8):
        assert found(register, saying(tmp_path, f"{FORM} {prose(n + 10, 120)}", f"PCD {n}")) == []
    with register.reading() as connection:
        kept = Counter(connection.execute(select(paper_runs.c.run)).scalars())
    assert max(kept.values()) == SHARED_BY_MANY
    last = prose(SHARED_BY_MANY + 17, 120)
    assert len(found(register, saying(tmp_path, f"{FORM} {last} and two", "PCD 999"))) == 1
