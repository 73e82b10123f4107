"""The laws of `separate`, as properties of random records, claims and reviews."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from extract.claims import Answer, Marking, Markings, Release, Review, Span, Withhold
from extract.facts import Approval, ChiefExecutive, Citation, DeferralFacts, Part2Facts, Source
from extract.record import DecisionRecord, Footnote, NoteMark, Passage, Section, TablePassage, WithheldPassage, digest
from extract.separate import Disclosure, separate
from extract.texts import leading, public_texts
from publish.part1 import Part1, canonical_json

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RULES = "r" * 64
KEYS = ("FOIA s.40(2)", "FOIA s.43(2)", "FOIA s.31(1)(a)")

LAW = settings(max_examples=150)  # a law is tried harder than a case

prose = st.text(alphabet="abcdefg XYZ£1234567890.,-", min_size=1, max_size=60).filter(lambda t: t.strip() != "")
SECRET = st.text(alphabet="QWVK", min_size=6, max_size=14)  # letters that stand in no other text here


def passage(identity: str, text: str, notes: tuple[NoteMark, ...] = ()) -> Passage:
    return Passage(id=identity, number=None, level=1, text=text, page=1, boxes=(), notes=notes)


def footnote(number: int, text: str, led_from: str | None) -> Footnote:
    return Footnote(
        id=f"footnote/{number}", number=None, level=1, text=text, page=1, boxes=(), mark=str(number), passage=led_from
    )


def with_notes(record: DecisionRecord, notes: list[tuple[str, str, float]]) -> DecisionRecord:
    """The record with footnotes: (text, "passage" or "heading" or "cell" or "", how far along that the mark stands)."""
    (section,) = record.sections
    *passages, table = section.passages
    assert isinstance(table, TablePassage)
    made = []
    for n, (text, where, along) in enumerate(notes, 1):

        def mark(words: str, n: int = n, along: float = along, **cell: int) -> NoteMark:
            return NoteMark(footnote=f"footnote/{n}", at=round(along * len(words)), **cell)

        led = None
        if where == "heading":
            led, section = "1/heading", section.model_copy(update={"notes": (*section.notes, mark(section.heading))})
        elif where == "cell":
            cell = mark(table.rows[0][0], row=1, column=0)
            led, table = table.id, table.model_copy(update={"notes": (*table.notes, cell)})
        elif where and isinstance(passages[0], Passage):
            led = passages[0].id
            passages[0] = passages[0].model_copy(update={"notes": (*passages[0].notes, mark(passages[0].text))})
        made.append(footnote(n, text, led))
    section = section.model_copy(update={"passages": (*passages, table)})
    return record.model_copy(update={"sections": (section,), "footnotes": tuple(made)})


def record_of(
    texts: list[str],
    *,
    outside: tuple[str, ...] = (),
    cells: tuple[str, ...] = ("a", "b"),
    form: str | None = "mopac-dmpc-decision",
    hidden: tuple[str, ...] = (),
) -> DecisionRecord:
    """A record with a title, a recommendation, and a section of the other texts and a table."""
    title, recommendation, *rest = texts
    table = TablePassage(id="1/t1", caption=None, header=cells, rows=(cells,), page=1, boxes=())
    return DecisionRecord(
        source=Source(sha256="0" * 64, file_name="paper.pdf", pages=1),
        body="MOPAC", form=form, reference="PCD 9001", reference_as_printed="PCD9001", title=title,
        recommendations=(passage("recommendation/1", recommendation),),
        approval=Approval(decision_maker="Deputy Mayor", interests="none", interests_text="None.", approved=True,
                          signature="image", signed_on=NOW.date()),
        sections=(Section(number="1", heading="Introduction",
                          passages=(*(passage(f"1/1.{n}", text) for n, text in enumerate(rest, 1)), table)),),
        part2=Part2Facts(exists="yes", marking=None, ceases_when="It ceases to be exempt on 1 May 2027.",
                         exemptions=(Citation(as_printed="section 43(2) FOIA", instrument="FOIA", provision="43(2)",
                                              key="FOIA s.43(2)", status="resolved"),)),
        deferral=DeferralFacts(answer="no", reason=None, until=None),
        chief_executive=ChiefExecutive(statement="The chief executive was consulted.", signature="image",
                                       signed_on=NOW.date()),
        hidden=hidden,
        withheld_passages=tuple(
            WithheldPassage(id=f"part2/p{n}", withheld_text=SecretStr(text), page=2, why="part2")
            for n, text in enumerate(outside, 1)
        ),
    )  # fmt: skip


noted = st.lists(
    st.tuples(prose, st.sampled_from(["passage", "passage", "heading", "cell", ""]), st.floats(0, 1)), max_size=3
)
records = st.builds(with_notes, st.lists(prose, min_size=4, max_size=7).map(record_of), noted)


@st.composite
def spans_in(draw: st.DrawFn, record: DecisionRecord) -> Span:
    """A place of the record: whole, or some of its characters."""
    text = draw(st.sampled_from(list(public_texts(record))))
    if draw(st.booleans()) or not text.text:
        return Span(passage=text.place)
    start = draw(st.integers(0, len(text.text) - 1))
    return Span(passage=text.place, start=start, end=draw(st.integers(start + 1, len(text.text))))


@st.composite
def markings_in(draw: st.DrawFn, record: DecisionRecord, prefix: str = "rule") -> Markings:
    claims = tuple(
        Marking(
            id=f"{prefix}-{n}",
            place=draw(spans_in(record)),
            exemption=draw(st.sampled_from(KEYS)),
            rule=prefix,
            because="By rule.",
        )
        for n in range(draw(st.integers(0, 5)))
    )
    return Markings(rules_digest=RULES, claims=claims)


@st.composite
def cases(draw: st.DrawFn) -> tuple[DecisionRecord, Markings, Review]:
    """A record, what rules claim of it, and what people said: withholdings, and releases of some of the claims."""
    record = draw(records)
    markings = draw(markings_in(record))
    withholds = tuple(
        Withhold(
            by="A",
            at=NOW,
            because="By hand.",
            id=f"person-{n}",
            place=draw(spans_in(record)),
            exemption=draw(st.sampled_from(KEYS)),
        )
        for n in range(draw(st.integers(0, 2)))
    )
    known = [*(claim.id for claim in markings.claims), *(claim.id for claim in withholds)]
    overruled = draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    releases = tuple(Release(by="B", at=NOW, because="May be public.", overrules=claim) for claim in overruled)
    return (
        record,
        markings,
        Review(record_digest=digest(record), rules_digest=RULES, withholds=withholds, releases=releases),
    )


def public_side(part1: Part1) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    """Each public text by its place, with where its marks stand."""
    found: dict[str, tuple[str, list[tuple[int, int]]]] = {}

    def put(place: str, text: str | None, marks: object = ()) -> None:
        if text is not None:
            found[place] = (text, [(m.start, m.end) for m in marks])  # type: ignore[attr-defined]  # marks of any kind

    put("title", part1.public_title, part1.title_marks)
    put("recommendation_lead", part1.recommendation_lead)
    blocks = [*part1.executive_summary, *part1.recommendations]
    for section in part1.sections:
        put(f"{section.passages[0].id.partition('/')[0]}/heading", section.public_heading, section.marks)
        blocks += section.passages
    for note in part1.footnotes:
        put(note.id, note.public_text, note.marks)
    for block in blocks:
        if block.kind == "text":
            put(block.id, block.public_text, block.marks)
        else:
            for r, row in enumerate((block.public_header, *block.public_rows)):
                for c, cell in enumerate(row):
                    put(f"{block.id}/r{r}/c{c}", cell, [m for m in block.marks if (m.row, m.column) == (r, c)])
    return found


def published_characters(record: DecisionRecord, disclosure: Disclosure) -> set[tuple[str, int]]:
    """Which characters of the paper's texts are public: those that no withheld span covers, none where it is held."""
    if disclosure.part1 is None:
        return set()
    kept = {(s.place, at) for s in disclosure.part2.spans for at in range(s.start, s.end)}
    return {(t.place, at) for t in public_texts(record) for at in range(len(t.text))} - kept


@LAW
@given(cases())
def test_nothing_is_lost_and_nothing_is_on_both_sides(case: tuple[DecisionRecord, Markings, Review]) -> None:
    record, markings, review = case
    disclosure = separate(record, markings, review)
    assert disclosure.part1 is not None
    sides = public_side(disclosure.part1)
    for text in public_texts(record):
        if text.place.startswith("footnote/") and text.place not in sides:
            kept = [(s.start, s.end) for s in disclosure.part2.spans if s.place == text.place]
            assert kept == [(0, len(text.text))]  # withheld with what leads to it, whole
            continue
        if text.place not in sides:
            continue  # fields of the notice, which carry no marks of their own
        public, marks = sides[text.place]
        spans = sorted((s for s in disclosure.part2.spans if s.place == text.place), key=lambda s: s.start)
        assert len(spans) == len(marks)
        for (start, end), span in reversed(list(zip(marks, spans, strict=True))):
            assert text.text[span.start : span.end] == span.withheld_text.get_secret_value()
            public = public[:start] + span.withheld_text.get_secret_value() + public[end:]
        assert public == text.text
        assert all(a.end < b.start for a, b in pairwise(spans))


@LAW
@given(cases())
def test_every_claim_that_stands_is_obeyed(case: tuple[DecisionRecord, Markings, Review]) -> None:
    record, markings, review = case
    public = published_characters(record, separate(record, markings, review))
    overruled = {release.overrules for release in review.releases}
    texts = {text.place: text.text for text in public_texts(record)}
    claims: tuple[Marking | Withhold, ...] = (*markings.claims, *review.withholds)
    for claim in claims:
        if claim.id not in overruled:
            place = claim.place
            last = len(texts[place.passage]) if place.end is None else place.end
            assert not public & {(place.passage, at) for at in range(place.start or 0, last)}


@LAW
@given(cases())
def test_a_footnote_is_public_only_with_all_that_leads_to_it(case: tuple[DecisionRecord, Markings, Review]) -> None:
    record, markings, review = case
    disclosure = separate(record, markings, review)
    assert disclosure.part1 is not None
    shown = {note.id for note in disclosure.part1.footnotes}
    led = leading(record)
    for note in record.footnotes:
        beside = [
            span
            for place, at in led.get(note.id, ())
            for span in disclosure.part2.spans
            if span.place == place and span.start <= at <= span.end
        ]
        assert (note.id in shown) == (note.id in led and not beside)
    texts = public_side(disclosure.part1)
    for place, at in marks_of_notes(disclosure.part1):
        assert not any(start < at < end for start, end in texts[place][1])  # no mark stands inside another


def marks_of_notes(part1: Part1) -> list[tuple[str, int]]:
    blocks = [*part1.executive_summary, *part1.recommendations]
    found = [("1/heading", note.at) for section in part1.sections for note in section.notes]
    for section in part1.sections:
        blocks += section.passages
    for block in blocks:
        if block.kind == "text":
            found += [(block.id, note.at) for note in block.notes]
        else:
            found += [(f"{block.id}/r{note.row}/c{note.column}", note.at) for note in block.notes]
    return found


@LAW
@given(cases())
def test_the_marks_of_shown_footnotes_stand_where_they_are_printed(
    case: tuple[DecisionRecord, Markings, Review],
) -> None:
    """As many letters of the paper stand before and behind each as on paper, whatever is cut out between."""
    record, markings, review = case
    part1 = separate(record, markings, review).part1
    assert part1 is not None
    sides, texts = public_side(part1), {text.place: text.text for text in public_texts(record)}
    shown = {note.id for note in part1.footnotes}
    printed = sorted(place for note, places in leading(record).items() if note in shown for place in places)
    assert len(printed) == len(marks_of_notes(part1))
    for (place, at), (other, public_at) in zip(printed, sorted(marks_of_notes(part1)), strict=True):
        assert place == other
        assert texts[place][:at].endswith(sides[place][0][:public_at][-1:]) or any(
            end == public_at for _, end in sides[place][1]
        )


@LAW
@given(st.lists(SECRET, max_size=3), st.lists(SECRET, max_size=3), st.sampled_from(KEYS))
def test_how_many_notes_something_withheld_has_changes_nothing(one: list[str], other: list[str], key: str) -> None:
    made = []
    for secrets in (one, other):
        record = with_notes(
            record_of(["Title", "To approve it.", "first", "second"]), [(s, "passage", 0.5) for s in secrets]
        )
        claim = Marking(id="a", place=Span(passage="1/1.1"), exemption=key, rule="r", because="By rule.")
        part1 = separate(record, Markings(rules_digest=RULES, claims=(claim,))).part1
        assert part1 is not None
        made.append(canonical_json(part1))
    assert made[0] == made[1]


def test_a_footnote_that_nothing_leads_to_is_not_public() -> None:
    record = with_notes(record_of(["Title", "To approve it.", "first", "second"]), [("QWVKQW", "", 0.0)])
    part1 = separate(record, Markings(rules_digest=RULES)).part1
    assert part1 is not None
    assert "QWVKQW" not in canonical_json(part1).decode()


def test_a_footnote_of_the_public_rest_of_a_paragraph_is_public_in_full() -> None:
    """What is withheld elsewhere in a paragraph keeps back no note that stands away from it."""
    record = with_notes(
        record_of(["Title", "To approve it.", "secret words and then public ones"]), [("Note.", "passage", 1.0)]
    )
    claim = Marking(
        id="a", place=Span(passage="1/1.1", start=0, end=6), exemption=KEYS[0], rule="r", because="By rule."
    )
    part1 = separate(record, Markings(rules_digest=RULES, claims=(claim,))).part1
    assert part1 is not None
    assert [note.public_text for note in part1.footnotes] == ["Note."]


@LAW
@given(records, st.lists(SECRET, min_size=1, max_size=3))
def test_silence_withholds(record: DecisionRecord, outside: list[str]) -> None:
    """Text in no recognised Part 1 place is never public, whatever else is."""
    record = record.model_copy(
        update={
            "withheld_passages": tuple(
                WithheldPassage(id=f"unplaced/p{n}", withheld_text=SecretStr(text), page=1, why="unplaced")
                for n, text in enumerate(outside)
            )
        }
    )
    disclosure = separate(record, Markings(rules_digest=RULES))
    assert disclosure.part1 is not None
    assert not any(text in canonical_json(disclosure.part1).decode() for text in outside)
    assert {p.withheld_text.get_secret_value() for p in disclosure.part2.withheld_passages} == set(outside)


@LAW
@given(st.lists(prose, min_size=4, max_size=5))
def test_an_unknown_form_or_hidden_text_is_held_whole(texts: list[str]) -> None:
    for record in (record_of(texts, form=None), record_of(texts, hidden=("hidden-text, page 1",))):
        disclosure = separate(record, Markings(rules_digest=RULES))
        assert disclosure.part1 is None
        assert disclosure.held


HELD: list[tuple[dict[str, Any], str]] = [
    # what is different about a paper, and why it is held
    ({"body": "PCC Avonmere"}, "This is a decision form of the PCC Avonmere"),
    ({"source": Source(sha256="0" * 64, file_name="paper.pdf", pages=1, unread_pages=(1,))}, "No text could be read"),
    ({"form": None}, "The form is not one we know"),
    ({"form": "mopac-dmpc-part2"}, "This is a Part 2 form by itself"),
    ({"recommendations": (), "sections": ()}, "No text of a Part 1 was found"),
    ({"hidden": ("hidden-text, page 1",)}, "Something is hidden in the file"),
]


@pytest.mark.parametrize(("changed", "why"), HELD, ids=[why for _, why in HELD])
def test_a_paper_that_is_held_says_why_and_nothing_else(changed: dict[str, Any], why: str) -> None:
    record = record_of(["Title", "To approve it.", "first"]).model_copy(update=changed)
    disclosure = separate(record, Markings(rules_digest=RULES))
    assert disclosure.part1 is None
    assert len(disclosure.held) == 1
    assert why in disclosure.held[0]


def test_a_paper_with_recommendations_or_with_sections_alone_is_not_held() -> None:
    for missing in ("recommendations", "sections"):
        record = record_of(["Title", "To approve it.", "first"]).model_copy(update={missing: ()})
        assert separate(record, Markings(rules_digest=RULES)).held == ()


@LAW
@given(st.data(), cases())
def test_one_rule_more_never_publishes_more(data: st.DataObject, case: tuple[DecisionRecord, Markings, Review]) -> None:
    """Not even after people have reviewed: a release overrules the claims it names, and no others."""
    record, markings, review = case
    more = markings.model_copy(update={"claims": (*markings.claims, *data.draw(markings_in(record, "new")).claims)})
    before = published_characters(record, separate(record, markings, review))
    assert published_characters(record, separate(record, more, review)) <= before


@LAW
@given(st.data(), cases())
def test_the_order_of_claims_does_not_matter(
    data: st.DataObject, case: tuple[DecisionRecord, Markings, Review]
) -> None:
    record, markings, review = case
    shuffled = markings.model_copy(update={"claims": tuple(data.draw(st.permutations(markings.claims)))})
    turned = review.model_copy(update={"withholds": review.withholds[::-1], "releases": review.releases[::-1]})
    assert separate(record, markings, review).part1 == separate(record, shuffled, turned).part1


@LAW
@given(cases())
def test_withholding_twice_is_withholding_once(case: tuple[DecisionRecord, Markings, Review]) -> None:
    record, markings, review = case
    doubled = markings.model_copy(update={"claims": markings.claims * 2})
    assert separate(record, markings, review).part1 == separate(record, doubled, review).part1


@LAW
@given(cases(), st.sampled_from(["record_digest", "rules_digest"]))
def test_a_review_of_another_record_or_other_rules_counts_for_nothing(
    case: tuple[DecisionRecord, Markings, Review], which: str
) -> None:
    record, markings, review = case
    stale = review.model_copy(update={which: "f" * 64})
    assert separate(record, markings, stale).part1 is None


@LAW
@given(prose, prose, SECRET, SECRET, st.sampled_from(KEYS))
def test_what_is_withheld_changes_nothing_that_is_public(
    before: str, after: str, one: str, other: str, key: str
) -> None:
    """Non-interference: two papers that differ only in what is withheld have the same Part 1, byte for byte."""
    made = []
    for secret in (one, other):
        record = record_of(["Title", "To approve it.", f"{before} {secret} {after}", f"{secret}!"])
        start = len(before) + 1
        claims = (
            Marking(
                id="a",
                place=Span(passage="1/1.1", start=start, end=start + len(secret)),
                exemption=key,
                rule="r",
                because="By rule.",
            ),
            Marking(id="b", place=Span(passage="1/1.2"), exemption=key, rule="r", because="By rule."),
        )
        part1 = separate(record, Markings(rules_digest=RULES, claims=claims)).part1
        assert part1 is not None
        made.append(canonical_json(part1))
        assert secret.encode() not in made[-1]
    assert made[0] == made[1]


@LAW
@given(SECRET)
def test_no_award_says_what_a_mark_hides(secret: str) -> None:
    text = f"To approve the award of a contract for radios to {secret} Limited with a total contract value of £5.000m."
    record = record_of(["Title", text, "one", "two"])
    start = text.index(secret)
    place = Span(passage="recommendation/1", start=start, end=start + len(f"{secret} Limited"))
    claim = Marking(id="a", place=place, exemption=KEYS[1], rule="r", because="By rule.")
    part1 = separate(record, Markings(rules_digest=RULES, claims=(claim,))).part1
    assert part1 is not None
    assert secret not in canonical_json(part1).decode()
    assert [award.supplier for award in part1.awards] in ([], [None])


def test_a_claim_on_a_section_covers_its_passages_and_leaves_its_heading() -> None:
    record = record_of(["Title", "To approve it.", "first", "second"])
    whole = Withhold(by="A", at=NOW, because="Advice.", id="w", place=Span(passage="1"), exemption="FOIA s.42")
    review = Review(record_digest=digest(record), rules_digest=RULES, withholds=(whole,))
    part1 = separate(record, Markings(rules_digest=RULES), review).part1
    assert part1 is not None
    assert part1.sections[0].public_heading == "Introduction"
    body = canonical_json(part1).decode()
    assert "first" not in body
    assert "second" not in body


def test_a_claim_without_a_ground_or_without_a_place_holds_the_paper() -> None:
    record = record_of(["Title", "To approve it.", "first", "second"])
    for claim in (
        Marking(id="a", place=Span(passage="1/1.1"), exemption=None, rule="marked", because="Marked."),
        Marking(id="a", place=Span(passage="9/9.9"), exemption=KEYS[0], rule="r", because="By rule."),
        Marking(id="a", place=Span(passage="1/1.1"), exemption="FOIA s.999", rule="r", because="By rule."),
    ):
        disclosure = separate(record, Markings(rules_digest=RULES, claims=(claim,)))
        assert disclosure.part1 is None
        assert disclosure.held


@LAW
@given(st.sampled_from(["yes", "no"]))
def test_an_open_question_is_settled_only_by_an_answer(value: str) -> None:
    record = record_of(["Title", "To approve it.", "first", "second"])
    record = record.model_copy(update={"deferral": DeferralFacts(answer="undetermined", reason=None, until=None)})
    silent = separate(record, Markings(rules_digest=RULES)).part1
    assert silent is not None
    assert silent.deferral.answer == "undetermined"
    said = Answer(by="A", at=NOW, because="Asked.", finding="deferral-undetermined:deferral.answer", value=value)
    review = Review(record_digest=digest(record), rules_digest=RULES, answers=(said,))
    told = separate(record, Markings(rules_digest=RULES), review).part1
    assert told is not None
    assert told.deferral.answer == value


@LAW
@given(cases())
def test_marks_tell_nothing_but_their_ground(case: tuple[DecisionRecord, Markings, Review]) -> None:
    record, markings, review = case
    part1 = separate(record, markings, review).part1
    assert part1 is not None
    assume(part1.withheld)
    sides = public_side(part1)
    words = {text[start:end] for text, marks in sides.values() for start, end in marks}
    assert words <= {
        "[Withheld: personal information]",
        "[Withheld: commercial interests]",
        "[Withheld: law enforcement]",
        "[Withheld: 2 grounds]",
        "[Withheld: 3 grounds]",
    }


@LAW
@given(st.data(), cases())
def test_a_release_frees_exactly_what_it_names(
    data: st.DataObject, case: tuple[DecisionRecord, Markings, Review]
) -> None:
    """What a person overrules is public again, unless another claim keeps it back."""
    record, markings, review = case
    assume(markings.claims)
    named = data.draw(st.sampled_from(markings.claims))
    others = markings.model_copy(update={"claims": tuple(claim for claim in markings.claims if claim.id != named.id)})
    freed = review.model_copy(
        update={"releases": (*review.releases, Release(by="B", at=NOW, because="Public.", overrules=named.id))}
    )
    assert separate(record, markings, freed).part1 == separate(record, others, freed).part1


def test_neighbouring_marks_are_one_so_that_words_cannot_be_counted() -> None:
    """Two withheld words with only a space between them are one mark; with a public word between, two."""
    record = record_of(["Title", "To approve it.", "ask Ann Lee now", "ask Ann or Lee"])
    claims = tuple(
        Marking(id=f"{place}{start}", place=Span(passage=place, start=start, end=start + 3), exemption=KEYS[0],
                rule="r", because="By rule.")
        for place, start in (("1/1.1", 4), ("1/1.1", 8), ("1/1.2", 4), ("1/1.2", 11))
    )  # fmt: skip
    part1 = separate(record, Markings(rules_digest=RULES, claims=claims)).part1
    assert part1 is not None
    sides = public_side(part1)
    assert sides["1/1.1"][0] == "ask [Withheld: personal information] now"
    assert sides["1/1.2"][0].count("[Withheld: personal information]") == 2
