"""What a password may be, and how it is kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, Type

from review import passwords
from review.passwords import PoorPassword, fit, hash_of, matches, outdated

NAME = "Grace Adeyemi"
GOOD = [
    "purple otter lantern",  # three words
    "änderung über öde",  # any letters
    "aB3$aB3$xyzq",  # short, as short as may be
    "grace is what the otter lacks",  # one's name in it is no harm where there is more
    " spaces at both ends ",
]
POOR = [
    ("", "12 characters"),
    ("short", "12 characters"),
    ("elevenchars", "12 characters"),
    ("x" * 257, "at most 256"),
    ("password1234", "first that anybody"),
    ("PASS-word-1234", "first that anybody"),  # in any case and punctuation
    ("Correct Horse Battery Staple", "first that anybody"),
    ("passwordpasswordpasswordpassword", "first that anybody"),
    ("aaaaaaaaaaaaaaaa", "first that anybody"),  # one letter
    ("abcabcabcabcabc", "first that anybody"),  # three
    ("graceadeyemi", "own name"),
    ("Adeyemi-2026!", "own name"),
    ("GraceGraceGrace1", "own name"),
]


@pytest.mark.parametrize("password", GOOD)
def test_a_good_password_is_kept_as_it_is(password: str) -> None:
    assert fit(password, NAME) == password


@pytest.mark.parametrize(("password", "told"), POOR)
def test_a_poor_password_is_refused_and_not_repeated(password: str, told: str) -> None:
    with pytest.raises(PoorPassword, match=told) as refusal:
        fit(password, NAME)
    assert not password or password not in str(refusal.value)


@pytest.fixture
def as_kept(hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the work that a real password is kept with."""
    monkeypatch.setattr(passwords, "HASHER", hasher)


def test_a_real_password_is_kept_with_as_much_work_as_rfc_9106_asks_for(hasher: PasswordHasher) -> None:
    assert hasher.type is Type.ID
    assert hasher.time_cost >= 3
    assert hasher.memory_cost >= 64 * 1024  # KiB
    assert (hasher.hash_len, hasher.salt_len) >= (32, 16)


@pytest.mark.usefixtures("as_kept")
def test_a_password_is_kept_as_an_argon2_hash_of_its_own() -> None:
    first, second = hash_of(GOOD[0]), hash_of(GOOD[0])
    assert first != second
    assert first.startswith("$argon2id$")
    assert matches(first, GOOD[0])
    assert not matches(first, GOOD[0].upper())
    assert not matches(None, "nobody's")  # not even the word of the hash that nobody has
    assert not matches("no hash at all", GOOD[0])


@pytest.mark.usefixtures("as_kept")
def test_a_hash_of_less_work_is_outdated() -> None:
    assert outdated(PasswordHasher(time_cost=1, memory_cost=8192).hash(GOOD[0]))
    assert not outdated(passwords.hash_of(GOOD[0]))
