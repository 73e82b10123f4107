"""People correct what was read: typed, beside the machine's reading, and never to the harm of what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from extract import checks, rules
from extract.amend import UnfitAmendmentError, amend, fields, fitting, lapsed, reading
from extract.claims import Amend, Release, Span, Withhold
from extract.record import DecisionRecord, NoteMark, WithheldPassage, digest
from extract.retold import moved
from extract.separate import Disclosure, separate
from extract.texts import public_texts
from review import office, withholding
from review.acts import Claim, Said
from review.amending import Corrected, corrected
from review.answers import folded
from review.errors import Conflict, NotAllowed, RegisterError, SeveralPapers
from review.intake import NewPaper
from review.register import Register
from tests.registers import PUBLIC, WITHHELD, a_paper, at, staffed
from tests.test_publication import PAPERS
from tests.test_publication import record_of as read_sample
from tests.test_separate import record_of, with_notes

pytest_plugins = ["tests.postgres"]

POUND = "\N{POUND SIGN}"
RECORD = read_sample("consistent")


def said(field: str, value: str | None, was: str | None, n: int = 1) -> Amend:
    return Amend(by="Ada Lovell", at=at(n), because="Misread.", id=f"amend:{n}", field=field, value=value, was=was)


def read_as(field: str, value: str | None, record: DecisionRecord = RECORD) -> DecisionRecord:
    return amend(record, [said(field, fitting(record, field, value), reading(record, field))])


# What a correction may be

FIT = [
    ("reference", "pcd-9082", "PCD 9082"),
    ("reference", "PCD 890 and 1561", "PCD 890 and 1561"),
    ("title", "  Body-Worn\nCameras ", "Body-Worn Cameras"),
    ("approval.signed_on", "21/05/2026", "2026-05-21"),  # day first, as British papers print it
    ("approval.signed_on", "21 May 2026", "2026-05-21"),
    ("deferral.until", None, None),  # the paper gives none
    ("approval.interests", "None", "none"),
    ("part2.exists", "YES", "yes"),
    ("awards[0].value", f"{POUND}2.450m", f"{POUND}2.450m"),
    ("awards[0].framework", "", None),
    ("2/2.1", "The cameras have to be in use.", "The cameras have to be in use."),
    ("3/t1/r1/c0", "", ""),  # a cell may be empty
]


@pytest.mark.parametrize(("field", "value", "kept"), FIT)
def test_a_correction_is_kept_in_one_form(field: str, value: str | None, kept: str | None) -> None:
    assert fitting(RECORD, field, value) == kept
    assert reading(read_as(field, value), field) == kept


UNFIT = [
    ("reference", "the reference", "no reference"),
    ("reference", "PCD 9082 or so", "no reference"),
    ("reference", None, "cannot be left empty"),
    ("approval.signed_on", "31/02/2026", "no day of the calendar"),
    ("approval.signed_on", "12/21/2026", "no day of the calendar"),  # the month is never first
    ("approval.signed_on", "soon", "no day of the calendar"),
    ("approval.interests", "perhaps", "one of these"),
    ("deferral.answer", "later", "one of these"),
    ("awards[0].value", "about a million", "no single sum"),
    ("awards[0].value", f"{POUND}1m to {POUND}2m", "no single sum"),
    ("awards[0].value", "€5m", "no single sum"),
    ("awards[9].value", f"{POUND}5m", "can be corrected"),
    ("approval.approved", "yes", "can be corrected"),  # only ink says that it was approved
    ("title", " ", "cannot be left empty"),
    ("2/2.1", "A word\u200b of it", "nobody sees"),  # what nobody sees could carry anything
    ("2/2.1", "A \u202ereversed word", "nobody sees"),
    ("2/2.1", "x" * 20_001, "too long"),
    ("part2/p1", "A word", "can be corrected"),
]


@pytest.mark.parametrize(("field", "value", "why"), UNFIT)
def test_what_cannot_be_is_refused_with_a_sentence(field: str, value: str | None, why: str) -> None:
    with pytest.raises(UnfitAmendmentError, match=why) as refusal:
        fitting(RECORD, field, value)
    assert str(refusal.value).endswith(".")


def test_every_public_text_and_every_award_can_be_corrected() -> None:
    assert {text.place for text in public_texts(RECORD)} <= set(fields(RECORD))
    assert {"awards[0].supplier", "awards[1].total_after"} <= set(fields(RECORD))


@pytest.mark.parametrize("field", fields(RECORD))
def test_a_correction_changes_its_own_field_and_none_that_does_not_follow_from_it(field: str) -> None:
    typed = {"signed_on": "2026-01-02", "until": "2026-01-02", "value": f"{POUND}7m", "total_after": f"{POUND}7m"}
    named = {"reference": "PCD 1", "approval.interests": "stated", "part2.exists": "yes", "deferral.answer": "yes"}
    new = named.get(field) or typed.get(field.rpartition(".")[2], "Other words.")
    if reading(RECORD, field) == new:
        new = {"approval.interests": "none", "part2.exists": "no", "deferral.answer": "no"}[field]
    after = read_as(field, new)
    assert reading(after, field) == new
    others = [f for f in fields(RECORD) if f != field and not f.startswith("awards[")]
    assert [reading(after, f) for f in others] == [reading(RECORD, f) for f in others]
    assert digest(after) != digest(RECORD)
    assert digest(RECORD) == digest(read_sample("consistent")), "the reading itself is left alone"


def test_a_correction_of_a_recommendation_reads_its_sums_and_contracts_again() -> None:
    words = str(reading(RECORD, "recommendation/1")).replace("2.400m", "2.600m")
    after = read_as("recommendation/1", words)
    assert after.awards[0].value == "2600000"
    assert f"{POUND}2.600m" in {amount.as_printed for amount in after.amounts}
    assert f"{POUND}2.600m" not in {amount.as_printed for amount in RECORD.amounts}


def test_of_two_corrections_the_later_counts_and_one_of_another_reading_lapses() -> None:
    was = RECORD.title
    two = [said("title", "First", was, 1), said("title", "Second", was, 2)]
    assert amend(RECORD, two).title == "Second"
    other = said("title", "Third", "What it never read", 3)
    assert amend(RECORD, [other]) == RECORD
    assert lapsed(RECORD, [*two, other]) == (other,)


MOVED = [
    ("one two", "one three", [3], [3]),  # before the change
    ("one two three", "one 2 three", [13], [11]),  # behind it
    ("one two three", "one 2 three", [6], [5]),  # within it: at its end
    ("one", "one and more", [3], [3]),
    ("abc", "", [2], [0]),
]


@pytest.mark.parametrize(("before", "after", "at_first", "then"), MOVED)
def test_the_marks_of_footnotes_move_with_their_words(
    before: str, after: str, at_first: list[int], then: list[int]
) -> None:
    notes = tuple(NoteMark(footnote="footnote/1", at=at) for at in at_first)
    assert [note.at for note in moved(notes, before, after)] == then


# The laws, over whatever people may correct, withhold and release in whatever order

WORDS = ("The", "board", "a.person@board.example", "020 7946 0123", "agrees.", "QQ 12 34 56 C", f"{POUND}250k",
         "Rhys Penhaligon", "SW1A 2AA", "Ashdown", "by", "2027")  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
noted = st.lists(st.tuples(texts, st.sampled_from(["passage", "cell", "heading"]), st.floats(0, 1)), max_size=2)


@st.composite
def records(draw: st.DrawFn) -> DecisionRecord:
    cells = (draw(st.sampled_from(("Account number", "Name", "Telephone"))), draw(texts))
    record = record_of(draw(st.lists(texts, min_size=4, max_size=5)), cells=cells)
    return with_notes(record, draw(noted))


class Desk:
    """A paper and what was said of it so far, without a register."""

    def __init__(self, record: DecisionRecord) -> None:
        self.record = record
        self.said: list[Said] = []

    def say(self, claim: Claim) -> None:
        self.said.append(Said(len(self.said) + 1, claim, digest(self.record), rules.digest()))

    def read(self) -> Corrected:
        return corrected(self.record, self.said, folded(self.said, digest(self.record), rules.digest()))

    def split(self) -> Disclosure:
        read = self.read()
        return separate(read.record, read.markings, read.review)

    def ids(self) -> list[str]:
        read = self.read()
        return [*(m.id for m in read.markings.claims), *(w.id for w in read.review.withholds)]


def a_span(draw: st.DrawFn, record: DecisionRecord) -> Span:
    text = draw(st.sampled_from([text for text in public_texts(record) if text.text]))
    start = draw(st.integers(0, len(text.text) - 1))
    end = draw(st.integers(start + 1, len(text.text)))
    return Span(passage=text.place) if draw(st.booleans()) else Span(passage=text.place, start=start, end=end)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """A paper of which people have said this and that."""
    desk = Desk(draw(records()))
    for n in range(draw(st.integers(0, 6))):
        step(draw, desk, n, draw(st.sampled_from(("amend", "amend", "withhold", "release", "undo"))))
    return desk


def step(draw: st.DrawFn, desk: Desk, n: int, what: str) -> None:
    now = desk.read()
    if what == "amend":
        places = [text.place for text in public_texts(desk.record)]
        field = draw(st.sampled_from([place for place in places if not place.startswith(("part2", "approval"))]))
        was = reading(desk.record, field)
        desk.say(said(field, draw(st.one_of(texts, st.just(was))), was, n))
    elif what == "withhold":
        words = {"by": "Bo Marsh", "at": at(n), "because": "Harm.", "exemption": "FOIA s.43(2)"}
        desk.say(Withhold.model_validate({**words, "id": f"person:{n}", "place": a_span(draw, now.record)}))
    elif what == "release" and desk.ids():
        desk.say(Release(by="Bo Marsh", at=at(n), because="No harm.", overrules=draw(st.sampled_from(desk.ids()))))
    elif what == "undo" and now.amendments:
        overruled = draw(st.sampled_from([each.id for each in now.amendments]))
        desk.say(Release(by="Bo Marsh", at=at(n), because="It was right.", overrules=overruled))


def withheld(split: Disclosure) -> set[str]:
    return {span.place for span in split.part2.spans}


LAW = settings(max_examples=60)


@st.composite
def corrections(draw: st.DrawFn) -> tuple[Desk, Desk]:
    """A paper before and after one more correction, or one less."""
    before = draw(desks())
    after = Desk(before.record)
    after.said = [*before.said]
    step(draw, after, 59, draw(st.sampled_from(("amend", "undo"))))
    return before, after


@LAW
@given(corrections())
def test_no_correction_makes_public_what_is_withheld(desks: tuple[Desk, Desk]) -> None:
    before, after = desks
    there = {text.place for text in public_texts(after.read().record) if text.text}
    assert withheld(before.split()) & there <= withheld(after.split())


@LAW
@given(corrections())
def test_words_withheld_in_a_text_that_is_another_now_are_withheld_with_all_of_it(desks: tuple[Desk, Desk]) -> None:
    before, after = desks
    texts_before, texts_now = (dict(public_texts(desk.read().record)) for desk in desks)
    people = {claim.id for claim in before.read().review.withholds}
    whole = {(span.place, span.start, span.end) for span in after.split().part2.spans}
    for span in before.split().part2.spans:
        text = texts_now.get(span.place, "")
        if people & set(span.claims) and text and text != texts_before[span.place]:
            assert (span.place, 0, len(text)) in whole


@LAW
@given(desks())
def test_what_waits_for_a_second_look_is_said_and_what_rules_find_in_the_corrected_text_is_withheld(
    desk: Desk,
) -> None:
    now = desk.read()
    assert all(sentence.endswith(".") for sentence in now.obstacles)
    texts_now = dict(public_texts(now.record))
    released = {claim.overrules for claim in now.review.releases}
    cut = {(s.place, n) for s in desk.split().part2.spans for n in range(s.start, s.end)}
    for marking in rules.propose(now.record).claims:
        if marking.id not in released:
            span = marking.place
            letters = range(span.start or 0, len(texts_now[span.passage]) if span.end is None else span.end)
            assert {(span.passage, n) for n in letters} <= cut


@LAW
@given(desks())
def test_overruling_every_correction_gives_the_reading_back(desk: Desk) -> None:
    for n, each in enumerate(desk.read().amendments, 50):
        desk.say(Release(by="Bo Marsh", at=at(n), because="It was right.", overrules=each.id))
    assert desk.read().record == desk.record


def test_a_release_given_on_other_words_must_be_given_again() -> None:
    desk = Desk(record_of(["Title", "Rec.", "Write to a.person@board.example now."]))
    (marking,) = rules.propose(desk.record).claims
    desk.say(Release(by="Bo Marsh", at=at(1), because="It is public.", overrules=marking.id))
    assert not desk.split().part2.spans
    place = marking.place.passage
    desk.say(said(place, "Write to b.person@board.example now.", desk.record.sections[0].passages[0].text, 2))  # type: ignore[union-attr]  # a paragraph
    (span,) = desk.split().part2.spans
    assert span.withheld_text.get_secret_value() == "b.person@board.example"


# At the register


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home", database_url))
    yield register
    assert register.verify_log() == ()
    register.close()


ADA, BO = "Ada Lovell", "Bo Marsh"


def enter(register: Register, name: str = "consistent") -> str:
    record = read_sample(name)
    new = NewPaper(PAPERS / f"{name}.pdf", record, rules.digest(), checks.find(record))
    return register.enter(new).paper.sha256


def test_a_corrected_reference_is_found_by_both_and_its_rivals_are_seen(register: Register) -> None:
    misread, other = enter(register), enter(register, "plain")
    assert not office.look(register, other).dossier.facts.rivals
    view = office.amend(register, misread, "reference", "PCD9001", ADA, "An 8 was read for a 0.")
    assert view.dossier.paper.name == view.disclosure.part1.reference == "PCD 9001"  # type: ignore[union-attr]
    assert register.find("PCD 9081").sha256 == misread
    assert {rival.sha256 for rival in office.look(register, other).dossier.facts.rivals} == {misread}
    with pytest.raises(SeveralPapers):
        register.find("PCD 9001")
    (amendment,) = view.amendments
    view = office.release(register, misread, amendment.id, BO, "It was an 8.")
    assert view.dossier.paper.name == "PCD 9081"
    assert not office.look(register, other).dossier.facts.rivals, "who bears it in error is no rival"
    register.enter(NewPaper(PAPERS / "plain.pdf", read_sample("plain"), rules.digest(), ()))  # read anew
    assert register.verify_log() == ()


# What an officer types that goes out before or beside the text, and whether it says what stands in Part 2.
TYPED = [
    ("The supplier named in confidence is QUILLFEATHER Systems.", True),
    ("Thesuppliernamedinconfidenceis Quillfeather-Systems", True),  # joined otherwise
    ("A sum of \N{POUND SIGN}1,250,000 is in doubt.", True),
    ("The talks with the supplier go on.", False),
    (f"As the paper says: {PUBLIC}", False),  # Part 2 says it too, and so does Part 1
]


@pytest.mark.parametrize(("typed", "tells"), TYPED)
def test_what_officers_type_for_the_public_says_nothing_of_part_2(tmp_path: Path, typed: str, tells: bool) -> None:
    register = staffed(Register.open(tmp_path / "home"))
    new = a_paper(tmp_path)
    secret = SecretStr(f"{WITHHELD} {PUBLIC} It is paid \N{POUND SIGN}1.25m.")
    part2 = WithheldPassage(id="part2/1", withheld_text=secret, page=2, why="part2")
    record = new.record.model_copy(update={"withheld_passages": (part2,)})
    sha = register.enter(replace(new, record=record)).paper.sha256

    def withhold() -> object:
        return withholding.withhold(register, sha, "summary/1", "FOIA s.43(2)", ADA, typed, "the purchase of bicycles")

    def amend() -> object:
        return office.amend(register, sha, "deferral.reason", typed, ADA, "Misread.")

    if tells:
        for act, why in ((withhold, "says what is withheld"), (amend, "what stands in Part 2")):
            with pytest.raises(RegisterError, match=why):
                act()
        assert not office.look(register, sha).dossier.claims
    else:
        amend()
    register.close()


def test_a_correction_ends_approvals_and_settles_what_it_answers(register: Register) -> None:
    record = read_sample("consistent").model_copy(update={"title": None})
    new = NewPaper(PAPERS / "consistent.pdf", record, rules.digest(), checks.find(record))
    sha = register.enter(new).paper.sha256
    for finding in office.look(register, sha).dossier.findings:
        if finding.severity != "note":
            office.answer(register, sha, finding.id, ADA, "Asked.")
    assert "The paper has no title." in office.look(register, sha).state.reasons
    view = office.amend(register, sha, "title", "Body-Worn Cameras", ADA, "It stands on the cover.")
    assert view.dossier.paper.title == "Body-Worn Cameras"
    assert "The paper has no title." not in view.state.reasons
    assert view.amendments[0].was is None
    assert register.record(sha).title is None, "the machine's reading is kept"


def test_an_approval_given_before_a_correction_is_void_and_a_stale_correction_a_conflict(register: Register) -> None:
    sha = enter(register)
    for finding in office.look(register, sha).dossier.findings:
        if finding.severity != "note":
            office.answer(register, sha, finding.id, ADA, "Asked.")
    seen = office.approve(register, sha, BO).dossier.paper.revision
    view = office.amend(register, sha, "approval.signed_on", "20 May 2026", ADA, "Misread.", seen=seen)
    assert view.state.reasons[0] == "Two people must approve this version."
    assert view.record.approval.signed_on == date(2026, 5, 20)
    with pytest.raises(Conflict, match="changed PCD 9081 since"):
        office.amend(register, sha, "title", "Another", BO, "Misread.", seen=seen)
    with pytest.raises(NotAllowed, match="Cy Pratt is a clerk"):
        office.amend(register, sha, "title", "Another", "Cy Pratt", "Misread.")
    with pytest.raises(RegisterError, match="read there already"):
        office.amend(register, sha, "title", view.record.title, ADA, "Misread.")


def test_a_withheld_name_is_looked_for_in_corrected_text_even_where_its_own_passage_changed(register: Register) -> None:
    sha = enter(register)
    view = office.look(register, sha)
    words = str(reading(view.record, "recommendation/1"))
    withholding.withhold(register, sha, "recommendation/1", "FOIA s.43(2)", BO, "Harm.", "Fernleigh Imaging Ltd")
    withholding.withhold(register, sha, "5/5.2", "FOIA s.43(2)", BO, "Harm.", "Fernleigh Imaging Ltd")
    office.amend(register, sha, "recommendation/1", words.replace("Fernleigh", "Fernlea"), ADA, "Misread.")
    view = office.amend(register, sha, "4/4.2", "Fernleigh Imaging Ltd needs no advice.", ADA, "Misread.")
    assert any("4/4.2" in reason and "also stand" in reason for reason in view.state.reasons)
    part1 = view.disclosure.part1
    assert part1 is not None
    assert "Fernlea" not in str(part1.recommendations)
    assert "Fernlea" not in str(part1.awards)


def test_a_corrected_contract_is_published_so_unless_its_words_are_withheld(register: Register) -> None:
    sha = enter(register)
    view = office.amend(register, sha, "awards[1].supplier", "Marlowe Archive plc", ADA, "An e was lost.")
    assert view.disclosure.part1 is not None
    assert [award.supplier for award in view.disclosure.part1.awards] == [
        "Fernleigh Imaging Ltd",
        "Marlowe Archive plc",
    ]
    view = withholding.withhold(register, sha, "awards[1].supplier", "FOIA s.43(2)", BO, "Harm.")
    assert view.disclosure.part1 is not None
    assert [award.supplier for award in view.disclosure.part1.awards] == ["Fernleigh Imaging Ltd", None]
    view = withholding.withhold(register, sha, "recommendation/2", "FOIA s.43(2)", BO, "Harm.")
    assert view.disclosure.part1 is not None
    assert "Marl" not in str(view.disclosure.part1.awards)


def test_an_answer_counts_for_a_finding_as_it_was_asked_and_lapses_when_it_is_asked_otherwise(
    register: Register,
) -> None:
    sha = enter(register, "inconsistent")
    asked = (f for f in office.look(register, sha).dossier.findings if f.check == "stated-count-differs")
    finding = next(f for f in asked if f.passage == "5/5.1")
    view = office.answer(register, sha, finding.id, ADA, "The drafter was asked.")
    same = office.amend(register, sha, "title", "Another title of it", ADA, "Misread.")
    assert next(f for f in same.dossier.findings if f.id == finding.id).answered_by == ADA
    words = str(reading(view.record, "5/5.1")).replace("three suppliers", "eleven suppliers")
    view = office.amend(register, sha, "5/5.1", words, ADA, "Misread.")
    again = [f for f in view.dossier.findings if f.id == finding.id]
    assert [f.answered_by for f in again] == [None], "it says eleven now"
