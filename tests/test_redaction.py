"""A text that is cut: what is withheld is gone, what is not stays, and a mark tells its ground and nothing else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims import Marking, Span
from extract.redaction import Claim, Cut, cut, grounds_of, mark_words, redact
from extract.texts import Text

LABELS = {"FOIA s.40(2)": "personal information", "FOIA s.43(2)": "commercial interests"}


def claim(
    start: int | None = None, end: int | None = None, exemption: str | None = "FOIA s.40(2)", name: str = ""
) -> Marking:
    return Marking(
        id=name or f"{exemption}:{start}-{end}",
        place=Span(passage="1/1.1", start=start, end=end),
        exemption=exemption,
        rule="test",
        because="It is a test.",
    )


def redacted(text: str, *claims: Claim) -> str:
    return redact(Text("1/1.1", text), claims, LABELS).public_text


def stretches(cuts: tuple[Cut, ...]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in cuts]


MARK = "[Withheld: personal information]"

# The text, the characters claimed, and what is public.
CUTS = [
    ("Ask Ann Example first.", [(4, 15)], f"Ask {MARK} first."),
    ("Ask Ann Example first.", [(4, 7), (8, 15)], f"Ask {MARK} first."),  # nobody counts the words
    ("Ask Ann, Example first.", [(4, 7), (9, 16)], f"Ask {MARK} first."),
    ("Ann or Ben", [(0, 3), (7, 10)], f"{MARK} or {MARK}"),  # a word between keeps them apart
    ("Ann Example", [(0, 7), (3, 11)], MARK),  # they overlap
    ("Ann Example", [(0, 11), (4, 7)], MARK),  # one in the other
    ("Ann Example", [(0, 500)], MARK),  # beyond the end
    ("Ann", [(5, 9)], "Ann"),  # wholly beyond it
    ("Ann Example", [(None, None)], MARK),  # the whole place
    ("Ann Example", [], "Ann Example"),
    ("", [(None, None)], ""),
]


@pytest.mark.parametrize(("text", "places", "public"), CUTS)
def test_what_is_claimed_is_replaced(text: str, places: list[tuple[int | None, int | None]], public: str) -> None:
    assert redacted(text, *(claim(start, end) for start, end in places)) == public


# The grounds claimed for one stretch, and the words of its mark.
MARKS = [
    (["FOIA s.40(2)"], "[Withheld: personal information]"),
    (["FOIA s.40(2)", "FOIA s.40(2)"], "[Withheld: personal information]"),
    (["FOIA s.40(2)", "FOIA s.43(2)"], "[Withheld: 2 grounds]"),
    ([None], "[Withheld: ground to be confirmed]"),
    (["FOIA s.999"], "[Withheld: ground to be confirmed]"),
]


@pytest.mark.parametrize(("grounds", "words"), MARKS)
def test_a_mark_says_its_ground(grounds: list[str | None], words: str) -> None:
    claims = [claim(0, 3, ground, f"{n}") for n, ground in enumerate(grounds)]
    assert redacted("Ann", *claims) == words


texts = st.text("ab1 .,–£\n", min_size=0, max_size=30)
spans = st.tuples(st.integers(0, 35), st.integers(1, 20), st.sampled_from([*LABELS, None])).map(
    lambda one: claim(one[0], one[0] + one[1], one[2])
)
claims_of_all = st.lists(spans, max_size=6)


@given(texts, claims_of_all)
def test_cuts_are_in_order_apart_and_cover_every_claim(text: str, claims: list[Marking]) -> None:
    cuts = cut(text, claims)
    assert all(0 <= one.start < one.end <= len(text) for one in cuts)
    for before, after in itertools.pairwise(cuts):
        assert any(letter.isalnum() for letter in text[before.end : after.start])
    covered = {at for one in cuts for at in range(one.start, one.end)}
    for one in claims:
        assert {at for at in range(one.place.start or 0, one.place.end or 0) if at < len(text)} <= covered
        if (one.place.start or 0) < len(text):
            assert any(one in stretch.claims for stretch in cuts)


@given(texts, claims_of_all)
def test_no_more_is_cut_than_is_claimed_and_what_lies_between(text: str, claims: list[Marking]) -> None:
    claimed = {at for one in claims for at in range(one.place.start or 0, one.place.end or 0)}
    for stretch in cut(text, claims):
        beyond = [at for at in range(stretch.start, stretch.end) if at not in claimed]
        assert not any(text[at].isalnum() for at in beyond)


@given(texts, claims_of_all)
def test_what_is_public_is_the_text_with_marks_in_it(text: str, claims: list[Marking]) -> None:
    made = redact(Text("1/1.1", text), claims, LABELS)
    public, at = "", 0
    assert len(made.marks) == len(made.cuts)
    for (start, end), stretch in zip(made.marks, made.cuts, strict=True):
        assert made.public_text[start:end] == mark_words(grounds_of(stretch), LABELS)
        public += text[at : stretch.start] + made.public_text[start:end]
        at = stretch.end
    assert made.public_text == public + text[at:]


@given(texts, claims_of_all, st.data())
def test_nothing_about_a_mark_tells_what_it_hides(text: str, claims: list[Marking], data: st.DataObject) -> None:
    """Other letters under the marks, of another length, and the public text is the same."""
    cuts = cut(text, claims)
    other, shifted, at = "", [], 0
    for stretch in cuts:
        other += text[at : stretch.start]
        secret = data.draw(st.text("xyz9", min_size=1, max_size=9))
        shifted += [
            one.model_copy(update={"place": Span(passage="1/1.1", start=len(other), end=len(other) + len(secret))})
            for one in stretch.claims
        ]
        other += secret
        at = stretch.end
    other += text[at:]
    assert redacted(other, *shifted) == redacted(text, *claims)


@given(texts, claims_of_all, spans)
def test_a_claim_more_never_shows_more(text: str, claims: list[Marking], more: Marking) -> None:
    before = {at for one in cut(text, claims) for at in range(one.start, one.end)}
    after = {at for one in cut(text, [*claims, more]) for at in range(one.start, one.end)}
    assert before <= after


@given(
    texts,
    st.lists(spans, max_size=5, unique_by=lambda one: one.id).flatmap(
        lambda one: st.tuples(st.just(one), st.permutations(one))
    ),
)
def test_the_order_of_claims_changes_nothing(text: str, both: tuple[list[Marking], list[Marking]]) -> None:
    assert redacted(text, *both[0]) == redacted(text, *both[1])
    assert stretches(cut(text, both[0])) == stretches(cut(text, both[1]))


@given(texts, claims_of_all)
def test_cutting_twice_is_cutting_once(text: str, claims: list[Marking]) -> None:
    assert redacted(text, *claims, *claims) == redacted(text, *claims)
