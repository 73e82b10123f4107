"""Commands that take papers in, look at them, and write down what people say of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.commands.corrections import (
    amend,
    confirm,
    correct,
    end_deferral,
    extend,
    hold,
    lift,
    reinstate,
    take,
    withdraw,
    withhold_whole,
)  # fmt: skip
from review.commands.options import (
    DONE,
    HOME,
    NEEDS_A_PERSON,
    UNREADABLE,
    WRONG_USAGE,
    AsJson,
    Because,
    By,
    Home,
    Ref,
    opened,
)
from review.commands.withholding import release, withhold

if TYPE_CHECKING:
    from extract.claims import Answer

Version = Annotated[
    str | None,
    typer.Option(help="The public version that `show --public` named; where another stands now, nothing is approved.",
                 show_default=False),
]  # fmt: skip
SETTLED = frozenset({"approved", "published", "deferred"})


def add_to(app: typer.Typer) -> None:
    """Give the command line the commands about papers."""
    for name, command in (
        ("ingest", ingest), ("list", list_papers), ("show", show), ("check", check), ("take", take), ("answer", answer),
        ("amend", amend), ("withhold", withhold), ("release", release), ("approve", approve), ("hold", hold),
        ("lift", lift), ("extend", extend), ("end-deferral", end_deferral), ("withhold-whole", withhold_whole),
        ("correct", correct), ("withdraw", withdraw), ("confirm", confirm), ("reinstate", reinstate),
    ):  # fmt: skip
        app.command(name)(command)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="PDFs, and folders of PDFs.", show_default=False)],
    home: Home = HOME,
    as_json: AsJson = False,
    workers: Annotated[
        int | None, typer.Option(help="How many papers are read at once; as many as there are processors.", min=1)
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(metavar="tcp://HOST:PORT", help="A dask cluster that reads instead.", show_default=False),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read known papers anew, as after an update.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who puts them in.", show_default=False)] = None,
) -> None:
    """Take papers into the register; the same file twice is one paper, and one that is known is not read again."""
    from ingest.inbox import find_papers, left_out
    from review import console, inbox, rows

    files, others = tuple(find_papers(paths)), left_out(paths)
    if not files:
        console.say("There is no PDF in what you named, so nothing was changed. Name PDFs, or a folder of them.")
        raise typer.Exit(WRONG_USAGE)
    if by is None:
        console.say("Put in by nobody: with --by NAME the log says who, and who put a paper in cannot approve it.")
    taken = []
    with (
        opened(home, new=True) as register,
        inbox.readers(workers, engine) as (executor, at_once),
        console.progress("Reading", len(files)) as step,
    ):
        for each in inbox.ingest(register, files, executor, at_once, by, again):
            taken.append(each)
            step()
    taken.sort(key=lambda each: each.number)
    if as_json:
        console.print_json({"papers": [rows.taken_row(each) for each in taken]})
    else:
        console.print_taken(taken)
    if others:
        console.say(f"Left out, because the name does not end in .pdf: {others} file{'s' * (others > 1)}.")
    states = {each.state for each in taken}
    raise typer.Exit(UNREADABLE if "refused" in states else DONE if states <= SETTLED else NEEDS_A_PERSON)


def list_papers(home: Home = HOME, as_json: AsJson = False) -> None:
    """List every paper with its state and why."""
    from review import console, rows
    from review.office import today
    from review.standings import Standings

    with opened(home) as register:
        found = Standings(register).of(today())
    if as_json:
        console.print_json({"papers": [rows.paper_row(paper) for paper in found]})
    else:
        console.print_papers(found)


def show(
    ref: Ref,
    home: Home = HOME,
    as_json: AsJson = False,
    public: Annotated[bool, typer.Option("--public", help="What would be public.")] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Write pictures of its pages with a box around all that was read.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(help="With --evidence: the folder for them.", show_default="HOME/evidence/REF")
    ] = None,
) -> None:
    """Show one paper: where it stands, its passages with their names, and what is withheld and why."""
    from review import console, office, rows
    from review import show as papers_shown

    with opened(home) as register:
        view = office.look(register, ref)
    if evidence:
        from review.evidence import draw_evidence

        with console.progress("Drawing", view.record.source.pages) as step:
            drawn = draw_evidence(home, view, to, step)
        papers_shown.print_drawn(view, drawn, as_json)
        raise typer.Exit(NEEDS_A_PERSON if drawn.failed else DONE)
    if as_json:
        console.print_json(
            rows.public_view(view.disclosure.part1, view.disclosure.held) if public else rows.view_row(view)
        )
    elif public:
        papers_shown.print_public(view)
    else:
        papers_shown.print_view(view)


def check(
    ref: Ref,
    home: Home = HOME,
    as_json: AsJson = False,
    hints: Annotated[
        bool, typer.Option("--hints", help="Also what a statistical model takes for people, for you to judge.")
    ] = False,
) -> None:
    """List the findings of one paper; a PDF may be named instead, and is then read without the register."""
    from extract import names
    from review import console, office
    from review.show import print_findings, print_hints

    if Path(ref).is_file():
        record, findings = office.check_file(Path(ref))
        name = record.reference
        said: tuple[Answer, ...] = ()
    else:
        with opened(home) as register:
            view = office.look(register, ref)
        record, name = view.record, view.dossier.paper.reference
        findings, said = view.dossier.findings, view.dossier.review.answers
    guesses = names.hints(record) if hints else ()
    if as_json:
        listed = {"reference": name, "findings": [finding.model_dump(mode="json") for finding in findings]}
        told = {"hints": [{"words": words, "place": at.place} for words, at in guesses]}
        console.print_json(listed | told if hints else listed)
    else:
        print_findings(name or ref, findings, said)
        if hints:
            print_hints(guesses, names.there())
    unanswered = [f for f in findings if f.severity != "note" and f.answered_by is None]
    raise typer.Exit(NEEDS_A_PERSON if unanswered else DONE)


def answer(
    ref: Ref,
    finding: Annotated[str, typer.Argument(help="The finding's id, as `check` shows it.", show_default=False)],
    by: By,
    because: Because,
    value: Annotated[
        str | None,
        typer.Option(help="The answer, where one is asked for: no, yes, a date, a ground; of a name: withhold."),
    ] = None,
    home: Home = HOME,
) -> None:
    """Answer a finding of a paper."""
    from review import console, office, withholding

    with opened(home) as register:
        if value == withholding.WITHHOLD:
            console.print_state(withholding.withhold_asked(register, ref, finding, by, because))
        else:
            console.print_state(office.answer(register, ref, finding, by, because, value))


def approve(ref: Ref, by: By, version: Version = None, home: Home = HOME) -> None:
    """Approve one exact public version; two different people are needed."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.approve(register, ref, by, version))
