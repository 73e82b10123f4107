"""Where words of one kind stand: which passage or field, so that a person can be taken there."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from extract.facts import Evidence, Place
from ingest.document import Line, Word

Named = Iterable[tuple[str, Place]]  # a passage's id or a field's path, with each place it has on paper


def standing(
    lines: Iterable[Line], named: Named, public: Container[int], told: Callable[[Line, Word], bool]
) -> dict[str, tuple[Evidence, ...]]:
    """The words that are `told`, by the passage or field they stand in.

    One that stands in none is listed by its page (`page/3`) where its line is `public` (by `id`), such as a heading.
    """
    places: dict[int, list[tuple[str, Place]]] = {}
    for name, place in named:
        places.setdefault(place.page, []).append((name, place))
    found: dict[str, list[Evidence]] = {}
    for line in lines:
        for word in line.words:
            if not told(line, word):
                continue
            names = [name for name, place in places.get(line.page, ()) if _holds(place, word)]
            if not names and id(line) in public:
                names = [f"page/{line.page}"]
            for name in names:
                found.setdefault(name, []).append(Evidence(page=line.page, box=word.box, text=word.text))
    return {name: tuple(words) for name, words in found.items()}


def _holds(place: Place, word: Word) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    x0, top, x1, bottom = place.box
    return x0 <= x <= x1 and top <= y <= bottom
