"""Days with a time of day."""

from datetime import date, datetime

import pytest

from tests.domain.fields.tables import a_field, of, parsed, refusal

MEETING = datetime(2026, 3, 27, 14, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-27T14:30",
        "2026-03-27 14:30",
        "2026-03-27T14:30:00",
        "27/03/2026 14:30",
        "27/03/2026 à 14h30",
        "27 mars 2026 à 14 h 30",
        "27 March 2026 at 14:30",
        "2026-03-27T14:30:59.123",
        "27/03/2026, 14:30",
    ],
)
def test_a_moment_is_read_as_people_write_it(raw: str) -> None:
    assert parsed("datetime", raw) == MEETING


@pytest.mark.parametrize("raw", ["2026-03-27T13:30:00Z", "2026-03-27T14:30:00+01:00", "2026-03-27T09:30-04:00"])
def test_an_offset_is_turned_into_the_time_on_the_clocks_of_paris(raw: str) -> None:
    assert parsed("datetime", raw) == MEETING


def test_whole_hours_need_no_minutes() -> None:
    assert parsed("datetime", "27/03/2026 14 h") == MEETING.replace(minute=0)


@pytest.mark.parametrize(
    ("raw", "french"),
    [
        ("27/03/2026", "une date et une heure, par exemple 27/03/2026 14:30"),
        ("27/03/2026 25:00", "une date et une heure"),
        ("27/03/2026 14:75", "une date et une heure"),
        ("31/02/2026 14:30", "n’existe pas dans le calendrier"),
        ("demain à 14:30", "en jour, mois et année"),
        ("9999-12-31T23:59", "entre le 1er janvier 1000 et le 31 décembre 2199"),
        ("9999-12-31T23:59:59-14:00", "une date et une heure"),
        ("0001-01-01T00:00:00+14:00", "une date et une heure"),
    ],
)
def test_what_is_wrong_is_said(raw: str, french: str) -> None:
    assert french in refusal("datetime", raw).fr


def test_the_whole_last_day_of_a_range_is_accepted() -> None:
    assert parsed("datetime", "2026-03-27T14:30", end_date=date(2026, 3, 27)) == MEETING
    assert "27 mars 2026" in refusal("datetime", "2026-03-28T00:00", end_date=date(2026, 3, 27)).fr


def test_a_past_moment_is_before_today() -> None:
    past = a_field("datetime", date_in_past=True)
    assert past.type.wrong_today(MEETING, past.options, date(2026, 3, 27)) is not None
    assert past.type.wrong_today(MEETING, past.options, date(2026, 3, 28)) is None


def test_it_is_shown_in_words() -> None:
    assert of("datetime").display(MEETING, None) == "27 mars 2026 à 14:30"
    assert of("datetime").display(MEETING, None, "en") == "27 March 2026 at 14:30"


def test_it_is_kept_without_a_zone() -> None:
    assert of("datetime").to_json(MEETING) == "2026-03-27T14:30"
    assert of("datetime").from_json("2026-03-27") == datetime(2026, 3, 27)  # noqa: DTZ001
