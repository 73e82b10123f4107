"""What a person sees in the terminal: the one room of rich. No text of Part 2 is printed here."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ingest.apart import Refused
from ingest.errors import shown as file_name
from review import rows

if TYPE_CHECKING:  # a command loads what it uses and no more
    from ingest.document import Document
    from publish.verdict import Verdict
    from review.inbox import Taken
    from review.office import View
    from review.publication import Outcome
    from review.standings import Standing

said = Console(stderr=True, highlight=False, soft_wrap=True)
shown = Console(highlight=False)

SECONDS_A_LINE = 10

STATES = {
    "quarantined": "red", "held": "yellow", "in-review": "cyan", "approved": "green", "deferred": "yellow",
    "published": "green", "withdrawn": "red", "refused": "red",
}  # fmt: skip


def print_json(value: Any) -> None:
    """One JSON document on standard output, and nothing else there."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def say(text: str) -> None:
    """A message for a person, on standard error."""
    said.print(escape(text))


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar with counts on a terminal, else a line now and then; a step is one call of what it gives."""
    if not said.is_terminal:
        yield _lines(label, total)
        return
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=said, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def _lines(label: str, total: int) -> Callable[[], None]:
    done, last = 0, time.monotonic()

    def step() -> None:
        nonlocal done, last
        done += 1
        if time.monotonic() - last >= SECONDS_A_LINE:
            last = time.monotonic()
            say(f"{label}: {done} of {total}")

    return step


def state_words(name: str) -> str:
    """The name of a state in its colour."""
    return f"[{STATES.get(name, 'white')}]{name}[/]"


def print_taken(taken: Sequence[Taken]) -> None:
    """What was read, held and refused."""
    table = _table("File", "Reference", "State", "Why")
    for each in taken:
        reason = ("Known already. " if each.known else "") + _first(each.reasons)
        name = escape(file_name(each.file))
        table.add_row(name, each.reference or "none", state_words(each.state), escape(reason))
    shown.print(table)
    counts = Counter(each.state.replace("-", " ") for each in taken)
    files = "1 file" if len(taken) == 1 else f"{len(taken)} files"
    say(f"{files}: {', '.join(f'{count} {state}' for state, count in counts.most_common())}.")


def print_papers(papers: Sequence[Standing]) -> None:
    """Papers with their states, and the first reason of each."""
    if not papers:
        say("No papers are in this register yet. Put some in: partone ingest FOLDER")
        return
    names = Counter(paper.name for paper in papers)
    taken = any(paper.taken_by for paper in papers)
    table = _table("Reference", "Title", "State", *["With"] * taken, "Why")
    for paper in papers:
        twin = f" ({paper.sha256[:12]})" if names[paper.name] > 1 else ""
        table.add_row(
            escape(paper.name + twin),
            escape(paper.title or "no title"),
            state_words(paper.state.name),
            *[escape(paper.taken_by or "")] * taken,
            escape(_first(paper.state.reasons)),
        )
    shown.print(table)


def print_state(view: View) -> None:
    """Where a paper stands after a step."""
    say(f"{view.dossier.paper.name} is {view.state.name}.")
    for reason in view.state.reasons:
        say(f"  {reason}")


def print_inspection(file: Path, found: Document | Refused, as_json: bool) -> int:
    """What is hidden in a file; the exit code says whether anything is."""
    if as_json:
        print_json(rows.inspection(file, found))
    elif isinstance(found, Refused):
        say(f"{found.file_name}: {found.reason} {found.remedy}")
    elif not found.hidden:
        shown.print(f"{escape(file.name)}: nothing hidden was found.")
    else:
        places = "1 place" if len(found.hidden) == 1 else f"{len(found.hidden)} places"
        shown.print(f"[red]{escape(file.name)}: {places} where something is hidden[/]")
        for each in found.hidden:
            where = f"page {each.page}" if each.page else "in the file"
            shown.print(f"  {each.kind}, {where}: {escape(each.detail)}", soft_wrap=True)
            shown.print(f"    {escape(each.text)}", soft_wrap=True)
    return 3 if isinstance(found, Refused) else 1 if found.hidden else 0


def print_verdict(folder: Path, verdict: Verdict, as_json: bool) -> int:
    """Whether a site is proven; the exit code says so too."""
    if as_json:
        print_json(rows.verdict_row(folder, verdict))
    elif verdict.clean:
        counts = ", ".join(f"{count} {name}" for name, count in verdict.counts.model_dump().items())
        say(f"Proven: nothing in {folder} but approved text and the site's own. Looked at {counts}.")
    else:
        say(f"Not proven: {len(verdict.problems)} places in {folder}. Do not put this site on a server.")
        for problem in verdict.problems[:50]:
            say(f"  {problem}")
    return 0 if verdict.clean else 4


def print_outcome(outcome: Outcome, as_json: bool, dry_run: bool) -> None:
    """What a release brought."""
    if as_json:
        print_json(rows.outcome_row(outcome))
    elif dry_run:
        say(f"Proven: {outcome.pages} pages. This was a dry run; the public site is unchanged.")
    elif outcome.changed:
        say(f"Released: {outcome.pages} pages, proven. The site lies in {outcome.site}.")
    else:
        say(f"Nothing to do: the public site in {outcome.site} is already this one.")


def print_rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table."""
    table = _table(*heads)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    shown.print(table)


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def _first(reasons: Sequence[str]) -> str:
    if not reasons:
        return ""
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return reasons[0] + more
