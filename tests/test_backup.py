"""What a backup holds comes back whole, on either database; a backup that is not whole brings nothing back."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import archive
from review.archive import Writing, examined, written
from review.backup import back_up, without_secrets
from review.errors import Conflict, Damaged, RegisterError
from review.register import Register
from review.restoring import restore
from review.tables import HEAD
from tests.command_line import ROOT, answer_all, every_byte, partone, staffed
from tests.components import needs
from tests.registers import a_paper, hold
from tests.registers import staffed as with_staff

pytest_plugins = ["tests.postgres"]

PAPERS = ROOT / "tests" / "papers"
SOME = ("plain", "boxes", "white-words")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which something of everything was done."""
    home = staffed(tmp_path_factory.mktemp("backup") / "home")
    taken = partone("ingest", *(PAPERS / f"{name}.pdf" for name in SOME), "--by", "Cleo Clerk", "--json", home=home)
    ref = taken.json["papers"][0]["reference"]
    answer_all(home, ref, "Ann Reviewer")
    for who in ("Ben Reviewer", "Rae Releaser"):
        assert partone("approve", ref, "--by", who, home=home).code == 0
    ran = partone("publish", "--by", "Rae Releaser", home=home)
    assert ran.code == 0, ran.err
    other = taken.json["papers"][1]["sha256"][:12]
    assert partone("hold", other, "--by", "Ann Reviewer", "--because", "The supplier was asked.", home=home).code == 0
    (home / "settings.toml").write_text("[mail]\n")
    (home / "secrets").mkdir()
    (home / "secrets" / "session").write_text("hush")
    return home


@pytest.fixture(scope="module")
def file(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("kept") / "kept.tar"
    ran = partone("backup", file, home=home)
    assert ran.code == 0, ran.err
    return file


def told(home: Path) -> list[str]:
    """All that the commands say of a home, and every byte of its public site."""
    said = [
        partone(*words, "--json", home=home)
        for words in (("list",), ("log", "show"), ("log", "verify"), ("people", "list"))
    ]
    papers = said[0].json["papers"]
    said += [partone("show", paper["sha256"], "--json", home=home) for paper in papers]
    said += [partone("check", paper["sha256"], "--json", home=home) for paper in papers]
    said += [partone("show", paper["sha256"], "--public", "--json", home=home) for paper in papers]
    return [ran.out for ran in said] + [every_byte((home / "public").resolve()).hex()]


# A backup comes back


def test_a_restored_home_says_the_same_and_publishes_the_same(
    home: Path, file: Path, tmp_path: Path, database_url: str | None
) -> None:
    again, before = tmp_path / "again", told(home)
    certificate = partone("publish", "--json", home=home).json["certificate"]
    ran = partone(*(("--register", database_url) if database_url else ()), "restore", file, home=again)
    assert ran.code == 0, ran.err
    assert "The log is whole" in ran.err
    with in_environment(database_url):
        assert told(again) == before
        assert (again / "settings.toml").read_text() == "[mail]\n"
        assert not (again / "secrets").exists()
        assert (again / "register.db").exists() == (database_url is None)
        ran = partone("publish", "--json", home=again)
        assert ran.code == 0, ran.err
        assert (ran.json["changed"], ran.json["certificate"]) == (False, certificate)
        # And back from this database into the other.
        assert partone("backup", tmp_path / "second.tar", home=again).code == 0
    assert partone("restore", tmp_path / "second.tar", home=tmp_path / "third").code == 0
    assert told(tmp_path / "third") == before


def in_environment(url: str | None) -> contextlib.AbstractContextManager[None]:
    """The register's address with its password, where an officer's session has it."""

    @contextlib.contextmanager
    def there() -> Iterator[None]:
        if url:
            os.environ["PARTONE_REGISTER"] = url
        try:
            yield
        finally:
            os.environ.pop("PARTONE_REGISTER", None)

    return there()


def test_a_backup_and_a_restored_home_are_nobody_elses(file: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    restore(file, tmp_path / "again")
    assert stat.S_IMODE((tmp_path / "again").stat().st_mode) == 0o700
    for path in (tmp_path / "again").rglob("*"):
        if not path.is_symlink() and "releases" not in path.parts:
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_secrets_are_carried_only_where_they_are_asked_for(home: Path, tmp_path: Path) -> None:
    assert partone("backup", tmp_path / "with.tar", "--with-secrets", home=home).code == 0
    restore(tmp_path / "with.tar", tmp_path / "again")
    assert (tmp_path / "again" / "secrets" / "session").read_text() == "hush"


def test_a_backup_writes_over_nothing(home: Path, file: Path) -> None:
    before = file.read_bytes()
    ran = partone("backup", file, home=home)
    assert (ran.code, "already a file" in ran.err, file.read_bytes() == before) == (2, True, True)


def test_an_original_that_is_gone_is_told_by_the_backup_and_by_the_restore(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home", symlinks=True)
    next((tmp_path / "home" / "papers").glob("*.pdf")).unlink()
    ran = partone("backup", tmp_path / "kept.tar", home=tmp_path / "home")
    assert (ran.code, "is gone or was changed" in ran.err) == (1, True)
    ran = partone("restore", tmp_path / "kept.tar", home=tmp_path / "again")
    assert (ran.code, "is gone or was changed" in ran.err) == (4, True)


def test_a_backup_sees_one_moment_while_officers_work(tmp_path: Path, database_url: str | None) -> None:
    """A writer goes on all the while: each backup holds a log that is whole, and every claim that its log tells of."""
    register = with_staff(Register.open(tmp_path / "home", database_url))
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            register.add_claim(sha, hold("Ada Lovell"), 1)

    officer = threading.Thread(target=work)
    officer.start()
    try:
        for number in range(5):
            back_up(register, tmp_path / f"{number}.tar")
    finally:
        stop.set()
        officer.join()
    counts = [restore(tmp_path / f"{number}.tar", tmp_path / str(number)) for number in range(5)]
    assert all(done.problems == () for done in counts)
    assert [done.entries for done in counts] == sorted(done.entries for done in counts)
    register.close()


# What is refused


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A place for a home that must be as empty afterwards as before."""
    yield tmp_path / "none"
    assert not (tmp_path / "none").exists()


def test_a_home_that_is_not_empty_is_left_alone(file: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "mine.txt").write_text("mine")
    with pytest.raises(Conflict, match="is not empty"):
        restore(file, tmp_path / "home")
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["mine.txt"]


@needs("postgresql")
def test_a_database_that_is_not_empty_is_left_alone(
    request: pytest.FixtureRequest, file: Path, empty: Path, tmp_path: Path
) -> None:
    url = request.getfixturevalue("postgres_server").new_database()
    other = with_staff(Register.open(tmp_path / "other", url))
    with pytest.raises(Conflict, match="already holds a register"):
        restore(file, empty, url)
    assert len(other.log()) == 5
    other.close()


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_not_one_bit_of_a_backup_can_change_unseen(small: Path, place: float, bit: int) -> None:
    content = bytearray(small.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    changed = small.with_name("changed.tar")
    changed.write_bytes(content)
    with pytest.raises((Damaged, RegisterError), match="Nothing was changed"):
        restore(changed, small.with_name("none"))
    assert not small.with_name("none").exists()


@given(place=st.floats(0, 1, exclude_max=True))
def test_a_backup_that_is_cut_short_is_refused(small: Path, place: float) -> None:
    cut = small.with_name("cut.tar")
    cut.write_bytes(small.read_bytes()[: int(place * small.stat().st_size)])
    with pytest.raises(Damaged, match="Nothing was changed"):
        restore(cut, small.with_name("none"))
    assert not small.with_name("none").exists()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a very small home."""
    folder = tmp_path_factory.mktemp("small")
    register = with_staff(Register.open(folder / "home"))
    register.enter(a_paper(folder))
    back_up(register, folder / "small.tar")
    register.close()
    return folder / "small.tar"


def _linked(writing: Writing) -> None:
    link = tarfile.TarInfo("papers/" + "0" * 64 + ".pdf")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    writing.stream.write(link.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict"))


def _head(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> Callable[[Writing], None]:
    head = tarfile.TarInfo(name)
    head.size, head.type, head.mode = size, kind, 0o600
    return lambda writing: _put(writing, head)


def _put(writing: Writing, head: tarfile.TarInfo) -> None:
    writing.stream.write(head.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict"))


def _add(name: str, content: bytes = b"x") -> Callable[[Writing], None]:
    return lambda writing: _added(writing, name, content)


def _added(writing: Writing, name: str, content: bytes) -> None:
    writing.add(name, content)


@pytest.mark.parametrize(
    "hostile",
    [
        _head("../../outside"),  # path traversal
        _head("/etc/outside"),
        _head("papers/../../outside"),
        _head(".ssh/authorized_keys"),
        _linked,  # a link out of the home
        _head("papers/" + "0" * 64 + ".pdf", kind=tarfile.LNKTYPE),
        _head("papers", kind=tarfile.DIRTYPE),
        _head("papers/device.pdf", kind=tarfile.CHRTYPE),
        _head("long", 1 << 32, b"L"),  # a name of four gigabytes
        _head("pax", 1 << 32, b"x"),
        _head("papers/" + "0" * 64 + ".pdf", 1 << 32),  # more than there is
        _add("register.db"),  # an engine's file in place of rows
        _add("notes/outside"),  # a place that no backup has
        _add("papers/paper.pdf"),
        _add("register/papers/000001.jsonl", b"no row"),  # rows that are none
        _add("register/papers/000001.jsonl", b'{"sha256": 1, "unknown": 2}'),
        _add("register/sqlite_master/000001.jsonl", b'{"type": "table"}'),  # a table that is not ours
        _add("register/people/000001.jsonl", b'{"key": "mallory"}'),  # a row that lacks what it needs
        _add("register/log/000001.jsonl", b"[" * 100_000),  # a bomb for the reader of rows
    ],
)
def test_a_hostile_backup_makes_nothing(hostile: Callable[[Writing], None], empty: Path, tmp_path: Path) -> None:
    about = {"format": "partone/backup/1", "revision": HEAD, "entries": 0, "last": None, "made_at": "", "public": None}
    with written(tmp_path / "hostile.tar", lambda: about) as archive:
        hostile(archive)
    with pytest.raises(RegisterError, match="Nothing was changed"):
        restore(tmp_path / "hostile.tar", empty)
    assert not (tmp_path.parent / "outside").exists()


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"revision": "9999"}, "later version"),
        ({"format": "partone/backup/2"}, "later version"),
        ({"public": "../../etc"}, "no backup of ours"),
        ({"public": "releases/9"}, "no backup of ours"),
        ({"entries": 7}, "not the one that its manifest tells of"),
    ],
)
def test_a_manifest_that_says_what_ours_never_say_is_refused(
    about: dict[str, object], words: str, empty: Path, tmp_path: Path
) -> None:
    plain = {"format": "partone/backup/1", "revision": HEAD, "entries": 0, "last": None, "made_at": "", "public": None}
    with written(tmp_path / "strange.tar", lambda: plain | about) as archive:
        archive.add("settings.toml", b"")
    with pytest.raises(RegisterError, match=words):
        restore(tmp_path / "strange.tar", empty)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 4096, b"x" * 4096])
def test_what_is_no_backup_is_refused(content: bytes, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "none.tar").write_bytes(content)
    ran = partone("restore", tmp_path / "none.tar", home=empty)
    assert (ran.code, "Nothing was changed" in ran.err) == (3, True)


def test_any_program_can_read_a_backup(file: Path) -> None:
    """It is a plain tar, so that whoever has lost this program has not lost the register."""
    with tarfile.open(file, "r:") as plain:
        names = plain.getnames()
        rows = plain.extractfile("register/people/000001.jsonl")
        assert rows is not None
        assert json.loads(rows.readline())["name"] == "Ann Reviewer"
    assert [member.name for member in examined(file)[1]] == names[:-2]


# Killed half-way


def killed(words: list[object], home: Path, until: Callable[[], bool]) -> int:
    """Run a command and kill it as soon as something is so; returns its exit code where it was faster."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PARTONE_HOME": str(home)}
    with subprocess.Popen([sys.executable, "-m", "partone", *map(str, words)], env=environment) as process:
        while process.poll() is None and not until():
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
    return process.returncode


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that takes a while to write and to read."""
    folder = tmp_path_factory.mktemp("large")
    register = with_staff(Register.open(folder / "home"))
    for number in range(40):
        register.enter(a_paper(folder, f"PCD {number + 1}", content=b"%PDF-1.7" + bytes([number]) * (1 << 20)))
    back_up(register, folder / "large.tar")
    register.close()
    return folder


def test_a_backup_that_is_killed_leaves_no_file_of_that_name(large: Path, tmp_path: Path) -> None:
    def begun() -> bool:
        return any(path.stat().st_size > 1 << 20 for path in tmp_path.glob(f".*{archive.HALF_WRITTEN}"))

    assert killed(["backup", tmp_path / "kept.tar"], large / "home", begun) == -signal.SIGKILL
    assert not (tmp_path / "kept.tar").exists()
    assert list(tmp_path.glob(".*"))
    # The next one sweeps up, and is whole.
    assert partone("backup", tmp_path / "kept.tar", home=large / "home").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kept.tar"]
    assert restore(tmp_path / "kept.tar", tmp_path / "again").papers == 40


@pytest.mark.parametrize("sign", ["register.db", "papers", "papers/*.pdf"])
def test_a_restore_that_is_killed_leaves_nothing_that_looks_like_a_home(
    large: Path, tmp_path: Path, sign: str, database_url: str | None
) -> None:
    home = tmp_path / "home"
    where = ["--register", database_url] if database_url else []
    if database_url and sign == "register.db":
        sign = "*"
    code = killed([*where, "restore", large / "large.tar"], home, lambda: any((home / ".restoring").glob(sign)))
    assert code == -signal.SIGKILL
    with pytest.raises(RegisterError, match="has not ended"):
        Register.open(home, database_url)
    assert partone(*where, "list", home=home).code == 2
    done = restore(large / "large.tar", home, database_url)
    assert (done.papers, done.problems) == (40, ())
    assert not (home / ".restoring").exists()


@needs("postgresql")
def test_a_restore_that_was_killed_when_the_rows_were_kept_and_the_files_not_is_ended_by_the_next(
    request: pytest.FixtureRequest, large: Path, tmp_path: Path
) -> None:
    url = request.getfixturevalue("postgres_server").new_database()
    restore(large / "large.tar", tmp_path / "home", url)
    shutil.rmtree(tmp_path / "home")
    with pytest.raises(Conflict, match="already holds a register"):  # a drill must not end at the register in use
        restore(large / "large.tar", tmp_path / "drill", url)
    (tmp_path / "home" / ".restoring").mkdir(parents=True)
    assert restore(large / "large.tar", tmp_path / "home", url).problems == ()


def test_memory_stays_flat_however_large_the_home(large: Path, tmp_path: Path) -> None:
    """40 MB go through in pieces of one: what a process needs for them is far below what they are."""
    script = (
        "import resource, sys; from pathlib import Path; from review.register import Register; "
        "from review.backup import back_up; from review.restoring import restore; "
        "home, file, again = map(Path, sys.argv[1:]); register = Register.open(home); "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "back_up(register, file); register.close(); restore(file, again); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    words: list[str | Path] = [sys.executable, "-c", script, large / "home", tmp_path / "kept.tar", tmp_path / "again"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 25 * 1024


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ('port = 1\nmetrics_token = "hush"\n', "port = 1\n"),
        ('[oidc]\nclient_secret = "hush"\nclient_secret_file = "a"\n', '[oidc]\nclient_secret_file = "a"\n'),
        ("[mail]\n  smtp.password='hush'\n", "[mail]\n"),
        ('oidc = { client_secret = "hush" }\n', ""),  # in a line with others: the whole file stays away
        ('token = """\nhush\n"""\n', ""),  # over several lines
        ("what is no TOML", ""),
    ],
)
def test_settings_are_carried_without_their_secrets(settings: str, left: str) -> None:
    assert without_secrets(settings) == left
