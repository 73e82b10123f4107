"""What people said of a paper, folded into the one `Review` that `extract.separate` weighs."""

from __future__ import annotations

from collections.abc import Sequence

from extract.claims import Answer, Finding, Keep, Release, Review, Withhold
from extract.exemptions import load as load_exemptions
from extract.replies import day, yes_or_no
from review.acts import RetractAnswer, Said
from review.errors import RegisterError
from review.part2 import review_said

ASKS = {
    "yes-no": "It asks for yes or no: add --value no, or --value yes (for a deferral with its end, a day there is: "
    "--value 'yes 2027-03-31').",
    "date": "It asks for a day there is, such as --value 2026-12-31; a reason alone will do where it does not block.",
    "exemption": "It asks for an exemption, such as --value 'FOIA s.43(2)', or for a reason to leave it open.",
}


def folded(said: Sequence[Said], record_digest: str, rules_digest: str) -> Review:
    """The review of one reading of a paper: the latest answer to each finding, every withholding, every release.

    Answers and releases speak only of the reading they were given on; when the record or the rules have changed since,
    they must be given again. An answer that was taken back is none. A withholding never lapses by itself, and neither
    does a day that is set for a review; of another text than it was said of it keeps back the whole
    (`review.amending`).
    """
    fresh = [s.claim for s in said if (s.record_digest, s.rules_digest) == (record_digest, rules_digest)]
    latest: dict[str, Answer] = {}
    for each in said:
        if isinstance(each.claim, RetractAnswer):  # of whatever reading: it only opens a question
            latest.pop(each.claim.finding, None)
        elif isinstance(each.claim, Answer) and (each.record_digest, each.rules_digest) == (
            record_digest,
            rules_digest,
        ):
            latest[each.claim.finding] = each.claim
    return Review(
        record_digest=record_digest,
        rules_digest=rules_digest,
        answers=tuple(latest.values()),
        withholds=tuple(s.claim for s in said if isinstance(s.claim, Withhold)),
        releases=tuple(claim for claim in fresh if isinstance(claim, Release)),
        keeps=tuple(s.claim for s in said if isinstance(s.claim, Keep)),
        part2_review=review_said(s.claim for s in said),
    )


def answered(findings: Sequence[Finding], review: Review) -> tuple[Finding, ...]:
    """The findings, each with the name of who answered it; an answer without the value asked for is none."""
    given = {answer.finding: answer for answer in review.answers}
    return tuple(
        finding.model_copy(update={"answered_by": given[finding.id].by})
        if finding.id in given and answers(finding, given[finding.id])
        else finding
        for finding in findings
    )


def answers(finding: Finding, answer: Answer) -> bool:
    """Whether an answer brings what the finding asks for, also one that was stored long ago."""
    try:
        as_asked(finding, answer.value)
    except RegisterError:
        return False
    return True


def as_asked(finding: Finding, value: str | None) -> str | None:
    """The value of an answer in the one form it is kept in; raises where it does not bring what the finding asks for.

    A yes or no must be said, and a date where the finding blocks. Any other date, or an exemption, may be left open
    with a reason: then the public reads what the paper prints, and that no person has settled it.
    """
    given = (value or "").strip()
    settled: object = None
    match finding.asks:
        case None:
            return given or None
        case "yes-no":
            settled = yes_or_no(given)
        case "date":
            settled = day(given)
        case "exemption":
            settled = given if load_exemptions().keys_in(given) else None
    needed = finding.asks == "yes-no" or (finding.asks == "date" and finding.severity == "blocks")
    if settled is None and (given or needed):
        raise RegisterError(f"That does not answer the finding. {ASKS[finding.asks]}")
    return None if settled is None else str(settled)
