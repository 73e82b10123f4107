"""The private register: papers with their records, what people said of them, what was released; all of it logged.

One verb in, one value out. Every change is one transaction with its entry in the log, so an acknowledged step is
never lost and a lost one was never acknowledged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.engine import URL

from extract.claims import Finding, Review
from extract.record import DecisionRecord
from publish.part1 import Version
from review import address, audit, originals, soundness
from review.acts import Claim
from review.case import standing
from review.database import Database, open_engine
from review.dossier import Dossier, Paper, read_dossiers, read_papers, reference_key
from review.errors import NotFound, RegisterError, SeveralPapers
from review.intake import Entered, NewPaper, take_in
from review.people import permitted
from review.releases import Released, read_releases, read_versions, write_release
from review.statements import write_claim
from review.tables import paper_references, papers

RESTORING = ".restoring"
"""The folder in a home that a backup is laid into; while it is there, half of the home may be missing."""


class Register(Database):
    """The register of one authority in one home."""

    def __init__(self, home: Path, at: URL | None = None) -> None:
        super().__init__(open_engine(home / "register.db", at))
        self.home = home

    @classmethod
    def open(cls, home: Path, url: str | None = None) -> Register:
        """Open the register in `home`, making whatever is not there yet; `url` names a database other than its own.

        The home remembers it, so that it need not be named again, and no other can be taken for it.
        """
        if (home / RESTORING).exists():
            raise RegisterError(f"A restore into {home} has not ended. Wait for it, or run it again if it was stopped.")
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        at = address.of(home, url)
        register = cls(home, at)
        if at is not None:
            address.remember(home, at)
        return register

    def enter(self, paper: NewPaper) -> Entered:
        """Take a paper in. The same file twice is one paper; read anew, its record, rules and findings are replaced."""
        if paper.entered_by is not None:
            with self.reading() as connection:
                paper = replace(paper, entered_by=permitted(connection, paper.entered_by, "enter").name)
        originals.keep(self.home, paper.file, paper.record.source.sha256)
        with self.writing() as connection:
            return take_in(connection, paper)

    def named(self, ref: str) -> tuple[Paper, ...]:
        """The papers of that reference in any spelling, or whose SHA-256 begins so (at least 6 characters)."""
        with self.reading() as connection:
            by_reference = select(paper_references.c.paper).where(paper_references.c.key == reference_key(ref))
            found = set(connection.execute(by_reference).scalars())
            start = ref.strip().lower()
            if not found and re.fullmatch(r"[0-9a-f]{6,64}", start):
                by_sha = select(papers.c.sha256).where(papers.c.sha256.startswith(start))
                found = set(connection.execute(by_sha).scalars())
            return read_papers(connection, found)

    def find(self, ref: str) -> Paper:
        """The one paper that is named so; raises NotFound, and SeveralPapers with the name that each has alone."""
        these = self.named(ref)
        if not these:
            raise NotFound(f"No paper here is called “{ref}”. `partone list` shows the papers and their names.")
        if len(these) > 1:
            which = ", ".join(f"{paper.sha256[:12]} ({paper.file_name})" for paper in these)
            raise SeveralPapers(f"Several papers are called “{ref}”. Say which by its SHA-256: {which}.")
        return these[0]

    def public(self, ref: str) -> str | None:
        """Of several papers that are called so, as while one is being corrected, the public one: its SHA-256."""
        public = [each.sha256 for each in self.named(ref) if standing(self.dossier(each.sha256).history)]
        return public[0] if len(public) == 1 else None

    def papers(self) -> tuple[Paper, ...]:
        """Every paper, in the order they came in."""
        with self.reading() as connection:
            return read_papers(connection)

    def dossier(self, sha: str) -> Dossier:
        """All that is known of one paper, as of one moment."""
        with self.reading() as connection:
            return _dossier(connection, sha)

    def dossiers(self) -> tuple[Dossier, ...]:
        """All that is known of every paper, as of one moment, without their records."""
        with self.reading() as connection:
            return read_dossiers(connection)

    def record(self, sha: str) -> DecisionRecord:
        """The private record, withheld text included."""
        with self.reading() as connection:
            written = connection.execute(select(papers.c.record).where(papers.c.sha256 == sha)).scalar()
        if written is None:
            raise _unknown(sha)
        return DecisionRecord.model_validate_json(written)

    def original(self, sha: str) -> Path:
        """The PDF as it came in."""
        return originals.path_of(self.home, sha)

    def claims(self, sha: str) -> tuple[Claim, ...]:
        """All that people said of a paper, in order, overruled claims included."""
        return self.dossier(sha).claims

    def add_claim(self, sha: str, claim: Claim, expected_revision: int, further: Sequence[Finding] = ()) -> Paper:
        """Write down what a person says of the revision they looked at; the paper comes back as it is afterwards.

        `further` are the findings about what was withheld at that revision, which may be answered as the stored ones.

        A revision that is no longer the paper's is a `Conflict`. Holding and withdrawing only ever keep something
        back and need no fresh look.
        """
        return self.add_claims(sha, (claim,), expected_revision, further)

    def add_claims(
        self, sha: str, claims: Sequence[Claim], expected_revision: int, further: Sequence[Finding] = ()
    ) -> Paper:
        """The same for several claims at once, all of them or none: a name is withheld everywhere or nowhere."""
        with self.writing() as connection:
            for n, claim in enumerate(claims):
                dossier = replace(_dossier(connection, sha), further=tuple(further))
                write_claim(connection, dossier, claim, dossier.paper.revision if n else expected_revision)
            return read_papers(connection, {sha})[0]

    def record_release(
        self,
        certificate_digest: str,
        published: Sequence[tuple[str, Version]],
        *,
        by: str | None = None,
        swap: Callable[[], object] = lambda: None,
    ) -> Released:
        """Write down a release and let `swap` bring it about, both or neither.

        `published` names the current version of each paper by its SHA-256; those already on record are passed over.
        A paper that was withdrawn, held or changed while the site was built stops the release before the swap.
        """
        with self.writing() as connection:
            name = None if by is None else permitted(connection, by, "publish").name
            released = write_release(connection, certificate_digest, published, name)
            swap()
            return released

    def versions(self, sha: str) -> tuple[Version, ...]:
        """Every public version a paper has had, first to last."""
        with self.reading() as connection:
            return read_versions(connection, sha)

    def releases(self) -> tuple[Released, ...]:
        """Every release, first to last."""
        with self.reading() as connection:
            return read_releases(connection)

    def log(self, sha: str | None = None) -> tuple[audit.Entry, ...]:
        """The log in order, or the part of it that concerns one paper."""
        with self.reading() as connection:
            return audit.entries(connection, sha)

    def verify_log(self, *, read_originals: bool = True) -> tuple[soundness.Problem, ...]:
        """Whether all is as it was written; empty where it is. It reads every PDF again, unless told not to."""
        with self.reading() as connection:
            return soundness.examine(connection, self.home, read_originals=read_originals)


def review(register: Register, sha: str) -> Review:
    """What people said of a paper as it is read now, for `extract.separate` to weigh."""
    return register.dossier(sha).review


def _dossier(connection: Connection, sha: str) -> Dossier:
    found = read_dossiers(connection, {sha})
    if not found:
        raise _unknown(sha)
    return found[0]


def _unknown(sha: str) -> NotFound:
    return NotFound(f"No paper here has the SHA-256 {sha[:12]}. `partone list` shows the papers and their names.")
