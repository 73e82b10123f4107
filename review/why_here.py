"""Why a paper lies in a pile: one sentence with its page, for whoever may read it, and what a search looks at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from review.piles import Looker, Pile, Tone
from review.roles import APOSTROPHES
from review.standings import Standing
from review.told_to_clerks import told_to_clerks

SENTENCE_ENDS = re.compile(r"(?<=[^\W\d_]{3}[.?])\s+(?=[A-Z])")  # after a word: an initial ends none


@dataclass(frozen=True, slots=True)
class Line:
    """One paper in a pile: why it is here, in one sentence with its page, and how many reasons more there are."""

    standing: Standing
    title: str | None
    tone: Tone
    word: str
    why: str
    more: int
    waiting: str


def line(of: Pile, standing: Standing, looker: Looker) -> Line:
    """A paper as its pile shows it to somebody."""
    shown = title_for(standing, looker)
    found = of.first_due(standing, looker)
    if found:
        tone: Tone = "stop" if found.overdue else "wait"
        word = "Overdue" if found.overdue else "Coming"
        return Line(standing, shown, tone, word, found.why, 0, _until(found.on, looker.today))
    tone, word = _mark(standing)
    reasons = _reasons(standing, looker)
    why, page = reasons[0] if reasons else ("", None)
    why = f"{why.removesuffix('.')} (page {page})." if page else why
    waiting = _days((looker.today - standing.waiting_since).days)
    return Line(standing, shown, tone, word, why, max(len(reasons) - 1, 0), waiting)


def title_for(standing: Standing, looker: Looker) -> str | None:
    """The title as far as somebody may read it."""
    return standing.title if looker.reads_withheld else standing.public_title


def matching(standings: Sequence[Standing], words: str, looker: Looker) -> tuple[Standing, ...]:
    """The papers whose reference or title, as far as this person may read it, has all of these words."""
    wanted = _sought(words).split()
    found = []
    for standing in standings:
        title = title_for(standing, looker)
        text = _sought(f"{standing.name} {standing.name.replace(' ', '')} {title or ''}")
        if wanted and all(word in text for word in wanted):
            found.append(standing)
    return tuple(found)


def _sought(text: str) -> str:
    """A text as it is looked for: case, accents and punctuation, and how an apostrophe is typed, make no difference."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"[^\w\s]+", " ", re.sub(f"['{APOSTROPHES}]", "", plain))


ANY = Pile("any", "Found", "Papers", "", lambda _, __: True)
"""No pile of its own: the one that lines are shown of when papers were looked for."""


def _mark(standing: Standing) -> tuple[Tone, str]:
    match standing.state.name:
        case "quarantined":
            return "stop", "Blocks"
        case "held" if standing.held_by:
            return "wait", "Held"
        case "held" if any(finding.severity != "blocks" for finding in standing.open_findings[:1]):
            return "wait", "Needs an answer"
        case "held":
            return "stop", "Blocks"
        case "in-review" if standing.approvers:
            return "wait", "One of two approvals"
        case "in-review":
            return "note", "Ready to approve"
        case "withdrawn":
            return "stop", "Withdrawn"
        case "deferred":
            return "wait", "Deferred"
        case name:
            return "ok", name.capitalize()


def _reasons(standing: Standing, looker: Looker) -> list[tuple[str, int | None]]:
    """Why a paper stands where it stands, a sentence and a page each.

    Who may read nothing that is withheld is told what `review.told_to_clerks` allows.
    """
    if looker.reads_withheld:
        pages = {finding.message: finding.page for finding in standing.open_findings}
        found = [(_first_sentence(reason), pages.get(reason)) for reason in standing.state.reasons]
    else:
        found = list(told_to_clerks(standing.open_findings, standing.state.reasons))
    return sorted(found, key=lambda each: not each[0].startswith("Held by "))  # what somebody chose, before the rest


def _first_sentence(reason: str) -> str:
    """The first sentence, which says what is the matter; what to do is on the paper's page."""
    return SENTENCE_ENDS.split(reason, maxsplit=1)[0]


def _until(on: date, today: date) -> str:
    days = (on - today).days
    if days == 0:
        return "today"
    return f"in {_days(days)}" if days > 0 else f"{_days(-days)} late"


def _days(number: int) -> str:
    return "today" if number == 0 else "1 day" if number == 1 else f"{number} days"
