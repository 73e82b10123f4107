"""Which public versions went out in which release, under which certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select

from extract.claims import Amend
from publish.part1 import Version
from review import audit
from review.acts import Extend, Published
from review.amending import corrected, weighed
from review.case import Candidate, withdrawal
from review.dossier import Dossier, read_dossiers, read_record
from review.errors import Conflict, NotFound
from review.tables import releases, versions


@dataclass(frozen=True, slots=True)
class Released:
    """One release: the certificate it was verified under, and the versions it made public for the first time."""

    n: int
    at: str
    by: str | None
    certificate_digest: str
    versions: tuple[tuple[str, Version], ...]


def write_release(
    connection: Connection, certificate_digest: str, published: Sequence[tuple[str, Version]], by: str | None
) -> Released:
    """Write a release and its log entry, if every paper in it may still go out."""
    files = {dossier.paper.sha256: dossier for dossier in read_dossiers(connection)}
    unknown = [sha[:12] for sha, _ in published if sha not in files]
    if unknown:
        raise NotFound(f"No paper here has the SHA-256 {unknown[0]}. Nothing was released.")
    fresh = tuple((sha, version) for sha, version in published if _is_fresh(connection, files[sha], version))
    rows = [{"paper": sha, **version.model_dump(mode="json")} for sha, version in fresh]
    entry = audit.append(connection, "released", audit.release_body(certificate_digest, rows), by=by)
    connection.execute(insert(releases).values(n=entry.n, at=entry.at, by=by, certificate_digest=certificate_digest))
    if rows:
        connection.execute(insert(versions), [{"release": entry.n, **row} for row in rows])
    return Released(entry.n, entry.at, by, certificate_digest, fresh)


def read_releases(connection: Connection) -> tuple[Released, ...]:
    """Every release, first to last."""
    public: dict[int, list[tuple[str, Version]]] = {}
    for row in connection.execute(select(versions).order_by(versions.c.paper, versions.c.number)):
        public.setdefault(row.release, []).append((row.paper, _version(row)))
    return tuple(
        Released(row.n, row.at, row.by, row.certificate_digest, tuple(public.get(row.n, ())))
        for row in connection.execute(select(releases).order_by(releases.c.n))
    )


def read_versions(connection: Connection, sha: str) -> tuple[Version, ...]:
    """Every public version a paper has had, first to last."""
    query = select(versions).where(versions.c.paper == sha).order_by(versions.c.number)
    return tuple(_version(row) for row in connection.execute(query))


def _is_fresh(connection: Connection, dossier: Dossier, version: Version) -> bool:
    """Whether the version goes out for the first time; a paper that may not go out stops the release."""
    stop = f"{dossier.paper.name} cannot go out, so nothing was released; publish again."
    gone = withdrawal(dossier.history)
    if gone:
        raise Conflict(f"{stop} It was withdrawn by {gone.by}.")
    own = [event for event in dossier.history if isinstance(event, Published)]
    known = [*dossier.facts.earlier, *own]
    if own and (known[-1].number, known[-1].digest) == (version.number, version.digest):
        return False
    if version.number != len(known) + 1:
        raise Conflict(f"{stop} It has had {len(known)} public versions; number {version.number} is not the next.")
    if any(isinstance(claim, Amend | Extend) for claim in dossier.claims):
        dossier = weighed(
            dossier, corrected(read_record(connection, dossier.paper.sha256), dossier.said, dossier.review)
        )
    state = dossier.state(Candidate(version.digest), version.published_on)
    if state.name != "approved":
        raise Conflict(f"{stop} It is {state.in_words}. {' '.join(state.reasons)}")
    return True


def _version(row: Row[tuple[object, ...]]) -> Version:
    on = date.fromisoformat(row.published_on)
    return Version(number=row.number, published_on=on, note=row.note, digest=row.digest)
