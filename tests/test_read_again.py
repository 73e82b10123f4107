"""A paper that is read anew, or read as people correct it: what was said of other words counts for none of these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import checks, rules
from extract.amend import reading
from extract.claims import Amend, Release, Span, Withhold
from extract.record import DecisionRecord, digest
from extract.retold import retold
from extract.separate import separate, wording
from extract.texts import public_texts
from review import office, withholding
from review.acts import Said
from review.amending import Corrected, corrected
from review.answers import folded
from review.errors import NotAllowed, RegisterError
from review.intake import NewPaper
from review.register import Register
from review.view import View
from tests.registers import at, staffed
from tests.test_publication import PAPERS
from tests.test_publication import record_of as read_sample
from tests.test_separate import record_of, with_notes

pytest_plugins = ["tests.postgres"]

ADA, BO = "Ada Lovell", "Bo Marsh"

# The law, over whatever was withheld and however the same print is divided by a later reading

WORDS = [
    "amber",
    "birch",
    "cedar",
    "damson",
    "elder",
    "fennel",
    "ginger",
    "hazel",
    "indigo",
    "jasmine",
    "kelp",
    "lilac",
    "maple",
    "nettle",
    "oak",
    "poplar",
]


@st.composite
def readings(draw: st.DrawFn) -> DecisionRecord:
    """One reading of the same sixteen words: where each passage ends, and which of them are footnotes, is drawn."""
    ends = sorted(draw(st.sets(st.integers(1, len(WORDS) - 1), min_size=5, max_size=8)))
    parts = [" ".join(WORDS[a:b]) for a, b in zip([0, *ends], [*ends, len(WORDS)], strict=True)]
    notes = draw(st.integers(0, 2))
    where = st.tuples(st.sampled_from(["passage", "cell", "heading"]), st.floats(0, 1))
    record = record_of(parts[: len(parts) - notes], cells=("Lot", "Use"))
    return with_notes(record, [(text, *draw(where)) for text in parts[len(parts) - notes :]])


@st.composite
def withholdings(draw: st.DrawFn, record: DecisionRecord, *, known: bool) -> tuple[Withhold, ...]:
    """What a person withheld of a reading: words, passages, the section; `known` keeps what stood there."""
    claims = []
    for n in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from([text for text in public_texts(record) if text.text]))
        start = draw(st.integers(0, len(text.text) - 1))
        words = Span(passage=text.place, start=start, end=draw(st.integers(start + 1, len(text.text))))
        place = draw(st.sampled_from([words, words, Span(passage=text.place), Span(passage="1")]))
        claims.append(
            Withhold(
                by=BO, at=at(n), because="Harm.", id=f"person:{n}", place=place, exemption="FOIA s.43(2)",
                wording=wording(record, place.passage) if known else None,
            )
        )  # fmt: skip
    return tuple(claims)


def read_as(record: DecisionRecord, said: list[Said]) -> Corrected:
    return corrected(record, said, folded(said, digest(record), rules.digest()))


def letters(record: DecisionRecord, read: Corrected) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """The letters of the sixteen words that are withheld, and those that are public."""
    kept = {
        (s.place, n) for s in separate(record, read.markings, read.review).part2.spans for n in range(s.start, s.end)
    }
    withheld: set[tuple[str, int]] = set()
    public: set[tuple[str, int]] = set()
    for text in public_texts(record):
        for word in WORDS:
            first = text.text.find(word)
            for n in range(len(word)) if first >= 0 else ():
                (withheld if (text.place, first + n) in kept else public).add((word, n))
    return withheld, public


@settings(max_examples=400)
@given(st.data(), readings(), st.booleans())
def test_no_letter_that_a_person_withheld_is_public_in_a_later_reading_until_they_look_again(
    data: st.DataObject, before: DecisionRecord, known: bool
) -> None:
    claims = data.draw(withholdings(before, known=known))
    said = [Said(n, claim, digest(before), rules.digest()) for n, claim in enumerate(claims, 1)]
    withheld, _ = letters(before, read_as(before, said))
    after = data.draw(st.one_of(readings(), st.just(before.model_copy(update={"reference": "PCD 9002"}))))
    again = read_as(after, said)
    split = separate(again.record, again.markings, again.review)
    if withheld & letters(after, again)[1]:
        assert again.obstacles or split.held
    if known:  # it counts as it was said where the text is the same, and says so where it is not
        same = [wording(after, claim.place.passage) == claim.wording for claim in claims]
        assert bool(again.obstacles) == (not all(same))
        assert [new.place == old.place for new, old in zip(again.review.withholds, claims, strict=True)] == [
            one or old.place.start is None for one, old in zip(same, claims, strict=True)
        ]
    elif digest(after) != digest(before):
        assert len(again.obstacles) == len(claims)


def test_the_wording_of_a_place_is_all_that_hangs_from_it() -> None:
    texts = ["Title", "Rec.", "One two three.", "Four."]
    plain = record_of(texts)
    noted = with_notes(plain, [("A note.", "passage", 0.5)])
    moved = with_notes(plain, [("A note.", "passage", 1.0)])
    other = with_notes(plain, [("Another.", "passage", 0.5)])
    host = "1/1.1"
    assert len({wording(record, host) for record in (plain, noted, moved, other)}) == 4
    assert len({wording(record, "1") for record in (plain, noted, moved, other)}) == 4
    assert len({wording(record, "1/1.2") for record in (plain, noted, moved, other)}) == 1
    assert wording(plain, "footnote/1") is None
    assert wording(plain, "1/heading") != wording(plain, "1")


# At the register


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home", database_url))
    yield register
    assert register.verify_log() == ()
    register.close()


def enter(register: Register, record: DecisionRecord | None = None) -> str:
    record = record or read_sample("consistent")
    new = NewPaper(PAPERS / "consistent.pdf", record, rules.digest(), checks.find(record))
    return register.enter(new).paper.sha256


def text_of(view: View, place: str) -> str:
    return str(reading(view.record, place))


def withheld_of(view: View, place: str) -> list[str]:
    return [span.withheld_text.get_secret_value() for span in view.disclosure.part2.spans if span.place == place]


@pytest.fixture
def paper(register: Register) -> str:
    """A paper of which all that is asked is answered, and some words of paragraph 2.1 are withheld."""
    sha = enter(register)
    for finding in office.look(register, sha).dossier.findings:
        if finding.severity != "note":
            office.answer(register, sha, finding.id, ADA, "Asked.")
    return sha


def test_words_that_a_later_reading_has_elsewhere_are_not_taken_by_their_place(register: Register, paper: str) -> None:
    words = text_of(office.look(register, paper), "2/2.1")
    secret = "wiped and recycled"
    withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", BO, "Harm.", secret)
    (claim,) = office.look(register, paper).dossier.review.withholds
    enter(register, retold(read_sample("consistent"), "2/2.1", f"Some words more. {words}"))
    view = office.look(register, paper)
    assert withheld_of(view, "2/2.1") == [f"Some words more. {words}"]
    assert view.state.name == "held"
    assert any("In paragraph 2.1" in why and claim.id in why for why in view.state.reasons)
    with pytest.raises(NotAllowed):
        office.approve(register, paper, BO)
    withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", BO, "Harm.", secret)  # a person looks again
    view = office.release(register, paper, claim.id, BO, "Withheld anew where it stands.")
    assert withheld_of(view, "2/2.1") == [secret]
    assert not any(claim.id in why for why in view.obstacles)


def test_a_reading_that_leaves_a_text_alone_leaves_its_withholding_alone(register: Register, paper: str) -> None:
    secret = "wiped and recycled"
    withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", BO, "Harm.", secret)
    enter(register, retold(read_sample("consistent"), "4/4.2", "This is read otherwise."))
    view = office.look(register, paper)
    assert withheld_of(view, "2/2.1") == [secret]
    assert not view.obstacles


def test_a_place_that_a_later_reading_does_not_have_holds_the_paper(register: Register, paper: str) -> None:
    withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", BO, "Harm.")
    record = read_sample("consistent")
    sections = tuple(s.model_copy(update={"passages": s.passages[1:] if s.number == "2" else s.passages})
                     for s in record.sections)  # fmt: skip
    enter(register, record.model_copy(update={"sections": sections}))
    view = office.look(register, paper)
    assert view.disclosure.part1 is None
    assert view.state.name == "held"


def test_a_release_of_words_in_a_corrected_text_ends_with_the_correction(register: Register, paper: str) -> None:
    secret = "wiped and recycled"
    view = withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", BO, "Harm.", secret)
    (claim,) = view.dossier.review.withholds
    (amendment,) = office.amend(register, paper, "2/2.1", "Nothing of it.", ADA, "Misread.").amendments
    view = office.release(register, paper, claim.id, BO, "Nothing in the corrected text.")
    assert withheld_of(view, "2/2.1") == []
    view = office.release(register, paper, amendment.id, BO, "It was not misread.")
    assert withheld_of(view, "2/2.1") == [secret]


def test_a_release_said_of_another_reading_keeps_nothing_from_being_carried_over() -> None:
    """What a person let go in one reading is not let go in the next, and so not lost when that is corrected."""
    first = record_of(["Title", "Rec.", "Write to a.person@board.example now."])
    then = retold(first, "1/1.1", "Write to b.person@board.example now.")
    (marking,) = rules.propose(first).claims
    said = [
        Said(1, Release(by=BO, at=at(1), because="It is public.", overrules=marking.id), digest(first), rules.digest())
    ]
    changed = Amend(
        by=ADA, at=at(2), because="Misread.", id="amend:2", field="1/1.1", value="Write to b person at board now.",
        was=reading(then, "1/1.1"),
    )  # fmt: skip
    said.append(Said(2, changed, digest(then), rules.digest()))
    read = read_as(then, said)
    split = separate(read.record, read.markings, read.review)
    assert [span.withheld_text.get_secret_value() for span in split.part2.spans] == ["Write to b person at board now."]


def test_a_release_of_what_was_carried_over_speaks_of_one_text_too() -> None:
    record = record_of(["Title", "Rec.", "Write to a.person@board.example now."])
    said: list[Said] = []

    def amend(n: int, value: str) -> None:
        claim = Amend(
            by=ADA, at=at(n), because="Misread.", id=f"amend:{n}", field="1/1.1", value=value,
            was="Write to a.person@board.example now.",
        )  # fmt: skip
        said.append(Said(n, claim, digest(record), rules.digest()))

    amend(1, "Write to them now.")
    (kept,) = [m.id for m in read_as(record, said).markings.claims if "~" in m.id]
    said.append(Said(2, Release(by=BO, at=at(2), because="Fine.", overrules=kept), digest(record), rules.digest()))
    assert not separate((now := read_as(record, said)).record, now.markings, now.review).part2.spans
    amend(3, "Write to a person at board now.")
    now = read_as(record, said)
    spans = separate(now.record, now.markings, now.review).part2.spans
    assert [span.withheld_text.get_secret_value() for span in spans] == ["Write to a person at board now."]
    assert now.obstacles


def test_a_reason_says_nothing_that_is_withheld_anywhere_in_the_paper(register: Register, paper: str) -> None:
    reason = "It would harm Fernleigh Imaging Ltd."
    view = withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", ADA, reason, "wiped and recycled")
    (first,) = view.dossier.review.withholds
    assert not view.obstacles, "the name is public"
    view = withholding.withhold_name(register, paper, "Fernleigh Imaging Ltd", BO, "Harm.", "FOIA s.43(2)")
    assert any("is published, says what is withheld" in why and first.id in why for why in view.obstacles)
    with pytest.raises(RegisterError, match="says what is withheld"):
        withholding.withhold(register, paper, "2/2.2", "FOIA s.43(2)", ADA, reason)
    withholding.withhold(register, paper, "2/2.1", "FOIA s.43(2)", ADA, "Harm.", "wiped and recycled")
    view = office.release(register, paper, first.id, ADA, "Said again in other words.")
    assert not any("says what is withheld" in why for why in view.obstacles)
