"""What a person should know before a paper is published: one question a module, from record to findings.

A check never changes a record and never sees another check's findings. A finding's id is the check's slug and the
place, so it is the same on every run, and an answer given once stays with its question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from extract.bodies import stranger
from extract.checks import (
    award_gaps,
    awards_against_request,
    awards_retold,
    awards_total,
    background_papers,
    behind_papers,
    boundaries,
    cease_condition,
    columns,
    counts,
    counts_in_line,
    cut_off,
    dates_in_order,
    declarations,
    deferral,
    documents_retold,
    durations,
    edge_lines,
    exemptions,
    file_reference,
    footnotes,
    form,
    interests,
    kept_back_words,
    leftovers,
    legal_markings,
    lone_letters,
    markings,
    markup,
    notice_words,
    numbering,
    ocr_confidence,
    other_body,
    other_papers,
    part2_mentions,
    part2_presence,
    percentages,
    personal_names,
    pictures,
    posts,
    prejudice,
    procurement,
    public_interest,
    quantities,
    repeated_text,
    sections,
    signatures,
    source_file,
    statutes,
    struck_text,
    totals,
    totals_across,
    unread_sums,
    withheld_topics,
)
from extract.checks.places import document_order, rank
from extract.claims import Finding
from extract.editions import find_edition
from extract.record import DecisionRecord

Check = Callable[[DecisionRecord], Iterator[Finding]]

OF_ANY_FILE: tuple[Check, ...] = (other_body.check, form.check, source_file.check, markings.check)
OF_A_KNOWN_FORM: tuple[Check, ...] = (
    file_reference.check,
    part2_presence.check,
    part2_mentions.check,
    kept_back_words.check,
    boundaries.check,
    lone_letters.check,
    other_papers.check,
    behind_papers.check,
    edge_lines.check,
    columns.check,
    notice_words.check,
    repeated_text.check,
    legal_markings.check,
    signatures.check,
    interests.check,
    sections.check,
    numbering.check,
    footnotes.check,
    cut_off.check,
    ocr_confidence.check,
    struck_text.check,
    pictures.check,
    leftovers.check,
    markup.check,
    personal_names.check,
    posts.check,
    counts.check,
    counts_in_line.check,
    quantities.check,
    totals.check,
    totals_across.check,
    percentages.check,
    unread_sums.check,
    durations.check,
    dates_in_order.check,
    awards_against_request.check,
    awards_retold.check,
    awards_total.check,
    award_gaps.check,
    procurement.check,
    statutes.check,
    background_papers.check,
    documents_retold.check,
    exemptions.check,
    public_interest.check,
    prejudice.check,
    withheld_topics.check,
    cease_condition.check,
    deferral.check,
    declarations.check,
)


def find(record: DecisionRecord) -> tuple[Finding, ...]:
    """All findings about one paper, in the order of the paper; at one place, in the order of the checks.

    Of a form that is not known, or that is a Part 2 by itself, nothing was read, and another body's paper is not ours
    to settle: to ask for their fields would only hide the one thing that matters.
    """
    order = document_order(record)
    edition = find_edition(record.form)
    ours = edition is not None and edition.public and stranger(record) is None
    checks = (*OF_ANY_FILE, *OF_A_KNOWN_FORM) if ours else OF_ANY_FILE
    found = sorted((finding for check in checks for finding in check(record)), key=lambda finding: rank(order, finding))
    seen: Counter[str] = Counter()
    for index, finding in enumerate(found):
        seen[finding.id] += 1
        if seen[finding.id] > 1:  # two places printed with one number: neither finding may be lost
            found[index] = finding.model_copy(update={"id": f"{finding.id}#{seen[finding.id]}"})
    return tuple(found)
