"""What is published is what is approved or public now: never what happens to lie on the shelf or in the site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from extract import checks, read_record, rules
from extract.record import DecisionRecord, WithheldPassage
from ingest.reader import read
from publish.body import body
from publish.build import shell_of
from publish.certificate import current
from publish.errors import PublishError
from publish.part1 import Version, digest
from publish.release import publish as publish_site
from publish.shelf import Approval, Entry, put, take
from review import office, people, withholding
from review.errors import Conflict, NotAllowed
from review.intake import NewPaper
from review.publication import publish, unrecorded
from review.register import Register
from tests.command_line import every_byte, partone, staffed

PAPERS = Path(__file__).parent / "papers"
ANN, BEN, RAE, CLEO = "Ann Reviewer", "Ben Reviewer", "Rae Releaser", "Cleo Clerk"
BECAUSE = "It would harm the bidders."


@cache
def record_of(name: str) -> DecisionRecord:
    return read_record(read(PAPERS / f"{name}.pdf"))


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shell, built once for every home here."""
    folder = tmp_path_factory.mktemp("home") / "shells"
    shell_of(folder)
    return folder


@pytest.fixture
def register(shells: Path, tmp_path: Path) -> Iterator[Register]:
    home = tmp_path / "home"
    shutil.copytree(shells, home / "shells")
    register = Register.open(home)
    for name, role in ((ANN, "reviewer"), (BEN, "reviewer"), (RAE, "releaser"), (CLEO, "clerk")):
        people.add(register, name, role)
    yield register
    register.close()


def enter(register: Register, name: str = "plain", **changes: Any) -> str:
    """Put a sample paper in, as it was read or read otherwise; returns its SHA-256."""
    record = record_of(name).model_copy(update=changes)
    new = NewPaper(PAPERS / f"{name}.pdf", record, rules.digest(), checks.find(record))
    return register.enter(new).paper.sha256


def approve(register: Register, sha: str) -> None:
    """Answer what is asked, and let two people approve."""
    for finding in office.look(register, sha).dossier.findings:
        if finding.severity != "note" and not finding.answered_by:
            value = {"yes-no": "no", "date": "2027-03-31"}.get(finding.asks or "")
            office.answer(register, sha, finding.id, ANN, "Asked.", value)
    for name in (ANN, BEN):
        office.approve(register, sha, name)


def out(register: Register, sha: str) -> None:
    """A paper on its whole way to the public."""
    approve(register, sha)
    assert publish(register).changed


def public(register: Register) -> list[str]:
    """The decisions in the public site."""
    return sorted(file.parent.name for file in (register.home / "public/decisions").glob("*/index.json"))


def assert_withdrawn(register: Register, sha: str) -> None:
    """At its address the site says that the decision was withdrawn, and not a word of it anywhere."""
    assert public(register) == ["pcd-9001"]
    told = json.loads((register.home / "public/decisions/pcd-9001/index.json").read_bytes())
    assert (told["why"], told["title"]) == ("withdrawn", None)
    site, view = every_byte(register.home / "public"), office.look(register, sha)
    assert (view.record.title or "").encode() not in site
    assert first_words(register, sha)[1][:30].encode() not in site


def state(register: Register, sha: str) -> str:
    return office.look(register, sha).state.name


def first_words(register: Register, sha: str) -> tuple[str, str]:
    """A place of the paper, and what stands there."""
    passage = office.look(register, sha).record.sections[1].passages[0]
    assert passage.kind == "text"
    return passage.id, passage.text


# --- what two people approved, and nothing that was approved once -----------------------------------------------------


def withhold(register: Register, sha: str) -> None:
    withholding.withhold(register, sha, first_words(register, sha)[0], "FOIA s.43(2)", BEN, BECAUSE)


def hold(register: Register, sha: str) -> None:
    office.hold(register, sha, BEN, "A name was missed.")


def withdraw(register: Register, sha: str) -> None:
    office.withdraw(register, sha, BEN, "A mistake.")


STOPS: list[Callable[[Register, str], None]] = [withhold, hold, withdraw]


@pytest.mark.parametrize("stop", STOPS)
def test_what_was_stopped_after_a_dry_run_is_not_published(register: Register, stop: Any) -> None:
    sha = enter(register)
    approve(register, sha)
    words = first_words(register, sha)[1][:30]
    assert not publish(register, dry_run=True).changed
    assert take(register.home / "shelf") == (), "a dry run puts nothing on the shelf"
    stop(register, sha)
    publish(register)
    assert public(register) == []
    assert words.encode() not in every_byte(register.home / "public")


@pytest.mark.parametrize("stop", STOPS)
def test_what_was_stopped_after_a_failed_release_is_not_published(register: Register, stop: Any) -> None:
    sha = enter(register)
    approve(register, sha)
    theirs = register.home / "public"
    theirs.mkdir()
    with pytest.raises(PublishError):
        publish(register)
    assert register.versions(sha) == ()
    theirs.rmdir()
    stop(register, sha)
    publish(register)
    assert public(register) == []


def test_the_stub_of_a_deferred_paper_that_is_held_tells_no_more_than_that_it_exists(register: Register) -> None:
    sha = enter(register, "deferred-until-date")
    out(register, sha)
    assert public(register) == ["pcd-9004"]
    page = register.home / "public/decisions/pcd-9004/index.html"
    title = office.look(register, sha).record.title or ""
    assert title.partition(" ")[0] in page.read_text(encoding="utf-8")
    hold(register, sha)
    publish(register)
    assert public(register) == ["pcd-9004"], "an address never disappears"
    assert title.encode() not in every_byte(register.home / "public")
    assert "The title is not public yet" in page.read_text(encoding="utf-8")


# --- a public paper that is being looked at again ---------------------------------------------------------------------


@pytest.mark.parametrize("look", [hold, withhold])
def test_it_stays_public_as_it_was_until_it_is_withdrawn(register: Register, look: Any) -> None:
    sha = enter(register)
    out(register, sha)
    before = (register.home / "public/decisions/pcd-9001/index.json").read_bytes()
    look(register, sha)
    for file in (register.home / "shelf").iterdir():
        file.unlink()  # nothing rests on the shelf: the site has the text too, and the register its digest
    assert not publish(register).changed
    assert (register.home / "public/decisions/pcd-9001/index.json").read_bytes() == before
    assert [entry.slug for entry in take(register.home / "shelf")] == ["pcd-9001"]
    withdraw(register, sha)
    assert publish(register).changed
    assert_withdrawn(register, sha)
    assert [entry.slug for entry in take(register.home / "shelf")] == ["pcd-9001"]


def test_a_site_that_is_lost_is_made_again_from_the_shelf(register: Register) -> None:
    sha = enter(register)
    out(register, sha)
    hold(register, sha)
    before = (register.home / "public/decisions/pcd-9001/index.json").read_bytes()
    shutil.rmtree(register.home / "releases")
    assert publish(register).changed
    assert (register.home / "public/decisions/pcd-9001/index.json").read_bytes() == before


READ_OTHERWISE: dict[str, dict[str, Any]] = {
    "as no form we know": {"form": None},
    "with something hidden": {"hidden": ("White words.",)},
    "under another reference": {"reference": "PCD 9099", "reference_as_printed": "PCD9099", "references": ()},
}


@pytest.mark.parametrize("reading", READ_OTHERWISE.values(), ids=READ_OTHERWISE)
def test_a_withdrawn_paper_is_gone_however_it_is_read_since(register: Register, reading: dict[str, Any]) -> None:
    sha = enter(register)
    out(register, sha)
    enter(register, **reading)
    publish(register)
    assert public(register) == ["pcd-9001"], "public until somebody withdraws it"
    withdraw(register, sha)
    publish(register)
    assert_withdrawn(register, sha)


def test_another_paper_takes_the_address_of_one_that_was_withdrawn(register: Register) -> None:
    sha = enter(register)
    out(register, sha)
    withdraw(register, sha)
    publish(register)
    changes = {"reference": "PCD 9001", "reference_as_printed": "PCD9001", "references": ("PCD 9001",)}
    out(register, enter(register, "settled-award", **changes))
    assert "why" not in json.loads((register.home / "public/decisions/pcd-9001/index.json").read_bytes())


def test_the_wrong_paper_of_one_reference_is_withdrawn_and_the_right_one_stays(register: Register) -> None:
    out(register, enter(register))
    changes = {"reference": "PCD 9001", "reference_as_printed": "PCD9001", "references": ("PCD 9001",)}
    wrong = enter(register, "settled-award", **changes)
    withdraw(register, wrong)
    assert not publish(register).changed
    assert public(register) == ["pcd-9001"]


def test_of_two_papers_with_one_page_the_one_that_is_public_stays_and_the_rest_goes_out(register: Register) -> None:
    out(register, enter(register))
    before = (register.home / "public/decisions/pcd-9001/index.json").read_bytes()
    enter(register, reference="PCD 9099", reference_as_printed="PCD9099", references=())
    changes = {"reference": "PCD 9001", "reference_as_printed": "PCD9001", "references": ()}
    approve(register, enter(register, "settled-award", **changes))
    approve(register, enter(register, "consistent"))
    assert publish(register).changed
    assert public(register) == ["pcd-9001", "pcd-9081"]
    assert (register.home / "public/decisions/pcd-9001/index.json").read_bytes() == before


def test_a_paper_reinstated_comes_back_as_a_version_of_its_own(register: Register) -> None:
    sha = enter(register)
    out(register, sha)
    withdraw(register, sha)
    publish(register)
    office.reinstate(register, sha, RAE, "It was right.")
    assert state(register, sha) == "in-review"
    publish(register)
    assert_withdrawn(register, sha)
    out(register, sha)
    assert state(register, sha) == "published"
    shown = json.loads((register.home / "public/decisions/pcd-9001/index.json").read_bytes())["versions"]
    assert [(version["number"], version["note"]) for version in shown] == [
        (1, "First published."),
        (2, "Published again."),
    ]
    assert not publish(register).changed


# --- the register is at hand: nothing else is trusted -----------------------------------------------------------------


def forged(register: Register, sha: str, **changes: Any) -> Entry:
    part1 = office.look(register, sha).disclosure.part1
    assert part1
    text = part1.model_copy(update=changes)
    approval = Approval(role="reviewer", on=date(2026, 11, 23))
    return Entry(decision=text, approvals=(approval, approval), digest=digest(text))


def test_an_entry_that_the_register_did_not_make_is_not_published(register: Register) -> None:
    out(register, enter(register))
    held = enter(register, "settled-award")
    put(register.home / "shelf", forged(register, held))
    put(register.home / "shelf", forged(register, held, reference="PCD 7777"))
    (register.home / "shelf" / ".DS_Store").write_text("Zephyrine")
    publish(register)
    assert public(register) == ["pcd-9001"]
    assert [entry.slug for entry in take(register.home / "shelf")] == ["pcd-9001"]
    assert b"Zephyrine" not in every_byte(register.home / "public")


def test_the_history_is_the_one_on_record(register: Register) -> None:
    """Approvals leave the history out, so anybody who can write to the shelf could make one."""
    sha = enter(register)
    out(register, sha)
    withhold(register, sha)
    out(register, sha)
    hold(register, sha)
    mine = tuple(
        Version(number=n, published_on=date(2020, 1, n), note="Corrected.", digest=f"{n}" * 64) for n in (1, 2, 3)
    )
    text = forged(register, sha)
    put(register.home / "shelf", text.model_copy(update={"decision": forged(register, sha, versions=mine).decision}))
    (register.home / "public").unlink()
    publish(register)
    shown = json.loads((register.home / "public/decisions/pcd-9001/index.json").read_bytes())["versions"]
    assert shown == [version.model_dump(mode="json") for version in register.versions(sha)]
    assert [version["note"] for version in shown] == ["First published.", "Corrected."]


class Built:
    """How often a site was built, while somebody said each time what they had left to say of a paper."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *said: Callable[[], object]) -> None:
        self.times, self._left = 0, list(said)
        monkeypatch.setattr("review.publication.publish_site", self._slow)

    def _slow(self, home: Path, **options: Any) -> Any:
        going = options.pop("going")

        def late(*proven: Any) -> None:
            if self._left:
                self._left.pop(0)()
            going(*proven)

        self.times += 1
        return publish_site(home, going=late, **options)


@pytest.mark.parametrize("stop", [withdraw, hold, withhold])
@pytest.mark.parametrize("was", ["public", "approved"])
def test_what_was_stopped_while_the_site_was_built_is_never_published_over(
    register: Register, monkeypatch: pytest.MonkeyPatch, stop: Any, was: str
) -> None:
    """A paper that is public already is in no list of new versions, and is looked at all the same."""
    sha = enter(register)
    approve(register, sha)
    if was == "public":
        publish(register)
    approve(register, enter(register, "settled-award"))
    words = first_words(register, sha)[1][:30]
    built = Built(monkeypatch, lambda: stop(register, sha))
    assert publish(register).changed, "it is built again of what may be public by then"
    stays = was == "public" and stop is not withdraw  # as it was: it is being looked at again
    assert built.times == (1 if stays else 2)
    assert (words.encode() in every_byte(register.home / "public")) == stays
    assert public(register) == (["pcd-9001", "pcd-9009"] if was == "public" else ["pcd-9009"])
    if was == "public" and not stays:
        told = json.loads((register.home / "public/decisions/pcd-9001/index.json").read_bytes())
        assert told["why"] == "withdrawn"


def test_officers_at_work_on_other_papers_stop_no_release(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    out(register, enter(register))
    approve(register, enter(register, "settled-award"))
    other = enter(register, "deferred-until-date")

    def work() -> None:
        enter(register, "consistent")
        hold(register, other)
        office.take(register, "PCD 9001", ANN)

    built = Built(monkeypatch, work)
    assert publish(register).changed
    assert (built.times, public(register)) == (1, ["pcd-9001", "pcd-9009"])


def test_a_paper_approved_while_the_site_was_built_goes_out_with_it(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = enter(register)
    built = Built(monkeypatch, lambda: approve(register, sha))
    publish(register)
    assert (built.times, public(register)) == (2, ["pcd-9001"])


def test_a_release_that_is_overtaken_each_time_ends_and_says_so(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = enter(register)
    out(register, sha)
    before = every_byte(register.home / "public")

    def again() -> None:
        office.reinstate(register, sha, RAE, "It was right.")
        approve(register, sha)

    built = Built(monkeypatch, *(2 * [lambda: withdraw(register, sha), again]))
    with pytest.raises(Conflict, match=r"PCD 9001 .*publish again\..* The site was built 3 times"):
        publish(register)
    assert built.times == 3
    assert every_byte(register.home / "public") == before, "as it was: not half of a new release"
    assert len(register.releases()) == 1


def test_a_site_that_is_not_the_release_on_record_is_told(register: Register) -> None:
    sha = enter(register)
    out(register, sha)
    site = register.home / "public"
    assert unrecorded(site) == ()
    withdraw(register, sha)
    publish(register)
    assert unrecorded(site) == ()
    site.unlink()
    site.symlink_to(register.home / "releases" / "1")  # whole and certified, and not what should be public
    assert current(site)
    assert [problem.kind for problem in unrecorded(site)] == ["not the release that the register has on record"]
    assert unrecorded(register.home / "releases" / "1") == (), "an old release is not said to be the public one"


def test_who_publishes_must_be_a_releaser_even_where_nothing_changes(register: Register) -> None:
    for dry_run in (True, False):
        with pytest.raises(NotAllowed):
            publish(register, by=CLEO, dry_run=dry_run)
    assert publish(register, by=RAE).changed
    assert [release.by for release in register.releases()] == [RAE]


# --- papers that cannot be published yet ------------------------------------------------------------------------------


def signed(on: date | None) -> dict[str, Any]:
    return {"approval": record_of("plain").approval.model_copy(update={"signed_on": on})}


UNSETTLED: dict[str, tuple[dict[str, Any], str]] = {
    "not dated": (signed(None), "does not say when it was signed"),
    "signed on a day to come": (signed(office.today() + timedelta(days=9)), "a day that has not come"),
    "without a title": ({"title": None}, "has no title"),
}


@pytest.mark.parametrize(("reading", "reason"), UNSETTLED.values(), ids=UNSETTLED)
def test_an_unsettled_paper_is_held_and_the_others_go_out(
    register: Register, reading: dict[str, Any], reason: str
) -> None:
    unsettled = enter(register, **reading)
    with pytest.raises(NotAllowed, match=reason):
        approve(register, unsettled)  # every finding is answered, and still nobody can approve it
    view = office.look(register, unsettled)
    assert view.state.name == "held"
    assert any(reason in each for each in view.state.reasons)
    out(register, enter(register, "settled-award"))
    assert public(register) == ["pcd-9009"]


# --- through the command line -----------------------------------------------------------------------------------------


def test_a_withdrawn_paper_is_reinstated_and_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    partone("ingest", PAPERS / "deferral-left-open.pdf", home=home)
    asked = (
        "answer",
        "PCD9005",
        "deferral-undetermined:deferral.answer",
        "--by",
        "Ann Reviewer",
        "--because",
        "Asked.",
    )
    refused = partone(*asked, "--value", "yes 2027-02-29", home=home)
    assert refused.code == 2
    assert "yes 2027-03-31" in refused.err
    assert partone(*asked, "--value", " yes 2099-12-31", home=home).code == 0
    assert partone("list", home=home).code == 0
    claims = partone("show", "PCD9005", "--json", home=home).json["claims"]
    assert [claim["value"] for claim in claims] == ["yes 2099-12-31"]
    because = ("--by", "Ann Reviewer", "--because", "A mistake.")
    assert partone("reinstate", "PCD9005", *because, home=home).code == 2
    assert partone("withdraw", "PCD9005", *because, home=home).code == 0
    assert partone("reinstate", "PCD9005", "--by", "Cleo Clerk", "--because", "x", home=home).code == 2
    assert partone("reinstate", "PCD9005", *because, home=home).code == 0
    assert partone("list", "--json", home=home).json["papers"][0]["state"] == "held"


def test_a_site_that_is_not_the_release_on_record_is_not_proven(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    assert partone("publish", home=home).code == 0
    assert partone("verify", home / "public").code == 0
    (home / "register.db").rename(tmp_path / "kept.db")
    staffed(home)  # another register: it knows of no release
    refused = partone("verify", home / "public")
    assert refused.code == 4
    assert "on record" in refused.err


def test_the_letterhead_of_a_paper_that_is_held_stops_no_release(register: Register) -> None:
    """The body's own name is withheld with the rest of such a paper, and stands on every page of the site."""
    kept = tuple(
        WithheldPassage(id=f"unplaced/p{at}", withheld_text=SecretStr("x" * at + text), page=1, why="unplaced")
        for at in range(20)  # wherever in the withheld text the name begins
        for text in (f" {body().name} {body().post}", f" {body().name}", " Police", " The public register")
    )
    enter(register, form=None, withheld_passages=kept)
    assert publish(register).pages
