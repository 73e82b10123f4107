"""The calendar feed is valid, the same where nothing changed, and says no more than a reference and what to do."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from review.agenda import Task
from review.calendar import calendar, read
from review.clock import Clock
from review.due import WORDS, Due, What
from tests.registers import TODAY, sha_of

CLOCK = Clock(address="https://desk.example.org/")
LATE = Due("publication", date(2026, 2, 27), "It should have been public by 27 February 2026.", overdue=True)
REVIEW = Due("review", date(2027, 1, 1), "1 withheld place is to be looked at again.", overdue=False)


def task(due: Due, name: str = "PCD 1572") -> Task:
    return Task(sha_of(name), name, due)


def test_each_task_is_a_day_with_its_reference_what_to_do_and_a_link() -> None:
    feed = calendar([task(LATE), task(REVIEW)], CLOCK)
    first, second = Calendar.from_ical(feed).walk("VEVENT")
    assert first["summary"] == "PCD 1572: publish"
    assert first["url"] == f"https://desk.example.org/papers/{sha_of('PCD 1572')[:12]}"
    assert first["description"] == f"{LATE.why}\n{first['url']}"
    assert first["dtstart"].params["VALUE"] == "DATE"
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 2, 27), date(2026, 2, 28))
    assert second["summary"] == "PCD 1572: look again at what is withheld"
    assert all(event["transp"] == "TRANSPARENT" for event in (first, second)), "nobody is busy because of it"


def test_without_an_address_there_is_no_link() -> None:
    (event,) = Calendar.from_ical(calendar([task(LATE)], Clock())).walk("VEVENT")
    assert "url" not in event
    assert event["description"] == LATE.why


def test_the_feed_is_the_same_byte_for_byte_and_its_ids_stay() -> None:
    assert calendar([task(LATE), task(REVIEW)], CLOCK) == calendar([task(LATE), task(REVIEW)], CLOCK)
    moved = Due("publication", TODAY, "It should have been public by today.", overdue=False)
    assert read(calendar([task(LATE)], CLOCK))[0][0] == read(calendar([task(moved)], CLOCK))[0][0]


def test_two_reviews_of_one_paper_are_two_entries() -> None:
    later = Due("review", date(2027, 6, 1), "1 withheld place is to be looked at again.", overdue=False)
    ids = [uid for uid, _, _ in read(calendar([task(REVIEW), task(later), task(REVIEW, "PCD 2000")], CLOCK))]
    assert len(set(ids)) == 3


def test_an_empty_feed_is_a_calendar_too() -> None:
    feed = Calendar.from_ical(calendar([], CLOCK))
    assert feed["version"] == "2.0"
    assert not feed.walk("VEVENT")


whats: list[What] = list(WORDS)
tasks = st.builds(
    Task,
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.text(min_size=1, max_size=60),
    st.builds(Due, st.sampled_from(whats), st.dates(max_value=date(2999, 1, 1)), st.text(max_size=300), st.booleans()),
)


@given(st.lists(tasks, max_size=5))
def test_whatever_a_paper_is_called_the_feed_can_be_read_back(every: list[Task]) -> None:
    feed = calendar(every, CLOCK)
    assert [on for _, on, _ in read(feed)] == [task.due.on for task in every]
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    assert feed.count(b"\r\nBEGIN:VEVENT\r\n") == len(every), "no name opens an entry of its own"
