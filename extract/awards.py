"""The contracts that a recommendation awards, extends, grants or varies.

A recommendation that delegates, notes or includes a sum in a plan awards nothing. Phrases are read one after another
and taken out: sums, options, term, route, supplier; what is left names the purpose. A field whose phrase is not plainly
there is None, because a wrong supplier or sum on a public page is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract import award_phrases as phrases
from extract.award_acts import Act, Kind, acts, delegates
from extract.award_phrases import BREAK, HIDDEN
from extract.award_purposes import FOR, purpose_of
from extract.award_sums import Value, currency_of, letter_sums, new_total, settle, take, take_all, values_in
from extract.facts import Award
from extract.money import Money


def find_awards(passage_id: str, text: str) -> tuple[Award, ...]:
    """The awards of one recommendation, in its order; none where it awards nothing.

    A sum that is a range, a ceiling, a rate or approximate has no value, only its print. Where one total covers several
    suppliers together, each award has its print and no value: the sum must not count twice. A withheld mark in place of
    a field leaves it None.
    """
    plain = phrases.PRIVATE_USE.sub(" ", " ".join(text.split()))
    lettered, sums = letter_sums(_hidden(plain))
    return tuple(award for act in acts(lettered) for award in _read(passage_id, act, sums))


def _hidden(text: str) -> str:
    """The text with one sign for each withheld mark and the words it touches, because what is left of a word is none.

    The word before a mark is walked back over letter by letter: a pattern that looked for it would try every start.
    """
    shown, end = "", 0
    for mark in phrases.MARK.finditer(text):
        start = mark.start()
        while start > end and phrases.LAST_OF_A_WORD.match(text, start - 1):
            start -= 1
        shown += text[end:start] + HIDDEN
        end = mark.end()
    return shown + text[end:]


def awards_of(recommendations: Iterable[tuple[str, int, str]]) -> tuple[Award, ...]:
    """The awards of all recommendations, each given as its id, its level and its text, in the paper's order.

    What stands under a delegation ("To delegate authority to the Director to:" and its items) awards nothing, though
    an item alone may read as if it did.
    """
    awards: list[Award] = []
    delegated: int | None = None
    for passage_id, level, text in recommendations:
        if delegated is not None and level > delegated:
            continue
        delegated = level if delegates(text) else None
        awards.extend(find_awards(passage_id, text))
    return tuple(awards)


def _read(passage_id: str, act: Act, sums: dict[str, Money]) -> Iterator[Award]:
    text = phrases.ASIDE.sub("", f"{act.before}{BREAK}{act.after}")
    shares, text = take(phrases.SHARES, text) if len(phrases.SUM_OR_MARK.findall(text)) > 1 else (None, text)
    total, text = new_total(act.kind, text, sums)
    values, text = values_in(act.kind, text, sums)
    options, text = _options(text)
    term, text = _term(text)
    framework, text = _framework(text)
    name, text = (None, text) if act.several else _supplier(act, text)
    if name is None and not act.several and phrases.MONEY_FOR.search(act.before):
        return  # money for what another recommendation awards: a contract without a supplier would count it twice
    purpose = None if act.several else purpose_of(text, named=name is not None)
    awarded = _shares(shares[0], sums) if shares else _divide(name, values, text)
    for supplier, value in awarded:
        yield Award(
            recommendation=passage_id,
            kind=act.kind,
            supplier=supplier,
            purpose=purpose,
            framework=framework,
            value=value.value,
            value_as_printed=value.as_printed,
            currency=value.currency,
            term=term,
            extension_options=options,
            total_after=total.value,
            total_after_as_printed=total.as_printed,
        )


def _options(text: str) -> tuple[str | None, str]:
    if not any(word in text for word in phrases.WORDS_OF_OPTIONS):
        return None, text
    for pattern in phrases.OPTIONS:
        found, rest = take(pattern, text)
        if found:
            return found["options"].strip(), rest
    return None, phrases.UNREAD_OPTIONS.sub(BREAK, text)


def _term(text: str) -> tuple[str | None, str]:
    """The one term, "1-year" as "1 year"; None where the text gives several."""
    found, text = take_all(phrases.TERM, text)
    terms = {_plain_term(m["after"] or m["before"] or m["dates"] or m["until"]) for m in found}
    return terms.pop() if len(terms) == 1 else None, text


def _plain_term(printed: str) -> str:
    found = phrases.ONE_SPAN.fullmatch(printed)
    if not found:
        return printed
    return f"{found['number']} {found['unit']}{'' if found['number'] in ('1', 'one') else 's'}"


def _framework(text: str) -> tuple[str | None, str]:
    found, rest = take(phrases.ROUTE, text)
    if not found:
        return None, text
    name = " ".join(phrases.FRAMEWORK_WORD.sub(" ", found["framework"]).split()).removeprefix("(").strip(" ,")
    first = name[:1]
    readable = (first.isupper() or first.isdigit()) and HIDDEN not in name
    return name if readable and not phrases.NAME_RUNS_INTO_A_MARK.match(text, found.end()) else None, rest


def _supplier(act: Act, text: str) -> tuple[str | None, str]:
    """The supplier as printed, and the text without it. After a novation it is the new one."""
    candidates = [m for m in phrases.SUPPLIER.finditer(text) if not phrases.NOT_A_SUPPLIER.match(m["name"])]
    there_already = act.kind in ("extension", "other") and not act.word.startswith("novat")
    for preposition in ("with", "from", "by", "to") if there_already else ("to", "with", "from", "by"):
        if chosen := _first_or_last([m for m in candidates if m["preposition"] == preposition], text):
            rest = text[: chosen.start()] + BREAK + text[chosen.end() :]
            if _is_cut_short(chosen, act.kind):
                return HIDDEN, f"{text[: chosen.start()]}{BREAK}"
            return _name(chosen["name"]), rest
    for pattern in (phrases.OWNER, phrases.RECEIVER):
        found, rest = take(pattern, text)
        if found and not phrases.NOT_A_SUPPLIER.match(found["name"]):
            return _name(found["name"]), rest
    return None, text


def _is_cut_short(chosen: re.Match[str], kind: Kind) -> bool:
    """Whether nobody can tell where a name ends: a mark follows, or what may be a charity's purpose or its name.

    Nor is it one name where another supplier follows: which of them the sum beside it belongs to is not said.
    """
    if phrases.ONE_OF_SEVERAL.match(chosen.string, chosen.end()):
        return True
    if phrases.COMPANY_END.fullmatch(chosen["name"]):
        return False
    text, end = chosen.string, chosen.end()
    unclear = kind == "grant" and phrases.UNCLEAR_NAME.match(text, end)
    return bool(unclear or phrases.NAME_RUNS_INTO_A_MARK.match(text, end))


def _first_or_last(candidates: list[re.Match[str]], text: str) -> re.Match[str] | None:
    """The supplier stands before the purpose ("to X for …") or after it ("for support to Y to X")."""
    if not candidates:
        return None
    purpose = FOR.search(text)
    return candidates[0] if purpose is None or candidates[0].start() < purpose.start() else candidates[-1]


def _name(printed: str) -> str:
    return printed if re.search(r"\b(?:Inc|Co|Corp|Ltd)\.$", printed) else printed.rstrip(".")


def _whole(name: str | None) -> str | None:
    """A name, unless a mark has taken some of it."""
    return name if name and HIDDEN not in name and not phrases.COMPANY.fullmatch(name) else None


def _divide(name: str | None, values: tuple[Value, ...], text: str) -> list[tuple[str | None, Value]]:
    """Each supplier with its value: a list of companies is several, "Service, Cabinet Office" is one."""
    names = phrases.NAME_LIST.split(name) if name else []
    if len(names) < 2 or HIDDEN in (name or "") or not all(phrases.COMPANY_END.fullmatch(each) for each in names):
        return [(_whole(name), values[0] if len(values) == 1 else Value())]
    if len(values) == len(names) and "respectively" in text:
        return list(zip(names, values, strict=True))
    if len(values) == 1 and values[0].each:
        return [(each, values[0]) for each in names]
    shared = Value(None, values[0].total, currency=values[0].currency) if len(values) == 1 else Value()
    return [(each, shared) for each in names]


def _shares(text: str, sums: dict[str, Money]) -> list[tuple[str | None, Value]]:
    """Each supplier with its own sum: "Alpha Ltd (£1m), Beta LLP (£2m)"."""
    return [
        (
            _whole(_name(m["name"])),
            Value(*settle(m["lead"], m["sum"], "", sums), currency=currency_of(m["sum"], sums)),
        )
        for m in phrases.SHARE.finditer(text)
    ]
