"""A person withholds: a passage, some words of it, or a name wherever it stands. Each place is a claim of its own.

A claim keeps the ground, the person, the time and the reason; the reason is published, so that it must not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from extract import rules
from extract.checks import personal_names
from extract.claims import Answer, Release, Span, Withhold
from extract.exemptions import load as load_exemptions
from extract.people import mentions_of
from extract.separate import wording
from extract.texts import public_texts
from publish.body import body
from review.errors import NotFound, RegisterError
from review.mentions import names_in, occurrences, still_public, still_told
from review.office import View, look, now, reason_given, today, write
from review.reasons import quotes, rest_of, tells_part2
from review.register import Register

PERSONAL = "FOIA s.40(2)"  # the ground for a name, unless another is given
WITHHOLD = "withhold"  # what an answer to a question about a name may say
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Grounds:
    """On which ground somebody withholds, and why; `evidence` is what the ground asks for, and never published."""

    exemption: str
    by: str
    because: str
    next_review: date | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


def withhold(
    register: Register,
    ref: str,
    place: str,
    exemption: str,
    by: str,
    because: str,
    words: str | None = None,
    next_review: date | None = None,
    *,
    evidence: Mapping[str, str] = NOTHING,
    seen: int | None = None,
) -> View:
    """A person withholds a place, or every occurrence of some words in it, on a ground of the exemption table."""
    view = look(register, ref)
    known = {text.place: text.text for text in public_texts(view.record)}
    covered = {p: t for p, t in known.items() if p == place or p.startswith(f"{place}/")}
    if not covered:
        beside = [p for p in known if p.startswith(place.partition("/")[0])][:8]  # in the order of the paper
        near = ", ".join(beside) or "title, summary/1, 2/2.1"
        raise NotFound(f"{view.dossier.paper.name} has no passage “{place}”. Passages are named like: {near}.")
    spans = [Span(passage=place)]
    if words is not None:
        spans = [Span(passage=p, start=start, end=end) for p, start, end in occurrences(covered, words)]
    if not spans:
        raise NotFound(f"Those words do not stand in {place}. Copy them from `partone show`.")
    said = Grounds(exemption, by, because, next_review, evidence)
    return write(register, view, *_claims(view, spans, said), seen=seen)


def withhold_spans(
    register: Register,
    ref: str,
    spans: Sequence[Span],
    exemption: str,
    by: str,
    because: str,
    next_review: date | None = None,
    *,
    evidence: Mapping[str, str] = NOTHING,
    seen: int | None = None,
) -> View:
    """A person withholds exactly these characters, which they pointed at: all of it at once or nothing."""
    view = look(register, ref)
    texts = {text.place: text.text for text in public_texts(view.record)}
    for span in spans:
        whole = span.end is None and any(place.startswith(f"{span.passage}/") for place in texts)
        if not whole and len(texts.get(span.passage, "")) < (span.end or 1):
            raise NotFound(f"{view.dossier.paper.name} has no such words in “{span.passage}”. Select them again.")
    if not spans:
        raise RegisterError("Nothing was selected.")
    said = Grounds(exemption, by, because, next_review, evidence)
    return write(register, view, *_claims(view, spans, said), seen=seen)


def release_all(
    register: Register, ref: str, claims: Sequence[str], by: str, because: str, *, seen: int | None = None
) -> View:
    """A person overrules several withholdings that were one act, all of them or none."""
    view = look(register, ref)
    known = {claim.id for claim in view.dossier.review.withholds}
    if missing := [claim for claim in claims if claim not in known]:
        raise NotFound(f"{view.dossier.paper.name} has nothing withheld under “{missing[0]}”.")
    at = now()
    said = (Release(by=by, at=at, because=reason_given(because), overrules=claim) for claim in claims)
    return write(register, view, *said, seen=seen)


def withhold_name(
    register: Register,
    ref: str,
    name: str,
    by: str,
    because: str,
    exemption: str = PERSONAL,
    next_review: date | None = None,
    *,
    evidence: Mapping[str, str] = NOTHING,
    seen: int | None = None,
) -> View:
    """A person withholds a name: every place where it, or a telling word of it, stands, however it is written.

    What is withheld already is left as it is, so that saying it twice withholds it once.
    """
    view = look(register, ref)
    if not mentions_of(view.record, name):
        raise NotFound(f"No word of that name stands in what would be public of {view.dossier.paper.name}.")
    said = Grounds(exemption, by, because, next_review, evidence)
    return write(register, view, *_claims(view, _mentions(view, [name]), said), seen=seen)


def withhold_asked(
    register: Register,
    ref: str,
    finding: str,
    by: str,
    because: str,
    *,
    evidence: Mapping[str, str] = NOTHING,
    seen: int | None = None,
) -> View:
    """A person answers a question about names by withholding all of them, wherever they stand; both at once."""
    view = look(register, ref)
    names = personal_names.names_asked(view.record, finding)
    if finding not in {asked.id for asked in view.dossier.findings}:
        raise NotFound(f"{view.dossier.paper.name} has no finding “{finding}”; `partone check` lists them.")
    if not names:
        raise RegisterError(
            f"“{finding}” asks about no name. Only a question about names is answered with --value withhold."
        )
    claims = _claims(view, _mentions(view, names), Grounds(PERSONAL, by, because, None, evidence))
    answered = Answer(by=by, at=now(), because=reason_given(because), finding=finding, value=WITHHOLD)
    return write(register, view, *claims, answered, seen=seen)


def _mentions(view: View, names: Iterable[str]) -> list[Span]:
    """Every place where one of these names stands that is not withheld already."""
    kept = view.disclosure.part2.spans
    return [
        Span(passage=place, start=start, end=end)
        for place, start, end in dict.fromkeys(
            (m.place, m.start, m.end) for n in names for m in mentions_of(view.record, n)
        )
        if not any(span.place == place and span.start <= start and end <= span.end for span in kept)
    ]


def elsewhere(view: View, words: str | None) -> tuple[str, ...]:
    """Where else the withheld words, the sums and the names in them still stand in what would be public.

    In any case, spacing and dashes, and a sum by its value: a second mention undoes the first's hiding.
    """
    if words is None:
        return ()
    texts = {text.place: text.text for text in public_texts(view.record)}
    kept = view.disclosure.part2.spans
    again = (place for said in (words, *names_in(words)) for place in still_public(texts, said, kept))
    return tuple(dict.fromkeys((*again, *still_told(texts, words, kept))))


def _claims(view: View, spans: Sequence[Span], said: Grounds) -> Iterator[Withhold]:
    """One claim for each place, once the ground, the day and the reason are such as can be published."""
    ground = load_exemptions().get(said.exemption)
    if ground is None or ground.unavailable:
        fault = "There is no exemption" if ground is None else f"{body().short_name} cannot withhold under"
        raise RegisterError(f"{fault} “{said.exemption}”. `partone exemptions` lists those there are.")
    if ground.key.startswith("Order"):
        raise RegisterError("The Order is no ground by itself. Name the exemption it leads to, such as FOIA s.43(2).")
    if said.next_review and said.next_review <= today():
        raise RegisterError("The next review must lie ahead: give a day to come with --review-on.")
    told = rules.identifies(said.because)
    if told:
        raise RegisterError(f"The reason is published beside the mark, and it holds an identifier. {told}")
    texts = {text.place: text.text for text in public_texts(view.record)}
    hidden = [
        text[span.start : span.end]
        for span in spans
        for place, text in texts.items()
        if place == span.passage or place.startswith(f"{span.passage}/")
    ]
    kept = view.disclosure.part2.spans  # what is withheld already is not to be told here either
    hidden += [span.withheld_text.get_secret_value() for span in kept]
    rest = rest_of(texts, (*spans, *(Span(passage=s.place, start=s.start, end=s.end) for s in kept)))
    part2 = view.disclosure.part2.withheld_passages
    if tells_part2([said.because], part2, texts.values()) or any(
        quotes(said.because, text, rest) for text in dict.fromkeys(hidden)
    ):
        raise RegisterError(
            "The reason is published beside the mark, and it says what is withheld. Word it differently."
        )
    for n, span in enumerate(spans):
        at = now()
        yield Withhold(
            by=said.by,
            at=at,
            because=reason_given(said.because),
            id=f"person:{span.passage}:{span.start}-{span.end}:{at:%Y%m%dT%H%M%S%f}.{n}",
            place=span,
            exemption=ground.key,
            next_review=said.next_review,
            evidence={name: words.strip() for name, words in said.evidence.items() if words.strip()},
            wording=wording(view.record, span.passage),
        )
