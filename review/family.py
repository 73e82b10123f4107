"""Papers of one reference: which corrects which, and which are rivals for it.

A decision that was public keeps its address when a corrected paper takes its place; the two are no rivals.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from extract.claims import Amend
from review.acts import Event, Published, Said
from review.amendments import names_in, reference_key, said_of
from review.case import Rival, standing, withdrawal
from review.tables import claims, paper_references, papers

RIVALS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Family:
    """`replaces` has, of each paper that corrects another, the SHA-256 of the other."""

    replaces: Mapping[str, str]

    @classmethod
    def read(cls, connection: Connection) -> Family:
        """All of them: they are few, and the latest word of each paper counts."""
        query = select(claims.c.paper, claims.c.body).where(claims.c.kind == "correct").order_by(claims.c.n)
        return cls({row.paper: json.loads(row.body)["replaces"] for row in connection.execute(query)})

    def before(self, sha: str) -> tuple[str, ...]:
        """The papers that one replaces, the latest first."""
        found: list[str] = []
        while (sha := self.replaces.get(sha, "")) and sha not in found:
            found.append(sha)
        return tuple(found)

    def after(self, sha: str) -> tuple[str, ...]:
        """The papers that replace one, directly or not."""
        return tuple(each for each in self.replaces if sha in self.before(each))

    def are_kin(self, one: str, other: str) -> bool:
        """Whether one of two papers corrects the other."""
        return other in self.before(one) or one in self.before(other)

    def of(self, only: Collection[str]) -> set[str]:
        """These papers with all that they replace and that replace them."""
        return {kin for sha in only for kin in (sha, *self.before(sha), *self.after(sha))}

    def replaced_by(self, sha: str, histories: Mapping[str, Sequence[Event]]) -> str | None:
        """The paper that corrects one and is not withdrawn unless it has been public; the one that was public first."""
        others = [each for each, replaced in self.replaces.items() if replaced == sha]
        public = [each for each in others if any(isinstance(event, Published) for event in histories.get(each, ()))]
        waiting = [each for each in others if withdrawal(histories.get(each, ())) is None]
        return next(iter((*public, *waiting)), None)


def bearers_of(
    connection: Connection, only: Collection[str] | None, said: Mapping[str, Sequence[Said]]
) -> dict[str, dict[str, str]]:
    """Every reference, with the papers that bear it: SHA-256 and file name. A whole folder may bear one.

    A paper whose reference was misread is still found by what was read, but bears the corrected one alone.
    """
    query = select(paper_references.c.key, papers.c.sha256, papers.c.file_name, papers.c.reference)
    query = query.join(papers, papers.c.sha256 == paper_references.c.paper).order_by(papers.c.sha256)
    if only is not None:
        mine = select(paper_references.c.key).where(paper_references.c.paper.in_(only))
        query = query.where(paper_references.c.key.in_(mine))
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(query):
        claims_of = said.get(row.sha256, ())
        if any(isinstance(each.claim, Amend) and each.claim.field == "reference" for each in claims_of):
            borne = said_of(claims_of, "reference", row.reference)
            if row.key not in map(reference_key, names_in(borne)):
                continue
        found.setdefault(row.key, {})[row.sha256] = row.file_name
    return found


def rivals_of(bearing: Mapping[str, str], histories: Mapping[str, Sequence[Event]]) -> tuple[list[Rival], int]:
    """The first few papers that bear one reference and are not withdrawn, public ones first; and how many there are."""
    there = [
        Rival(sha, name, standing(history) is not None)
        for sha, name in bearing.items()
        if not withdrawal(history := histories.get(sha, ()))
    ]
    return sorted(there, key=lambda rival: not rival.published)[: RIVALS_NAMED + 2], len(there)


def successor_of(connection: Connection, sha: str | None, histories: Mapping[str, Sequence[Event]]) -> Rival | None:
    """The paper that corrects another, and whether it has ever been public."""
    if sha is None:
        return None
    name = connection.execute(select(papers.c.file_name).where(papers.c.sha256 == sha)).scalar_one()
    return Rival(sha, name, any(isinstance(event, Published) for event in histories.get(sha, ())))
