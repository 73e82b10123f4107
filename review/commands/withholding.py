"""Commands that keep words back, and the one that lets them go."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from review.commands.options import HOME, WRONG_USAGE, Because, By, Home, Ref, opened


def withhold(
    ref: Ref,
    by: By,
    because: Annotated[str, typer.Option(help="Why. This is published beside the mark.", show_default=False)],
    passage: Annotated[
        str | None,
        typer.Argument(help="A passage, section, heading or cell, as `show` names it.", show_default=False),
    ] = None,
    exemption: Annotated[
        str | None, typer.Option(help="The ground, such as “FOIA s.43(2)”; of a name FOIA s.40(2).", show_default=False)
    ] = None,
    words: Annotated[
        str | None, typer.Option(help="Only these words of the passage, wherever they stand in it.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Instead of a passage: a person's name, wherever any word of it stands.")
    ] = None,
    review_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When to look at it again.")] = None,
    home: Home = HOME,
) -> None:
    """Withhold a passage, or some words of it, or a person's name everywhere, on a ground."""
    from collections import Counter

    from extract.claims import Withhold
    from review import console, withholding

    if (passage is None) == (name is None) or (name is None and exemption is None) or (name and words):
        console.say("Name a passage and the ground (--exemption), or a person with --name alone.")
        raise typer.Exit(WRONG_USAGE)
    when = review_on.date() if review_on else None
    with opened(home) as register:
        before = len(register.claims(register.find(ref).sha256))
        if name is not None:
            ground = exemption or withholding.PERSONAL
            view = withholding.withhold_name(register, ref, name, by, because, ground, when)
        else:
            view = withholding.withhold(register, ref, passage or "", exemption or "", by, because, words, when)
        kept = [claim.place.passage for claim in view.dossier.claims[before:] if isinstance(claim, Withhold)]
        places = ", ".join(f"{place} ({times} times)" if times > 1 else place for place, times in Counter(kept).items())
        console.say(f"Withheld now: {places or 'nothing that was not withheld already'}.")
        console.print_state(view)
        for place in withholding.elsewhere(view, words or name):
            console.say(f"The same words also stand in {place}.")


def release(
    ref: Ref,
    claim: Annotated[str, typer.Argument(help="What is overruled: its id, as `show` lists it.", show_default=False)],
    by: By,
    because: Because,
    home: Home = HOME,
) -> None:
    """Overrule one marking or withholding, so that its words may become public."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.release(register, ref, claim, by, because))
