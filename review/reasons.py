"""Reasons that people give are published beside a mark: they must not say what it hides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from extract.claims import Review, Span, Withhold
from extract.dates import printed_dates
from extract.exemptions import load as load_exemptions
from extract.name_spelling import squeezed
from extract.record import WithheldPassage
from extract.separate import Part2
from publish.denylist import deny
from review.mentions import told_sums, within
from review.telling import names_told, told_again
from review.wording import words_of

CITED = re.compile(
    r"\b(?:(?:section|sections|regulation|regulations|article|articles|schedule|paragraph|part|ss?|regs?|art)\b\.?\s?\d"
    r"[\w().]*(?:(?:,|\s?and)?\s?\(\w+\))*|(?:Act|Regulations|Order|FOIA|EIR)\s\d{4})",
    re.IGNORECASE,
)
LONGEST_SMALL = 3  # letters: shorter words tell nothing
SPELT_OUT = 6  # letters of a name that are sought whatever stands between them
SHORT = 3  # words: of fewer, each is what is withheld, however often the paper says it
# What people say of a ground, whoever it concerns; the words of the exemptions themselves are added.
SAID_OF_A_GROUND = """
about above after again against agreed also although among amount another anybody anyone asked asks authority
became because been before being below between bidder bidders bids body both business buyer came cannot case cases
client come commissioner company competition competitive competitor competitors concerned concerns
consent contains contract contracts contractor contractors cost costs could damage data decision detail details
direct disclosed disclosing disclosure document does done down during duty each either even ever every everybody
exempt expect expected fair figure figures firm firms first force from future gave given gives grade have held here
himself herself holds identified identifies identify individual into itself junior just kept knew know known later
lawyer leave less like made make many market matter mayor member members mentioned might more most much must name
named names near need negotiate negotiating negotiation negotiations never next nobody nor office officer officers
only operational other others ours over paper paragraph part party people person personal police policing position
posts prejudice prejudiced pricing prices price private process procurement public publication publish published
publishing question reason reasons release report risk role said same says senior service services shall she should
show shows since some somebody someone staff stand stands still subject such sums supplier suppliers tactics tender
tenders term terms than that their theirs them then there these they thing things third this those through told
total under unfair until upon used very want wanted weaken well went were what when where which while whole whom
whose will with within without witness word words work would year years your
"""
SMALL = """
a an and any are as at be but by can did do due for had has he her him his how if in is it its may me my no not of on
one or our out own per s she so the to too two up us use was way we who why you all
"""


def quotes(reason: str, withheld: str, rest: str = "") -> bool:
    """Whether a reason says something of what it withholds: a value, a name, a rare word, or three words in a row.

    Values are told in whatever way they are written, and rounded too: "£3.3 million" tells of £3.337m. Words that
    stand in the `rest` of the paper, which is public, and those in which every reason is given tell nothing.
    """
    said = CITED.sub(" ", reason)
    return _same_value(said, withheld) or _same_name(said, withheld, rest) or _same_words(said, withheld, rest)


def rest_of(texts: Mapping[str, str], hidden: Iterable[Span]) -> str:
    """What stays public of a paper where these places are hidden."""
    rest = dict(texts)
    for span in hidden:
        for place in rest:
            if place == span.passage or place.startswith(f"{span.passage}/"):
                start, end = span.start or 0, len(rest[place]) if span.end is None else span.end
                rest[place] = rest[place][:start] + " " * (end - start) + rest[place][end:]
    return "\n".join(rest.values())


def tells_part2(said: Sequence[str], part2: Iterable[WithheldPassage], texts: Iterable[str]) -> frozenset[str]:
    """Which of these sentences say what stands in Part 2: its words in a row, or a sum of it.

    It is long, so that a single word tells nothing. What stands in Part 1 as well is no secret of Part 2.
    """
    secrets = [passage.withheld_text for passage in part2]
    found = deny([(str(n), each.encode()) for n, each in enumerate(said)], secrets, texts)
    return frozenset(said[int(problem.file)] for problem in found)


def tell(texts: Mapping[str, str], review: Review, part2: Part2) -> tuple[str, ...]:
    """Why a paper waits: a reason, which is published, says what is withheld by now, in Part 1 or in Part 2.

    When it was given it may have told nothing: others withhold after it, and are never kept from it.
    """
    overruled = {release.overrules for release in review.releases}
    given: dict[str, list[Withhold]] = {}
    for claim in review.withholds:
        if claim.id not in overruled:
            given.setdefault(claim.because, []).append(claim)
    if not given:
        return ()
    kept = part2.spans
    hidden = dict.fromkeys(span.withheld_text.get_secret_value() for span in kept)
    rest = rest_of(texts, (Span(passage=span.place, start=span.start, end=span.end) for span in kept))
    too_much = tells_part2(tuple(given), part2.withheld_passages, texts.values())
    return tuple(
        f"The reason for what is withheld {within(claim.place.passage)}, which is published, says what is withheld. "
        f"Withhold it again in other words, then release {claim.id}."
        for because, claims in given.items()
        if because in too_much or any(quotes(because, text, rest) for text in hidden)
        for claim in claims
    )


def _same_value(said: str, withheld: str) -> bool:
    days = {day.day for day in printed_dates(withheld) if day.day}
    shares = {word.meaning for word in words_of(withheld) if word.meaning.endswith("%")}
    return (
        any(day.day in days for day in printed_dates(said))
        or any(word.meaning in shares for word in words_of(said))
        or any(
            abs(told.value - kept.value) <= max(told.precision, kept.precision)
            for told in told_sums(said)
            for kept in told_sums(withheld)
        )
    )


def _same_name(said: str, withheld: str, rest: str) -> bool:
    """A name tells also where the paper says it elsewhere: there it must be withheld too."""
    small = frozenset(re.findall(r"(?<![\w.])[^\W\d_A-Z]\w+(?![\w.])", rest))
    letters = squeezed(said).replace("ss", "s")
    return any(told_again({"said": said}, withheld, small)) or any(
        len(part) >= SPELT_OUT and part in letters for told in names_told(withheld, small) for part in told.alone
    )


def _same_words(said: str, withheld: str, rest: str) -> bool:
    each, kept, public = _words(said), _words(withheld), _words(rest)
    figures = {word for word in kept if any(character.isdigit() for character in word)}
    known = _of_any_reason() | (set() if len(kept) < SHORT else set(public))
    rare = {word for word in kept if len(word) > LONGEST_SMALL and word not in known}
    if len(kept) < SHORT:  # a name or an amount by itself
        rare |= {word for word in kept if word not in known and len(word) > 1}
    rows = (_threes(kept) & _threes(each)) - _threes(public)
    return bool((figures | rare) & set(each)) or any(not set(row) <= _of_any_reason() for row in rows)


def _threes(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


@cache
def _of_any_reason() -> frozenset[str]:
    law = (f"{row.instrument} {row.short_title} {row.label} {row.means}" for row in load_exemptions().rows)
    return frozenset(_words(" ".join((SAID_OF_A_GROUND, SMALL, *law))))


def _words(text: str) -> list[str]:
    return [_bare(word) for word in re.findall(r"[\w£.,'-]*\w", text.lower().replace("\u2019", "'"))]


def _bare(word: str) -> str:
    """A word without its ending, so that "bids" is "bid"."""
    plain = word.strip(".,'-").removesuffix("'s")
    for ending in ("es", "s"):
        if len(plain) >= len(ending) + LONGEST_SMALL and plain.endswith(ending) and not plain.endswith("ss"):
            return plain.removesuffix(ending).removesuffix("e")
    return plain.removesuffix("e") if len(plain) > LONGEST_SMALL + 1 else plain
