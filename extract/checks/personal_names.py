"""Which people does the paper name?

A name is recognised by what stands before it (a title, a rank, a post), by what it does (a verb of people), or by being
two capitals that nothing explains; never by a list of names, for such lists find British names and miss the others.
Whether a name may be published depends on the person's office: each person is one question, and all that is only
possible is one question together, so that nobody answers by habit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from extract.checks.places import at_field, at_words, spoken
from extract.claims import Finding
from extract.drafting import drafters
from extract.offices import office_beside
from extract.people import Person, named_in
from extract.record import DecisionRecord
from extract.texts import Text, public_texts

CHECK = "personal-name"
SHOWN = 12  # names in one question: more are counted


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Every person named: junior staff stay out of what is published, holders of public office may be named."""
    yield from (finding for finding, _ in _questions(record))


def names_asked(record: DecisionRecord, finding: str) -> tuple[str, ...]:
    """The names that a finding of this check asks about, by its id; none where it is no such finding."""
    return next((names for asked, names in _questions(record) if asked.id == finding), ())


def _questions(record: DecisionRecord) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    named = named_in(record)
    texts = {text.place: text.text for text in public_texts(record)}
    for person in named.people:
        printed = (" ".join(texts[m.place][m.start : m.end].split()) for m in person.mentions)
        yield _person(record, person, texts), tuple(dict.fromkeys((person.name, *printed)))
    if named.possible:
        yield (
            _together(record, named.possible, "needs-person", "may be names of people", texts),
            tuple(person.name for person in named.possible),
        )
    if named.unknown:
        what = "are in none of our lists, and a surname alone looks so"
        yield _together(record, named.unknown, "note", what, texts), tuple(person.name for person in named.unknown)
    for index, who in drafters(record):
        message = (
            f"The drafting officer is named: {who}. The declarations are never published; see that the name stands "
            "nowhere else."
        )
        yield at_field(record, CHECK, "needs-person", message, f"declarations[{index}].statement"), (who,)


def _person(record: DecisionRecord, person: Person, texts: dict[str, str]) -> Finding:
    first = person.mentions[0]
    more = len(person.mentions) - 1
    also = f" and in {more} more place{'s' * (more > 1)}" if more else ""
    message = (
        f"“{person.name}” in {spoken(record, first.place)}{also} looks like a person's name. Withhold it unless the "
        f"person holds an office whose holder is named in public.{_register(record, person, texts)} If it is no name, "
        "say so."
    )
    found = at_words(record, CHECK, "needs-person", message, Text(first.place, texts[first.place]), first.start)
    places = tuple(dict.fromkeys(mention.place for mention in person.mentions))
    return found.model_copy(update={"passages": places}) if found.passages else found


def _register(record: DecisionRecord, person: Person, texts: dict[str, str]) -> str:
    """What the register of offices says of the office that is printed beside the name, if it says anything."""
    on = record.approval.signed_on or record.chief_executive.signed_on
    for place, start, end in person.mentions:
        office = office_beside(texts[place], start, end, on)
        if office is not None:
            verdict = "is" if office.named else "is not"
            doubt = "" if office.confirmed else ", in a row that nobody has confirmed yet"
            return f" By the register of offices the holder of “{office.title}” {verdict} named in public{doubt}."
    return ""


def _together(
    record: DecisionRecord, people: Sequence[Person], severity: str, what: str, texts: dict[str, str]
) -> Finding:
    """One question for all of them; its id changes with them, so that an answer never covers a name not asked about."""
    shown = ", ".join(f"“{person.name}” ({spoken(record, person.mentions[0].place)})" for person in people[:SHOWN])
    more = f", and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
    names = hashlib.sha256("\n".join(sorted(person.name for person in people)).encode()).hexdigest()[:10]
    first = people[0].mentions[0]
    message = f"These words {what}: {shown}{more}. If one is a name, withhold it unless it may be public."
    found = at_words(
        record, CHECK, "note" if severity == "note" else "needs-person", message,
        Text(first.place, texts[first.place]), f"capitals-{names}",
    )  # fmt: skip
    places = tuple(dict.fromkeys(mention.place for person in people for mention in person.mentions))
    return found.model_copy(update={"passages": places}) if found.passages else found
