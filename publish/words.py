"""How values are put into words: dates, money, counts and labels, by small pure functions.

The templates print a decision's own strings and what these functions make of its values, and nothing else. `forms`
lists the latter, so that whoever checks a built page can call the same functions and needs no copy of the templates'
knowledge. Bare integers are not listed: a template may put one into its literal text ("3 places withheld").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256

from publish.body import body
from publish.part1 import Part1, PublicAward, PublicPassage, Stub, digest, slug

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
KINDS = {
    "award": "Award",
    "direct-award": "Direct award",
    "extension": "Extension",
    "grant": "Grant",
    "other": "Other",
}
OUTCOMES = {"approved": "Approved"}
LEAD_LIMIT = 220
LONGEST_ADDRESS = 80  # letters; a file system takes 255 bytes


def day(value: date) -> str:
    """A date as people write it: 21 December 2023."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """The month of a date: December 2023."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def money(value: Decimal) -> str:
    """A sum of ours, exact: £19.659m, £810k, £1,234,567.89. Never rounded, as a rounded sum is a new number."""
    pence = value.quantize(Decimal("0.01"))
    whole_thousands = value == value.to_integral_value() and value % 1000 == 0
    if whole_thousands and abs(value) >= 1_000_000:
        return f"£{value / 1_000_000:,.3f}m"
    if whole_thousands and abs(value) >= 1000:
        return f"£{value / 1000:,.0f}k"
    return f"£{pence:,.0f}" if pence == pence.to_integral_value() else f"£{pence:,}"


def kilobytes(size: int) -> str:
    """How large a file is, in thousands of bytes, rounded up: 88 kB."""
    return f"{count(-(-size // 1000))} kB"


def count(value: int) -> str:
    """A whole number with its thousands apart: 1,669."""
    return f"{value:,}"


def kind(award: PublicAward) -> str:
    """What kind of contract it is, in words."""
    return KINDS[award.kind]


def award_value(award: PublicAward) -> str | None:
    """The value as the paper prints it, else as read, else None."""
    return award.value_as_printed or (money(Decimal(award.value)) if award.value is not None else None)


def award_total_after(award: PublicAward) -> str | None:
    """The new total of an extended contract, as the paper prints it, else as read."""
    return award.total_after_as_printed or (money(Decimal(award.total_after)) if award.total_after else None)


def total(awards: Sequence[PublicAward]) -> Decimal | None:
    """Our sum of the contracts, or None where there is none or one of them has no single value."""
    values = [Decimal(award.value) for award in awards if award.value is not None]
    return sum(values, Decimal(0)) if values and len(values) == len(awards) else None


def suppliers(decision: Part1) -> tuple[str, ...]:
    """Every supplier once, in the order of the paper."""
    return tuple(dict.fromkeys(award.supplier for award in decision.awards if award.supplier))


def digest_in_groups(decision: Part1 | Stub) -> str:
    """The digest people approved, in groups of eight that can be read aloud."""
    whole = digest(decision)
    return " ".join(whole[at : at + 8] for at in range(0, len(whole), 8))


def lead(decision: Part1) -> str | None:
    """The first sentence of the summary for a list, or None where it is too long or something in it is withheld."""
    first = next((block for block in decision.executive_summary if isinstance(block, PublicPassage)), None)
    if first is None or first.marks:
        return None
    sentence, stop, _ = first.public_text.partition(". ")
    return sentence + stop.strip() if len(sentence) < LEAD_LIMIT else None


def published(decision: Part1) -> date | None:
    """When it was first published, or None before it is."""
    return decision.versions[0].published_on if decision.versions else None


def something_withheld(decision: Part1 | Stub) -> bool:
    """Whether the public sees less than all of it: a withheld place or a Part 2. A deferral is neither."""
    return isinstance(decision, Part1) and (bool(decision.withheld) or decision.part2.exists == "yes")


def forms(decision: Part1 | Stub) -> frozenset[str]:
    """Every value a template may print for this decision beside the strings of its JSON and bare integers."""
    return frozenset(form for form in _forms(decision) if form)


def _forms(decision: Part1 | Stub) -> Iterable[str | None]:
    yield from (day(decision.signed_on), month(decision.signed_on)) if decision.signed_on else ()
    yield day(decision.deferral.until) if decision.deferral.until else None
    yield digest_in_groups(decision)
    if isinstance(decision, Stub):
        yield day(decision.since) if decision.since else None
        return
    yield OUTCOMES.get(decision.outcome)
    yield lead(decision)
    for version in decision.versions:
        yield day(version.published_on)
    reviews = [withheld.next_review for withheld in decision.withheld]
    for review in (*reviews, decision.part2.next_review):
        yield day(review) if review else None
    for award in decision.awards:
        yield from (kind(award), award_value(award), award_total_after(award), award.recommendation.rpartition("/")[2])
    whole = total(decision.awards)
    yield money(whole) if whole is not None else None


def register_total(decisions: Sequence[Part1 | Stub]) -> Decimal:
    """Our sum of every decision whose contracts all have a value."""
    sums = (total(decision.awards) for decision in decisions if isinstance(decision, Part1))
    return sum((one for one in sums if one is not None), Decimal(0))


def contracts_total(awards: Iterable[PublicAward]) -> Decimal | None:
    """Our sum of some contracts in pounds, or None where one of them has no single value or is in other money."""
    values = [Decimal(one.value) if one.value is not None and one.currency == "GBP" else None for one in awards]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def supplier_totals(decisions: Iterable[Part1 | Stub]) -> Iterator[Decimal]:
    """Our sum for each supplier that has one."""
    awarded: dict[str, list[PublicAward]] = {}
    for decision in decisions:
        for award in decision.awards if isinstance(decision, Part1) else ():
            awarded.setdefault(supplier_address(award.supplier or ""), []).append(award)
    totals = (contracts_total(awards) for address, awards in awarded.items() if address)
    yield from (total for total in totals if total is not None)


def supplier_address(name: str) -> str:
    """The folder of a supplier's page, "" where its name has no letter for one: an address, it never changes.

    A name too long for a folder ends in a few digits of its own hash, so that no two names come to share a page.
    """
    plain = slug(name)
    return (
        plain if len(plain) <= LONGEST_ADDRESS else f"{plain[:LONGEST_ADDRESS]}-{sha256(name.encode()).hexdigest()[:8]}"
    )


def site_forms(decisions: Sequence[Part1 | Stub]) -> frozenset[str]:
    """The values a template may print for the register as a whole: our sums, and the body's words about itself."""
    ours = (*body().model_dump().values(), body().the_recommendations)
    sums = (register_total(decisions), *supplier_totals(decisions))
    return frozenset({*map(money, sums), *(word for word in ours if word)})
