"""One paper in the terminal: what was read, what is found, what is withheld, and what the public would read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from publish.body import body
from publish.part1 import digest
from review.console import print_json, print_rows, say, shown, state_words

if TYPE_CHECKING:  # a command loads what it uses and no more
    from extract.claims import Answer, Finding
    from extract.people import Mention
    from extract.record import DecisionRecord
    from publish.part1 import Block
    from review.evidence import Drawn
    from review.office import View

SEVERITIES = {"blocks": ("red", "Blocks"), "needs-person": ("yellow", "Needs a person"), "note": ("dim", "Note")}


def print_findings(name: str, findings: Sequence[Finding], said: Sequence[Answer] = ()) -> None:
    """Findings with what each asks; the id is what `partone answer` takes."""
    answers = {answer.finding: answer for answer in said}
    unanswered = [f for f in findings if f.severity != "note" and f.answered_by is None]
    many = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    shown.print(f"[bold]{escape(name)}[/]: {many}, {len(unanswered)} to answer")
    for finding in findings:
        colour, word = SEVERITIES[finding.severity]
        answered = f" [green]answered by {escape(finding.answered_by)}[/]" if finding.answered_by else ""
        given = answers.get(finding.id)
        where = f" (page {finding.page})" if finding.page else ""
        shown.print(f"\n[{colour}]{word}[/]{answered}  [bold]{escape(finding.id)}[/]")
        shown.print(f"  {escape(finding.message)}{where}", soft_wrap=True)
        if given:
            value = f"{given.value}: " if given.value else ""
            shown.print(f"  [green]Answer[/] {escape(value)}{escape(given.because)}", soft_wrap=True)


def print_hints(guesses: Sequence[tuple[str, Mention]], there: bool) -> None:
    """What the model of names says beside the findings; nothing hangs on it."""
    if not there:
        say("The model of names is not installed, so there are no hints. The findings are the same without it.")
    elif not guesses:
        say("The model of names takes nothing more for a person.")
    for words, at in guesses:
        shown.print(f"  [dim]Hint[/]  “{escape(words)}” in {escape(at.place)}", soft_wrap=True)
    if guesses:
        say("A hint is often wrong, and nothing hangs on it. Withhold a name with: partone withhold REF --name NAME")


def print_public(view: View) -> None:
    """The public version as it would be published, marks and reasons included: what an approver approves."""
    part1 = view.disclosure.part1
    if part1 is None:
        for reason in view.disclosure.held:
            say(f"Held: {reason}")
        return
    shown.print(f"[bold]{escape(part1.reference or 'no reference')}[/]  {escape(part1.public_title or 'no title')}")
    shown.print(f"Public version: {digest(part1)[:16]}")
    blocks: list[Block] = [*part1.executive_summary, *part1.recommendations]
    for section in part1.sections:
        blocks += section.passages
    for block in blocks:
        if block.kind == "text":
            shown.print(f"\n[cyan]{escape(block.id)}[/]  {escape(block.public_text)}", soft_wrap=True)
        else:
            shown.print(f"\n[cyan]{escape(block.id)}[/]  {escape(block.caption or 'table')}", soft_wrap=True)
            for row in (block.public_header, *block.public_rows):
                shown.print("  " + escape(" | ".join(row)), soft_wrap=True)
    for note in part1.footnotes:
        shown.print(f"\n[cyan]{escape(note.id)}[/]  {escape(note.mark)}  {escape(note.public_text)}", soft_wrap=True)
    if part1.withheld:
        shown.print("\n[magenta]What is withheld, and why, as it is published[/]")
    for line in part1.withheld:
        review = f" Next review {line.next_review}." if line.next_review else ""
        ground = line.exemption.key or line.exemption.label
        shown.print(f"  {escape(line.place)}: {escape(ground)}. {escape(line.because)}{review}", soft_wrap=True)
    for ground_of_part2 in part1.part2.grounds:
        printed = ground_of_part2.key or ground_of_part2.as_printed or ground_of_part2.label
        shown.print(f"  Part 2: {escape(printed)}", soft_wrap=True)
    name, version = view.dossier.paper.name, digest(part1)[:16]
    say(f'To approve this and nothing else: partone approve "{name}" --by NAME --version {version}')


def print_view(view: View) -> None:
    """One paper: where it stands, its passages with their ids, and what is withheld of it."""
    record, paper = view.record, view.dossier.paper
    shown.print(f"[bold]{escape(paper.name)}[/]  {escape(paper.title or 'no title')}")
    shown.print(f"State: {state_words(view.state.name)}")
    for reason in view.state.reasons:
        shown.print(f"  {escape(reason)}", soft_wrap=True)
    if view.dossier.taken_by:
        shown.print(f"With: {escape(view.dossier.taken_by)}")
    if view.disclosure.part1:
        shown.print(f"Public version: {digest(view.disclosure.part1)[:16]}")
    for passage in record.passages():
        words = passage.text if passage.kind == "text" else f"a table of {len(passage.rows)} rows"
        shown.print(f"\n[cyan]{escape(passage.id)}[/]  {escape(words)}", soft_wrap=True)
    said = _claims(view)
    if view.disclosure.part2.spans:
        shown.print("\n[magenta]Withheld in these places[/] (partone release takes the id at the end)")
        for span in view.disclosure.part2.spans:
            for claim in span.claims:
                shown.print(f"  {escape(span.place)}: {escape(said[claim])}  [dim]{escape(claim)}[/]", soft_wrap=True)
    if view.amendments:
        shown.print("\n[magenta]Corrected by people[/] (partone release takes the id at the end)")
    for each in view.amendments:
        now = "nothing" if each.value is None else f"“{each.value}”"
        was = "nothing" if each.was is None else f"“{each.was}”"
        shown.print(
            f"  {escape(each.field)}: {escape(now)}, by {escape(each.by)} on {each.at.date()}: {escape(each.because)} "
            f"Read: {escape(was)}  [dim]{escape(each.id)}[/]",
            soft_wrap=True,
        )
    held = len(view.disclosure.part2.withheld_passages)
    if held:
        shown.print(f"\n[magenta]{held} passages stand outside Part 1 and are withheld whole.[/]")


def print_drawn(view: View, drawn: Drawn, as_json: bool) -> None:
    """Where the pictures of a paper's pages lie."""
    if as_json:
        pictures = [{"page": page, "file": str(file)} for page, file in drawn.pictures]
        failed = [{"page": page, "reason": reason} for page, reason in drawn.failed]
        told = {"folder": str(drawn.folder), "index": str(drawn.index), "pictures": pictures, "failed": failed}
        print_json({"sha256": view.dossier.paper.sha256, "reference": view.dossier.paper.reference, "evidence": told})
        return
    shown.print(f"Open {escape(str(drawn.index))} to compare what was read with the pages.", soft_wrap=True)
    for _, file in drawn.pictures:
        shown.print(f"  {escape(str(file))}", soft_wrap=True)
    for page, reason in drawn.failed:
        say(f"Page {page} could not be drawn. {reason}")
    say("They show whole pages, whatever is withheld of them. Delete the folder when you have compared.")


def print_record(record: DecisionRecord) -> None:
    """A record for reading: the facts, then how much was read."""
    from extract.editions import find_edition

    edition = find_edition(record.form)
    deferral = f"{record.deferral.answer}{f', until {record.deferral.until}' if record.deferral.until else ''}"
    facts = (
        ("Reference", record.reference or "none"),
        ("Title", record.title or "none"),
        ("Body", record.body or "not known"),
        ("Form", edition.name if edition else "not one we know"),
        ("Decided by", record.approval.decision_maker or "not stated"),
        ("Signed", f"{record.approval.signed_on or 'not stated'} ({record.approval.signature})"),
        ("Interests", record.approval.interests),
        ("Deferred", deferral),
        ("Part 2", f"{record.part2.exists}; {record.part2.withheld.words} words of it in this file"),
        (body().recommendations, str(len(record.recommendations))),
        ("Sections", ", ".join(section.heading for section in record.sections)),
        ("Contracts", str(len(record.awards))),
    )
    print_rows(("Field", "Read"), facts)


def _claims(view: View) -> dict[str, str]:
    """Who withholds what, on which ground and why, by the claim's id."""
    by_rule = {
        claim.id: f"by rule, {claim.exemption or 'ground to be named'}: {claim.because}"
        for claim in view.markings.claims
    }
    by_people = {
        claim.id: f"by {claim.by}, {claim.exemption}: {claim.because}"
        + (f" Next review {claim.next_review}." if claim.next_review else "")
        for claim in view.dossier.review.withholds
    }
    return by_rule | by_people
