"""The diary in which the sample's bookings are written."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hospital.requests import Changeover
from hospital.resources import Closure, Modality, OpeningWindow, Reservation, Scanner, Shift
from hospital.sites import ImagingSite, SiteSettings
from simulations.imaging.diary import Diary, Wish
from simulations.imaging.load import open_minutes, open_spans

ZONE = ZoneInfo("Asia/Shanghai")


def site() -> ImagingSite:
    """One MR, Monday 08:00-09:30 and 10:00-12:00, closed from 11:30, emergencies from 10:00 to 10:15; a nurse until 09:00."""
    return ImagingSite(
        settings=SiteSettings(first_day="2026-06-01", num_days=2),
        scanners=(Scanner(id="MR1", modality=Modality.MR, turnover_min=5),),
        opening=(
            OpeningWindow(scanner="MR1", weekday=0, from_min=480, to_min=570),
            OpeningWindow(scanner="MR1", weekday=0, from_min=600, to_min=720),
        ),
        closures=(Closure(scanner="MR1", start=datetime(2026, 6, 1, 11, 30, tzinfo=ZONE), end=None),),
        reservations=(Reservation(scanner="MR1", weekday=0, from_min=600, to_min=615),),
        changeovers=(Changeover(from_family="HEAD", to_family="SPINE", minutes=10),),
        shifts=(Shift(role="contrast_nurse", weekday=0, from_min=480, to_min=540, count=1),),
    )


def wish(minutes: int, family: str = "HEAD", *, roles: tuple[str, ...] = (), preparation: int = 0) -> Wish:
    """A patient who can come at any time."""
    return Wish(minutes=minutes, family=family, roles=roles, site="main", spans=((0, 2880),), preparation=preparation)


def first(diary: Diary, wanted: Wish, after: int = 0) -> int | None:
    """The first start for the wish on Monday."""
    return diary.first_fit(wanted, scanner="MR1", day=0, after=after)


def test_first_patient_comes_at_opening() -> None:
    """An empty day begins at 08:00; whoever drinks or rests for 20 minutes before begins at 08:20."""
    assert first(Diary(site()), wish(30)) == 480
    assert first(Diary(site()), wish(30, preparation=20)) == 500


def test_turnover_and_changeover_lie_between() -> None:
    """After a head until 08:30: another head at 08:35, a spine, whose coil takes ten minutes to mount, at 08:45."""
    diary = Diary(site())
    diary.write(wish(30), scanner="MR1", start=480)
    assert first(diary, wish(20)) == 515
    assert first(diary, wish(20, "SPINE")) == 525
    assert diary.taken_min("MR1", 0) == 35


def test_breaks_closures_and_reserved_hours_stay_free() -> None:
    """45 minutes after 09:00 do not fit before the break; after it emergencies have 10:00 to 10:15, and at 11:30 it is closed."""
    diary = Diary(site())
    assert first(diary, wish(45), after=540) == 615
    assert first(diary, wish(80), after=540) is None


def test_staff_are_never_counted_twice() -> None:
    """One nurse until 09:00: the second contrast patient waits for the first, the third finds nobody."""
    diary = Diary(site())
    contrast = wish(20, roles=("contrast_nurse",))
    for expected in (480, 505):
        assert first(diary, contrast) == expected
        diary.write(contrast, scanner="MR1", start=expected)
    assert first(diary, contrast) is None


def test_nobody_is_booked_on_a_day_without_opening() -> None:
    """Tuesday is shut."""
    assert Diary(site()).first_fit(wish(10), scanner="MR1", day=1, after=0) is None


def test_open_minutes_leave_out_closures() -> None:
    """Monday has 90 + 90 minutes, for the scanner is closed from 11:30 until further notice."""
    assert open_spans(site())["MR1"] == ((480, 570), (600, 690))
    assert open_minutes(site()) == {Modality.MR: 180}


def test_a_dates_hours_replace_its_weekdays() -> None:
    """On a date with hours of its own the weekday's do not count; an extra window comes on top of them."""
    special = OpeningWindow(scanner="MR1", day=date(2026, 6, 1), from_min=600, to_min=660)
    plain = site()
    dated = ImagingSite(settings=plain.settings, scanners=plain.scanners, opening=(*plain.opening, special))
    assert open_spans(dated)["MR1"] == ((600, 660),)
    extra = OpeningWindow(scanner="MR1", day=date(2026, 6, 1), from_min=720, to_min=780, is_extra=True)
    added = ImagingSite(settings=plain.settings, scanners=plain.scanners, opening=(*plain.opening, extra))
    assert open_spans(added)["MR1"] == ((480, 570), (600, 780))
