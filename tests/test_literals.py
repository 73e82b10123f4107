"""What a template can say is read from its source: every choice, every hole, and nothing that it cannot say."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.body import SITE
from publish.literals import HOLE, UnknownTemplate, runs

SAYS = [
    ("<p>Summary</p>", {"<p>", "Summary", "</p>"}),
    ("<p>{{ n }} places</p>", {"<p>", f"{HOLE} places", "</p>"}),
    ("<p>{% if a %}one{% else %}two{% endif %} left</p>", {"<p>", "one left", "two left", "</p>"}),
    ("<p>{% if a %}one {% elif b %}two {% endif %}left</p>", {"<p>", "one left", "two left", "left", "</p>"}),
    ("place{% if n != 1 %}s{% endif %}", {"place", "places"}),
    ("<b>{% for x in y %}a {% endfor %}b</b>", {"<b>", "b", "a b", "a a b", "</b>"}),
    ("<b>{% for x in y %}a{% else %}none{% endfor %}</b>", {"<b>", "a", "aa", "none", "</b>"}),
    ('<i class="n{% if a %} dot{% endif %}">', {'<i class="n">', '<i class="n dot">'}),
    ("<p>{#- a comment -#} said </p>", {"<p>", "said ", "</p>"}),
    ("<p>kept {%- if a -%} close {%- endif -%} </p>", {"<p>", "kept", "keptclose", "</p>"}),
    ('{{ "one" if n == 1 else "many" }} left', {"one left", "many left", " left", f"{HOLE} left", "one", "many"}),
    ("{% macro m(x) %}<p>{{ x }} in all</p>{% endmacro %}", {"<p>", f"{HOLE} in all", "</p>"}),
    ('{% set title = "Decisions" %}', {"Decisions"}),
    ("{% set text %}Two words{% endset %}", {"Two words"}),
    ("{% block main %}<p>x</p>{% endblock %}", {"<p>", "x", "</p>"}),
    ('before{% include "ask.html" %}after', {"before", "after"}),
]


@pytest.mark.parametrize(("template", "says"), SAYS)
def test_a_template_says_exactly_this(template: str, says: set[str]) -> None:
    assert {run for run in runs(template) if run.strip()} == says


@pytest.mark.parametrize("template", ["{% raw %}x{% endraw %}", "{% if a %}", "{% %}", "{% for x in y %}a"])
def test_a_template_we_cannot_read_is_refused(template: str) -> None:
    with pytest.raises(UnknownTemplate):
        runs(template)


def test_a_template_that_chooses_too_freely_is_refused() -> None:
    with pytest.raises(UnknownTemplate):
        runs("{% if a %}x{% endif %}" * 5 + "".join(f"{{% if a %}}{n}{{% endif %}}" for n in range(20)))


@pytest.mark.parametrize("template", sorted((SITE / "templates").iterdir()), ids=lambda path: path.name)
def test_every_template_of_ours_can_be_read(template: Path) -> None:
    assert runs(template.read_text(encoding="utf-8"))
