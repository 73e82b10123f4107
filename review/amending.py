"""What was read of a paper, as people have corrected it: the record, and what everybody said of it, brought together.

The laws, each held by a property test: a correction never makes public what is withheld. What a person withheld some
words of, or a rule did that no longer finds them, is withheld whole once its text is another, until a person looks
again; so is all that a person withheld where the machine reads another text than they saw, and the paper waits. An
answer or a release that was given on other words must be given again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from extract import checks, rules
from extract.amend import amend, lapsed
from extract.claims import Amend, Answer, Finding, Marking, Markings, Release, Review, Span, Withhold
from extract.record import DecisionRecord, digest
from extract.separate import wording
from extract.texts import leading, place_words, public_texts
from review.acts import Extend, Said
from review.amendments import in_force
from review.answers import answered
from review.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record as corrected, with all that rules and people say of it.

    `words` are those that a person's withholding named where its text is another by now; `findings` go in place of
    what was found in the machine's reading (`settled` names that), and `obstacles` say what a person must look at.
    """

    record: DecisionRecord
    markings: Markings
    review: Review
    amendments: tuple[Amend, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    settled: frozenset[str] = frozenset()
    obstacles: tuple[str, ...] = ()


ON_DEFERRAL = ("deferral-undetermined:deferral.answer", "deferral-incomplete:deferral.until")
"""What was answered of the paper's own day: a later decision goes before it."""


class _Moment:
    """A reading of the paper between two corrections: its texts, what rules say of them, what is found in them."""

    def __init__(self, record: DecisionRecord) -> None:
        self.record = record
        self.texts = {text.place: text.text for text in public_texts(record)}
        self.markings = rules.propose(record)
        self._wordings: dict[str, str | None] = {}

    @cached_property
    def findings(self) -> dict[str, Finding]:
        return {finding.id: finding for finding in checks.find(self.record)}

    def wording(self, place: str) -> str | None:
        """The digest of what stands in a place, for claims that speak of exactly that."""
        if place not in self._wordings:
            self._wordings[place] = wording(self.record, place)
        return self._wordings[place]

    def words(self, marking: Marking) -> tuple[str, str, str]:
        """What a marking says, wherever in its text the words stand; none where it speaks of the whole text."""
        span, text = marking.place, self.texts.get(marking.place.passage, "")
        whole = (span.start or 0, span.end or len(text)) == (0, len(text))
        return marking.rule, span.passage, "" if whole else text[span.start : span.end]


def corrected(machine: DecisionRecord, said: Sequence[Said], review: Review) -> Corrected:
    """The record as people corrected it; `review` is what they said of it, as `review.answers` folds it.

    What was found in the machine's reading stands where nobody corrected it.
    """
    first = now = _Moment(machine)
    force: tuple[tuple[Amend, ...], date | None] = ((), None)
    kept: dict[str, Marking] = {}  # what was found in an earlier text, and is kept back whole in this one
    let_go: dict[str, set[str]] = {}  # the ids that people overruled, each with the texts they saw
    seen: dict[int, _Moment] = {}  # by the number of each claim that was said of the machine's reading, as it was then
    for n, each in enumerate(said):
        if each.record_digest == review.record_digest:
            seen[each.n] = now
        if isinstance(each.claim, Release) and each.claim in review.releases:
            let_go.setdefault(each.claim.overrules, set()).add(_text_of(each.claim.overrules, now))
        if not isinstance(each.claim, Amend | Extend | Release):
            continue
        following = in_force(said[: n + 1]), extended(said[: n + 1])
        if following != force:
            before, now, force = now, _Moment(_deferred(amend(machine, following[0]), following[1])), following
            kept |= {m.id: m for m in _carried(before, now, let_go, each.n)}
    amendments, until = force
    widened = dict(_widened(said, seen, now))
    places = {claim.id: claim.place.passage for claim in review.withholds}
    places |= {name: marking.place.passage for name, marking in kept.items()}
    stale = [each.claim for each in said if each.n in seen and _is_stale(each.claim, seen[each.n], now, places)]
    stale += [answer for answer in review.answers if until and answer.finding in ON_DEFERRAL]
    releases = tuple(release for release in review.releases if release not in stale)
    gone = {release.overrules for release in releases}
    passed = lapsed(machine, amendments)
    same = now is not first and review.record_digest == digest(machine)
    return Corrected(
        record=now.record,
        markings=now.markings.model_copy(update={"claims": (*now.markings.claims, *kept.values())}),
        review=review.model_copy(
            update={
                "record_digest": digest(now.record) if same else review.record_digest,
                "answers": tuple(answer for answer in review.answers if answer not in stale),
                "withholds": tuple(widened.get(claim.id, (claim, ""))[0] for claim in review.withholds),
                "releases": releases,
            }
        ),
        amendments=tuple(amendment for amendment in amendments if amendment not in passed),
        words={name: words for name, (_, words) in widened.items() if words},
        findings=() if now is first else tuple(now.findings.values()),
        settled=frozenset() if now is first else frozenset(first.findings),
        obstacles=(
            *(_look_again(claim.place.passage, name) for name, (claim, _) in widened.items() if name not in gone),
            *(_look_again(marking.place.passage, name) for name, marking in kept.items() if name not in gone),
            *map(_say_again, passed),
        ),
    )


def extended(said: Iterable[Said]) -> date | None:
    """The day until which a person has deferred publication anew, the latest such word."""
    days = [each.claim.until for each in said if isinstance(each.claim, Extend)]
    return days[-1] if days else None


def _deferred(record: DecisionRecord, until: date | None) -> DecisionRecord:
    """The record with the day that a new decision has put in place of the paper's, for every check to weigh."""
    if until is None:
        return record
    return record.model_copy(update={"deferral": record.deferral.model_copy(update={"answer": "yes", "until": until})})


def _text_of(name: str, moment: _Moment) -> str:
    """The text that a rule's marking of this id speaks of; of anything else nothing."""
    return next((moment.texts.get(m.place.passage, "") for m in moment.markings.claims if m.id == name), "")


def _standing(moment: _Moment, let_go: Mapping[str, set[str]]) -> Iterator[Marking]:
    """What rules withhold in a reading, less what people let go when they saw this very text."""
    for marking in moment.markings.claims:
        if moment.texts[marking.place.passage] not in let_go.get(marking.id, ()):
            yield marking


def _carried(before: _Moment, now: _Moment, let_go: Mapping[str, set[str]], n: int) -> Iterator[Marking]:
    """What stood before a correction and does not after it, widened to the whole text.

    Where footnotes hang from a text that is another, the place of their marks decides: nothing counts as the same.
    """
    again = {now.words(marking) for marking in _standing(now, let_go)}
    noted = leading(before.record) | leading(now.record)
    hosts = {place for marks in noted.values() for place, _ in marks}
    for marking in _standing(before, let_go):
        place = marking.place.passage
        moved = before.texts[place] != now.texts.get(place)
        if before.words(marking) not in again or (moved and place in hosts):
            yield marking.model_copy(update={"id": f"{marking.id}~{n}", "place": Span(passage=place)})


def _widened(
    said: Iterable[Said], seen: Mapping[int, _Moment], now: _Moment
) -> Iterator[tuple[str, tuple[Withhold, str]]]:
    """The withholdings of a text that is not known to be what it was, each of the whole of it.

    With them the words that were meant, where they are known: a person corrected the text that the machine still reads.
    Of what was withheld whole a correction lets nothing go; another reading may have it in another place.
    """
    for each in said:
        claim, then = each.claim, seen.get(each.n)
        if not isinstance(claim, Withhold) or (then and claim.place.start is None):
            continue
        place, words = claim.place.passage, ""
        if then:
            words = then.texts.get(place, "")[claim.place.start : claim.place.end]
        known = claim.wording or (then and then.wording(place))
        if known is None or known != now.wording(place):
            yield claim.id, (claim.model_copy(update={"place": Span(passage=place)}), words)


def _is_stale(claim: object, then: _Moment, now: _Moment, places: Mapping[str, str]) -> bool:
    """Whether an answer or a release was given on other words than those that stand now."""
    if isinstance(claim, Answer) and then is not now:
        return then.findings.get(claim.finding) != now.findings.get(claim.finding)
    if isinstance(claim, Release) and then is not now:
        ruled = {marking.id: marking.place.passage for marking in then.markings.claims}
        place = places.get(claim.overrules) or ruled.get(claim.overrules)
        return place is not None and then.wording(place) != now.wording(place)
    return False


def _look_again(place: str, name: str) -> str:
    return (
        f"{place_words(place)} ({place}) the text is another than when something in it was withheld, or may be, so all "
        f"of it is withheld. Look again: withhold what must be, then release {name}."
    )


def _say_again(amendment: Amend) -> str:
    return (
        f"{amendment.by} corrected {amendment.field}, and it is read otherwise since. Say again what the paper says, "
        f"or release {amendment.id}."
    )


def weighed(dossier: Dossier, read: Corrected, further: Sequence[Finding] = ()) -> Dossier:
    """The dossier with its findings and its review as they stand beside the corrections."""
    stored = (finding for finding in dossier.paper.findings if finding.id not in read.settled)
    further = (*read.findings, *further)
    return replace(
        dossier,
        further=further,
        reviewed=read.review,
        found=answered((*stored, *further), read.review),
    )
