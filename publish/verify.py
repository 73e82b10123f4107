"""The proof: a built site is read again, every byte of it, and nothing in it may be unaccounted for.

Three proofs, none of which trusts another. *The seal*: the certificate names the manifest, the manifest every file.
*The closed world*: every text of every file comes from an approved decision or from the site's own sources. *The
rebuilding*: the installed sources make the same bytes of the same decisions. What cannot be read fails.

A problem names a file, a place in it and a kind. It never quotes: the text it found is a `SecretStr` for the caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr, TypeAdapter, ValidationError

from publish.body import SITE
from publish.build import gather
from publish.certificate import CERTIFICATE, Certificate, Certified, Counts, sha256
from publish.literals import HOLE, quoted, runs
from publish.paper import spoken
from publish.part1 import Part1, Stub, canonical_json, digest, slug, unsettled
from publish.reading import MARKUP, Piece, Unreadable, pieces, read
from publish.seal import content, seal, walk
from publish.shell import build_shell, shipped
from publish.verdict import Problem, Verdict, named
from publish.vocabulary import Vocabulary
from publish.words import kilobytes

Decision = Part1 | Stub
_DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


def verify(site: Path, *, shell: Path | None = None, certified: Sequence[Certified] | None = None) -> Verdict:
    """Proves a built site from its bytes alone; the shell is built afresh unless a trusted one is given.

    Where the shelf is at hand, `certified` says what it holds, and the certificate must say the same: that also finds
    a site that was wholly and consistently made of something nobody approved.
    """
    problems, certificate = seal(site)
    decisions: tuple[Decision, ...] = ()
    if certificate is not None:
        if certified is not None and tuple(certified) != certificate.decisions:
            problems += (Problem(CERTIFICATE, None, "not what lies on the shelf"),)
        wrong, decisions = _approved(site, certificate)
        problems += wrong
    with ExitStack() as stack:
        if shell is None:
            shell = Path(stack.enter_context(TemporaryDirectory())) / "shell"
            build_shell(shell)
        verdict = prove(site, decisions, shell)
    if certificate is not None and certificate.counts != verdict.counts:
        problems += (Problem(CERTIFICATE, None, "other counts than were found"),)
    return Verdict(problems + verdict.problems, verdict.counts)


def prove(site: Path, decisions: Sequence[Decision], shell: Path, copies: Path | None = None) -> Verdict:
    """The closed world and the rebuilding: whether the files say these decisions in the site's own words, and no more.

    What is no regular file is left to the seal. `copies` is where PDFs were kept that need not be printed again: each
    is still read whole, as every file is.
    """
    paths = walk(site).paths
    ours = frozenset(shipped(shell))
    sizes: dict[str, int] = {}
    made: dict[str, str] = {}
    for path, page in gather(decisions, shell, copies):
        made[path], sizes[path] = sha256(page), len(page)
    world = closed_world(decisions, shell, sizes)
    problems = [Problem(path, None, "missing") for path in sorted(made.keys() - paths.keys())]
    size = 0
    for path, file in paths.items():
        held = content(file)
        size += len(held)
        if path not in made:
            problems.append(Problem(named(path, made), None, "not a file of this site", SecretStr(path)))
        elif made[path] != sha256(held):
            problems.append(Problem(path, None, "not what the sources make of the approved text"))
        elif path in ours:
            continue
        problems += (replace(problem, file=named(path, made)) for problem in world.problems(path, held))
    return Verdict(tuple(problems), Counts(files=len(paths), size=size, texts=world.texts, decisions=len(decisions)))


@dataclass(slots=True)
class ClosedWorld:
    """The closed world, asked file by file. It remembers the pieces it accepted: most pages share most of theirs."""

    vocabulary: Vocabulary
    texts: int = 0
    accepted: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def problems(self, path: str, content: bytes) -> Iterator[Problem]:
        depth = path.count("/")
        accepted = self.accepted[depth]
        try:
            for piece in read(path, content, accepted):
                self.texts += len(piece.texts)
                faults = [(fault, text) for text in piece.texts if (fault := self.vocabulary.fault(text, path))]
                yield from (Problem(path, piece.line, fault, SecretStr(text.value)) for fault, text in faults)
                if not faults and len(piece.source) <= _SHARED and _means_the_same_everywhere(piece, depth):
                    accepted.add(piece.source)
        except Unreadable as unreadable:
            yield Problem(path, unreadable.line, "cannot be read")


_SHARED = 400  # characters: longer pieces are a decision's own and not met again


def _means_the_same_everywhere(piece: Piece, depth: int) -> bool:
    """Whether its links, if any, lead to the same place from every page of this depth."""
    ways = ("../" * depth if depth else "#", "#", "/", "http")
    return all(text.value.startswith(ways) for text in piece.texts if text.kind == "link")


def closed_world(decisions: Sequence[Decision], shell: Path, sizes: Mapping[str, int]) -> ClosedWorld:
    """The closed world of these decisions: theirs, the templates' and the shell's, read from installed sources.

    `sizes` are the files of the site and how many bytes each has: a page says so of a PDF.
    """
    vocabulary = Vocabulary()
    vocabulary.learn_paths(sizes)
    vocabulary.learn_decisions(decisions)
    for template in sorted((SITE / "templates").glob("*.typ")):
        for run in (*quoted(template.read_text(encoding="utf-8")), *spoken()):
            vocabulary.learn_literal(run.replace("{}", HOLE))
    for size in {kilobytes(size) for path, size in sizes.items() if path.endswith(".pdf")}:
        vocabulary.learn(size)
    for template in sorted((SITE / "templates").glob("*ml")):
        for run in runs(template.read_text(encoding="utf-8")):
            with suppress(Unreadable):  # a tag whose name is a value: nothing is learnt from it
                vocabulary.learn_pieces(pieces(MARKUP, run))
    for page in sorted(shell.rglob("*.html")):
        vocabulary.learn_pieces(pieces(MARKUP, page.read_text(encoding="utf-8")))
    return ClosedWorld(vocabulary)


def _approved(site: Path, certificate: Certificate) -> tuple[tuple[Problem, ...], tuple[Decision, ...]]:
    """The decisions that the certificate names, each from its own data file; one that differs is not believed."""
    problems, decisions = [], []
    slugs = [slug(each.reference) for each in certificate.decisions]
    if slugs != sorted(set(slugs)):
        problems.append(Problem(CERTIFICATE, None, "decisions named twice or out of order"))
    for certified, folder in zip(certificate.decisions, slugs, strict=True):
        try:
            decision = _DECISION.validate_json(content(site / "decisions" / folder / "index.json"))
        except ValidationError:
            problems.append(Problem(CERTIFICATE, None, "names a decision that is not in the site"))
            continue
        if (
            (isinstance(decision, Part1) and unsettled(decision))
            or certified.digest != digest(decision)
            or certified.public != sha256(canonical_json(decision))
            or certified.reference != decision.reference
            or certified.state != ("published" if isinstance(decision, Part1) else "deferred")
        ):
            problems.append(Problem(f"decisions/{folder}/index.json", None, "not the version that was approved"))
            continue
        decisions.append(decision)
    return tuple(problems), tuple(decisions)
