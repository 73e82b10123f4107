"""The proof: a built site is read again, every byte of it, and nothing in it may be unaccounted for.

Three proofs, none of which trusts another. *The seal*: the certificate names the manifest, the manifest every file.
*The closed world*: every text of every file comes from an approved decision or from the site's own sources. *The
rebuilding*: the installed sources make the same bytes of the same decisions. What cannot be read fails.

A problem names a file, a place in it and a kind. It never quotes: the text it found is a `SecretStr` for the caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from pydantic import SecretStr, TypeAdapter, ValidationError

from publish.body import SITE
from publish.build import files, papers
from publish.certificate import CERTIFICATE, Certificate, Certified, Counts, sha256
from publish.literals import HOLE, quoted, runs
from publish.paper import spoken
from publish.part1 import Part1, Stub, canonical_json, digest, slug, unsettled
from publish.pdf import printing
from publish.reading import MARKUP, Piece, Text, Unreadable, pieces, read
from publish.seal import content, seal, walk
from publish.shell import build_shell, shipped
from publish.verdict import Problem, Verdict, named
from publish.vocabulary import Vocabulary
from publish.words import kilobytes

Decision = Part1 | Stub
_DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


def verify(
    site: Path,
    *,
    shell: Path | None = None,
    certified: Sequence[Certified] | None = None,
    print_again: bool = False,
) -> Verdict:
    """Proves a built site from its bytes alone; the shell is built afresh unless a trusted one is given.

    Every PDF is read whole; with `print_again` each is printed too, and must be the same byte for byte.

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
        printed = stack.enter_context(printing(papers(decisions))) if print_again else None
        if shell is None:
            shell = Path(stack.enter_context(TemporaryDirectory())) / "shell"
            build_shell(shell)
        verdict = _proof(site, decisions, shell, printed)
    if certificate is not None and certificate.counts != verdict.counts:
        problems += (Problem(CERTIFICATE, None, "other counts than were found"),)
    return Verdict(problems + verdict.problems, verdict.counts)


def prove(site: Path, decisions: Sequence[Decision], shell: Path, copies: Path | None = None) -> Verdict:
    """The closed world and the rebuilding: whether the files say these decisions in the site's own words, and no more.

    What is no regular file is left to the seal. `copies` is where PDFs were kept that need not be printed again: each
    is still read whole, as every file is.
    """
    with printing(papers(decisions), copies) as printed:
        return _proof(site, decisions, shell, printed)


def _proof(
    site: Path, decisions: Sequence[Decision], shell: Path, printed: Callable[[], Mapping[str, Path]] | None
) -> Verdict:
    """Reads PDFs and data while PDFs are printed, if any are, and the rest once it is known what must be there."""
    paths = walk(site).paths
    copies = {one.slug: f"decisions/{one.slug}/{one.slug}.pdf" for one in papers(decisions)}
    ours = frozenset(shipped(shell))
    world = closed_world(decisions, shell)
    world.vocabulary.learn_paths(f"decisions/{one.slug}/index.html" for one in decisions)  # a PDF names its page
    sizes: dict[str, int] = {}
    made: dict[str, str] = {}

    def look(path: str) -> _Seen:
        held = content(paths[path])
        digest = sha256(held)
        ships = path in ours and made.get(path) == digest
        return _Seen(digest, len(held), () if ships else tuple(world.doubts(path, held)))

    seen = {path: look(path) for path in paths if path.endswith((".json", ".pdf")) and path not in ours}
    lying = {slug: paths[path] for slug, path in copies.items() if path in paths}
    for path, page in files(decisions, shell, printed() if printed else lying):
        made[path], sizes[path] = sha256(page), len(page)
    world.learn_files(sizes)
    problems = [Problem(path, None, "missing") for path in sorted({*made, *copies.values()} - paths.keys())]
    size = 0
    for path in paths:
        one = seen.get(path) or look(path)
        size += one.size
        if path not in made:
            problems.append(Problem(named(path, made), None, "not a file of this site", SecretStr(path)))
        elif made[path] != one.digest:
            problems.append(Problem(path, None, "not what the sources make of the approved text"))
        problems += (replace(problem, file=named(path, made)) for problem in world.left(path, one.doubts))
    return Verdict(tuple(problems), Counts(files=len(paths), size=size, texts=world.texts, decisions=len(decisions)))


class Doubt(NamedTuple):
    """A text that the closed world did not know when it was read, or None for what cannot be read, and its line."""

    line: int | None
    text: Text | None


class _Seen(NamedTuple):
    """One file of the site, read once."""

    digest: str
    size: int
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class ClosedWorld:
    """The closed world, asked file by file. It remembers the pieces it accepted: most pages share most of theirs."""

    vocabulary: Vocabulary
    texts: int = 0
    accepted: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def doubts(self, path: str, content: bytes) -> Iterator[Doubt]:
        """What it does not know of a file. Asked before all is learnt, it doubts too much; `left` asks again."""
        depth = path.count("/")
        accepted = self.accepted[depth]
        try:
            for piece in read(path, content, accepted):
                self.texts += len(piece.texts)
                unknown = [text for text in piece.texts if self.vocabulary.fault(text, path)]
                yield from (Doubt(piece.line, text) for text in unknown)
                if not unknown and len(piece.source) <= _SHARED and _means_the_same_everywhere(piece, depth):
                    accepted.add(piece.source)
        except Unreadable as unreadable:
            yield Doubt(unreadable.line, None)

    def learn_files(self, sizes: Mapping[str, int]) -> None:
        """The files of the site and how many bytes each has: links lead to them, and a page says so of a PDF."""
        self.vocabulary.learn_paths(sizes)
        for size in {kilobytes(size) for path, size in sizes.items() if path.endswith(".pdf")}:
            self.vocabulary.learn(size)

    def problems(self, path: str, content: bytes) -> Iterator[Problem]:
        """What is wrong with a file, once all is learnt."""
        return self.left(path, self.doubts(path, content))

    def left(self, path: str, doubts: Iterable[Doubt]) -> Iterator[Problem]:
        """What is left of the doubts about a file now that more is learnt."""
        for line, text in doubts:
            if text is None:
                yield Problem(path, line, "cannot be read")
            elif fault := self.vocabulary.fault(text, path):
                yield Problem(path, line, fault, SecretStr(text.value))


_SHARED = 400  # characters: longer pieces are a decision's own and not met again


def _means_the_same_everywhere(piece: Piece, depth: int) -> bool:
    """Whether its links, if any, lead to the same place from every page of this depth."""
    ways = ("../" * depth if depth else "#", "#", "/", "http")
    return all(text.value.startswith(ways) for text in piece.texts if text.kind == "link")


def closed_world(
    decisions: Sequence[Decision], shell: Path, sizes: Mapping[str, int] = MappingProxyType({})
) -> ClosedWorld:
    """The closed world of these decisions: theirs, the templates' and the shell's, read from installed sources.

    `sizes` are the files of the site, as far as they are known yet; see `ClosedWorld.learn_files`.
    """
    vocabulary = Vocabulary()
    vocabulary.learn_decisions(decisions)
    for template in sorted((SITE / "templates").glob("*.typ")):
        for run in (*quoted(template.read_text(encoding="utf-8")), *spoken()):
            vocabulary.learn_literal(run.replace("{}", HOLE))
    for template in sorted((SITE / "templates").glob("*ml")):
        for run in runs(template.read_text(encoding="utf-8")):
            with suppress(Unreadable):  # a tag whose name is a value: nothing is learnt from it
                vocabulary.learn_pieces(pieces(MARKUP, run))
    for page in sorted(shell.rglob("*.html")):
        vocabulary.learn_pieces(pieces(MARKUP, page.read_text(encoding="utf-8")))
    world = ClosedWorld(vocabulary)
    world.learn_files(sizes)
    return world


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
            or certified.state != ("published" if isinstance(decision, Part1) else decision.why)
        ):
            problems.append(Problem(f"decisions/{folder}/index.json", None, "not the version that was approved"))
            continue
        decisions.append(decision)
    return tuple(problems), tuple(decisions)
