"""What is withheld in one place must not stand in another, however it is written, nor in the published reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.names import material
from extract.claims import Release, Review, Span, Withhold
from extract.name_words import words as known_words
from extract.separate import WithheldSpan
from extract.sums import sums
from review.mentions import names_in, obstacles, occurrences, still_told
from review.reasons import quotes
from tests.command_line import ROOT, Ran, answer_all, partone, staffed, state

# The words, and a text in which they stand.
WRITTEN = [
    ("Orrin Zephyr Ltd", "It was ORRIN ZEPHYR LTD there."),
    ("Orrin Zephyr Ltd", "It was Orrin\u00a0Zephyr  Ltd there."),
    ("Orrin Zephyr Ltd", "It was Orrin-Zephyr\u2013Ltd there."),
    ("Orrin Zephyr", "See www.orrinzephyr.example there."),
    ("Orrin Zephyr", "It was Orr\u00adin Zephyr there."),
    ("the bid of £3.337m", "They asked for 3,337,000 pounds."),
    ("£3.337m", "They asked for £3,337,000."),
    ("£3.337m", "They asked for 3.337 million."),
    ("3,337,000 pounds", "They asked for £3.337m."),
    ("£3.337m", "It asked for three million three hundred and thirty-seven thousand pounds."),
    ("Orrin & Zephyr", "It was Orrin and Zephyr there."),
    ("27 Pelican Row", "It is at 27, Pelican Row there."),
    ("12 March 2025", "It ended on 12/03/2025 there."),
    ("12 March 2025", "It ended on March 12, 2025 there."),
    ("12 March 2025", "It ended on the 12th of March 2025 there."),
    ("12 March 2025", "It ended on 2025-03-12 there."),
    ("it ends on 12/03/2025", "It ended on 12 Mar 2025 there."),
    ("17%", "It saves 17 per cent there."),
    ("a margin of 17%", "It saves seventeen per cent there."),
    ("17.50 per cent", "It saves 17.5% there."),
    ("forty-two officers", "It was 42 officers there."),
    ("42 officers", "It was forty-two officers there."),
    ("Price", "They asked Price there."),
]


@pytest.mark.parametrize(("words", "text"), WRITTEN)
def test_words_are_found_however_they_are_written(words: str, text: str) -> None:
    (found,) = occurrences({"1/1.1": text}, words)
    assert text[found[1] : found[2]] not in ("", text)


# The words, and a text in which they do not stand.
NOT_THERE = [
    ("Ann Lee", "Joann Leeward came."),
    ("£3.337m", "It cost £3.338m, and 3.337 metres of it."),
    ("£3.337m", "It cost £3m."),
    ("Orrin Zephyr Ltd", "Orrin, Zephyr and others came."),
    ("12 March 2025", "It ended on 03/12/2025, in March 2025 and on 12 March."),
    ("17%", "It is 17 officers, 1.17%, 117% and 17.1%."),
    ("42 officers", "It was 42. Officers came, and 142 officers."),
    ("Price", "The price is not known."),
    ("custody revenue", "It is for custody. Revenue is another thing."),
    # what is said beside a date is what is withheld, and the date may be one that everybody knows
    ("the claim was settled with her on 12 March 2025", "It was signed on 12/03/2025."),
]


@pytest.mark.parametrize(("words", "text"), NOT_THERE)
def test_other_words_are_not(words: str, text: str) -> None:
    assert list(occurrences({"1/1.1": text}, words)) == []


def test_sums_without_a_sign_are_sums() -> None:
    assert [str(amount.value) for amount in sums("£5m, 3,337,000 pounds, 2.5 million and 40 people in 2023")] == [
        "5000000",
        "3337000",
        "2500000",
    ]
    assert sums("GBP\u00a05m")[0].start == 0


def test_names_are_told_by_their_capitals() -> None:
    assert names_in("the bid of Orrin Zephyr Ltd was £3.337m, said Ann") == ("Orrin Zephyr Ltd",)


# Words that are withheld, and a text in which a name in them stands in part, or in another spelling.
TOLD = [
    ("Rhys Penhaligon", "Penhaligon's firm was asked."),
    ("Rhys Penhaligon", "PENHALIGON was asked."),
    ("Rhys Penhaligon", "They asked R. Penhaligon there."),
    ("Rhys Penhaligon", "They asked Penhaligon, Rhys there."),
    ("Rhys Penhaligon", "They asked Rhŷs there."),
    ("Rhys Penhaligon", "Write to r.penhaligon@firm.example there."),
    ("what Ms Penhaligon said to her line manager", "They asked Penhaligon there."),
    ("Will Price", "They asked Price there."),
    ("Quillfeather Ltd", "They asked Quillfeather Limited there."),
    ("Quillfeather Ltd", "They asked Quillfeather plc there."),
    ("Quillfeather Ltd", "They asked Quillfeather there."),
    ("Quillfeather Ltd", "See www.quillfeather.example there."),
    ("Quillfeather", "They asked Quill-feather there."),
    ("the bid of Quillfeather was the lowest", "They asked Quillfeather there."),
    ("the bid of Quillfeather Custody Services Limited", "They asked QUILLFEATHER there."),
    ("Custody Solutions Ltd", "They asked Custody Solutions there."),
    ("Orrin & Zephyr LLP", "They asked Zephyr there."),
]


@pytest.mark.parametrize(("words", "text"), TOLD)
def test_a_name_in_withheld_words_is_found_however_it_is_spelt(words: str, text: str) -> None:
    assert still_told({"1/1.1": text}, words, ()) == ("1/1.1",)


# Words that are withheld, and a text that tells no name of them.
NOT_TOLD = [
    ("Will Price", "The price will rise. Price is all."),
    ("the Grant of last year", "The Grant was paid."),
    ("the Custody Revenue of the Commissioner", "The Commissioner has Custody and Revenue."),
    ("Custody Solutions Ltd", "There are other custody solutions, and Custody."),
    ("Staff retention would suffer", "Staff are many. The Staff came."),
    ("Cabbages were sold by her", "Cabbages are green, and cabbages are many."),
    ("They met in London in May 2025", "It is in London. May 2025 is the month."),
    ("the Metropolitan Police Service", "The Metropolitan Police are many, and the Service is large."),
    ("27 Pelican Row", "The flowers stand in a Row."),
]


@pytest.mark.parametrize(("words", "text"), NOT_TOLD)
def test_words_that_name_nobody_are_not(words: str, text: str) -> None:
    assert still_told({"1/1.1": text}, words, ()) == ()


def test_what_a_paper_is_about_is_no_news_unless_its_name_is_withheld() -> None:
    texts = {"title": "The Kestrel scheme", "1/1.1": "Kestrel is good."}
    assert still_told(texts, "the lowest cost of Kestrel for us", ()) == ()
    assert still_told(texts, "Kestrel", ()) == ("title", "1/1.1")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([n for o in material()["origin"].values() for n in o["family"].replace(".", " ").split()]),
    st.sampled_from(["{} Ltd", "Ms {}", "what {} asked for them", "Xyzabeth {}"]),
    st.sampled_from(["They asked {} there.", "They asked {}’s firm.", "Write to x.{}@firm.example."]),
)
def test_a_family_name_in_withheld_words_is_found_again(name: str, said: str, text: str) -> None:
    ordinary = name.casefold() in known_words().also_names and said.startswith("what")  # "what Price asked"
    if len(name) > 3 and name[0].isupper() and not ordinary:
        assert still_told({"1/1.1": text.format(name)}, said.format(name), ()), (said, text)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([text for kept in material()["nobody"].values() for text in kept]), st.data())
def test_words_of_sentences_that_name_nobody_hold_no_paper(text: str, data: st.DataObject) -> None:
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = start + data.draw(st.integers(2, 8))
    while start and words[start - 1][0].isupper():  # nobody withholds one half of a name
        start -= 1
    while end < len(words) and words[end][0].isupper():
        end += 1
    said = " ".join(words[start:end])
    others = {
        f"1/1.{n}": each
        for n, each in enumerate(material()["nobody"]["tuned"])
        if each != text and "Citrix" not in each
    }
    assert still_told(others, said, ()) == ()


TEXTS = {
    "title": "Healthcare by Orrin Zephyr",
    "2/2.1": "The firm Orrin Zephyr bid £3.337m in May.",
    "3/3.1": "ORRIN ZEPHYR asked for 3,337,000 pounds.",
    "1/t1/r1/c1": "orrin zephyr",
}


def said(place: str, words: str | None) -> Withhold:
    start = None if words is None else TEXTS[place].index(words)
    end = None if words is None or start is None else start + len(words)
    at = datetime(2026, 3, 2, tzinfo=UTC)
    span = Span(passage=place, start=start, end=end)
    return Withhold(by="Ada", at=at, because="Harm.", id=f"w/{words}", place=span, exemption="FOIA s.43(2)")


def kept(place: str, words: str) -> WithheldSpan:
    start = TEXTS[place].index(words)
    return WithheldSpan(place=place, start=start, end=start + len(words), withheld_text=words, claims=())  # type: ignore[arg-type]  # pydantic masks it


def places(*claims: Withhold, keeping: tuple[WithheldSpan, ...] = (), releases: tuple[Release, ...] = ()) -> set[str]:
    review = Review(record_digest="", rules_digest="", withholds=claims, releases=releases)
    return {sentence.partition("(")[2].partition(")")[0] for sentence in obstacles(TEXTS, review, keeping)}


def test_a_paper_waits_while_withheld_words_stand_elsewhere() -> None:
    name = said("2/2.1", "Orrin Zephyr")
    here = kept("2/2.1", "Orrin Zephyr")
    assert places(name, keeping=(here,)) == {"title", "3/3.1", "1/t1/r1/c1"}
    everywhere = (
        here,
        kept("title", "Orrin Zephyr"),
        kept("3/3.1", "ORRIN ZEPHYR"),
        kept("1/t1/r1/c1", "orrin zephyr"),
    )
    assert places(name, keeping=everywhere) == set()
    assert places(said("2/2.1", "£3.337m"), keeping=(kept("2/2.1", "£3.337m"),)) == {"3/3.1"}


def test_a_paper_does_not_wait_for_what_names_nothing_or_was_released() -> None:
    assert places(said("2/2.1", None)) == set()
    assert places(said("2/2.1", "May")) == set()
    name = said("2/2.1", "Orrin Zephyr")
    freed = Release(by="Bo", at=name.at, because="It is public.", overrules=name.id)
    assert places(name, releases=(freed,)) == set()


def test_the_sentence_says_where() -> None:
    review = Review(record_digest="", rules_digest="", withholds=(said("2/2.1", "£3.337m"),))
    assert obstacles(TEXTS, review, (kept("2/2.1", "£3.337m"),)) == (
        "Words that are withheld in paragraph 2.1 also stand in paragraph 3.1 (3/3.1). "
        "Withhold them there too, or release them here.",
    )


BID = "the reserve bid of Orrin Zephyr Ltd was £3.337m"
# A reason, what it is given for, and whether it tells of it.
REASONS = [
    ("It is £3.3 million.", BID, True),
    ("It is about 3.3 million.", BID, True),
    ("It is 3,337,000 pounds.", BID, True),
    ("It names ZEPHYR.", BID, True),
    ("It is zephyr\u2019s.", BID, True),
    ("It says THE RESERVE BID.", BID, True),
    ("Orrin is named.", "Orrin Zephyr Ltd bid", True),
    ("It would harm a bidder.", BID, False),
    ("It is under £10m.", BID, False),
    ("Under section 43(2) it would harm the bid.", BID, False),
    ("It would harm the firm.", "The firm was told of a decision in May", False),
    ("Quill-feather asked.", "the bid of Quillfeather was the lowest", True),
    ("See quillfeather.example.", "the bid of Quillfeather was the lowest", True),
    ("It is about quillfeathers.", "the bid of Quillfeather was the lowest", True),
    ("Q u i l l f e a t h e r asked.", "the bid of Quillfeather was the lowest", True),
    ("Quillfeather is the local firm.", "Quillfeather bid the lowest sum of all", True),
    ("Their clerk is Penhaligon.", "Ms Penhaligon was told of it by them", True),
    ("It is the lowest bid by far.", "the bid of Quillfeather was the lowest", True),
    ("Fraud.", "the claim was fraud", True),
    ("Health (cancer).", "Mr Jones has cancer and cannot work", True),
    ("It is three point three million.", "£3.3m", True),
    ("It is about seventeen per cent.", "it saves 17% a year", True),
    ("It ended on 12/03/2025.", "it ended on 12 March 2025", True),
    ("It ended on 12 Mar.", "it ended on 12 March 2025", True),
    ("Because of the Commissioner's duty.", "It is the Commissioner who asked for this in writing", False),
    (
        "Prejudice to the commercial interests of the authority.",
        "prejudice to the commercial interests of Quill",
        False,
    ),
    ("The MPS would be harmed.", "The bid to the MPS was low and late", False),
    ("Section 43(2) of the Freedom of Information Act 2000.", "It has 43 dogs, 2 cats and 2000 birds", False),
    (
        "It would harm the interests of the supplier in the next tender.",
        "The supplier asks for the interests of us",
        False,
    ),
    (
        "A junior officer, who does not act in public.",
        "The officer who drafted this is junior and works in public",
        False,
    ),
    ("It is legal advice, given in confidence.", "The legal advice is that the lease is void", False),
    (
        "Publication would weaken our position in negotiations.",
        "Our position in negotiations is weak, we need it",
        False,
    ),
]
REST = "The radios of the custody suites are old. Quillfeather supplies them. The plan saves 17% a year."
# The same beside what stays public of the paper.
BESIDE_THE_REST = [
    ("It is about radios.", "the radios are to be sold to them", False),
    ("It is about radios.", "the radios", True),  # so short that each word is what is withheld
    ("It is about pistols.", "the pistols are to be sold to them", True),
    ("Quillfeather asked.", "the bid of Quillfeather was the lowest", True),
    ("It saves 17%.", "the plan saves 17% a year", True),
    ("The custody suites.", "the radios of the custody suites will be sold", False),
]


@pytest.mark.parametrize(("reason", "withheld", "tells"), REASONS)
def test_a_reason_must_not_say_what_it_withholds(reason: str, withheld: str, tells: bool) -> None:
    assert quotes(reason, withheld) is tells


@pytest.mark.parametrize(("reason", "withheld", "tells"), BESIDE_THE_REST)
def test_what_the_rest_of_the_paper_says_tells_nothing(reason: str, withheld: str, tells: bool) -> None:
    assert quotes(reason, withheld, REST) is tells


def test_a_paper_is_held_until_the_words_are_withheld_wherever_they_stand(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    (entered,) = partone("ingest", ROOT / "tests" / "papers" / "plain.pdf", "--json", home=home).json["papers"]
    ref = entered["sha256"][:12]
    answer_all(home, ref, "Ann Reviewer")
    assert state(home, ref) == "in-review"

    def keep_back(place: str, because: str, words: str = "custody revenue") -> Ran:
        ground = ("--exemption", "FOIA s.43(2)", "--by", "Ann Reviewer")
        return partone("withhold", ref, place, *ground, "--because", because, "--words", words, home=home)

    for because, complaint in (
        ("Ring 07700 900123.", "it holds an identifier. A direct telephone number identifies a person."),
        ("The CUSTODY Revenue is theirs.", "it says what is withheld"),
    ):
        refused = keep_back("3/3.1", because)
        assert refused.code == 2
        assert complaint in " ".join(refused.err.split())
    assert state(home, ref) == "in-review"
    assert keep_back("3/3.1", "It would harm a bidder.").code == 0
    assert state(home, ref) == "held"
    reasons = partone("show", ref, "--json", home=home).json["reasons"]
    assert [reason for reason in reasons if "also stand in paragraph 3 of the summary (summary/3)" in reason]
    assert partone("approve", ref, "--by", "Ben Reviewer", home=home).code == 2
    assert keep_back("summary/3", "It would harm a bidder.").code == 0
    assert state(home, ref) == "in-review"
