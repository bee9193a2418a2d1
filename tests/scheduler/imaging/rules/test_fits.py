"""An examination is made on a scanner that can make it."""

from __future__ import annotations

import pytest

from hospital.resources import Modality
from scheduler.imaging.problem import Staff
from scheduler.imaging.rules import fits, staff
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

WEAK = room("MR1", modality=Modality.MR, field_strength_t=1.5)
STRONG = room(
    "MR2", modality=Modality.MR, field_strength_t=3.0, features=frozenset({"cardiac", "sedation"}), site="east"
)


@pytest.mark.parametrize(
    "need",
    [
        {"min_field_strength_t": 2.0},
        {"features": frozenset({"cardiac"})},
        {"scanners": frozenset({"MR2"})},
        {"site": "east"},
    ],
)
def test_only_the_scanner_that_has_what_is_needed_will_do(need: dict[str, object]) -> None:
    """A heart examination needs the strong scanner in the east building, never the weak one."""
    one = problem(case("heart", modality=Modality.MR, **need), rooms=(WEAK, STRONG))
    assert refused_for(one, plan((0, hour(9)))) == {"fits"}
    assert refused_for(one, plan((1, hour(9)))) == set()


def test_a_ct_is_not_made_on_a_magnet() -> None:
    """An examination of one modality is refused on a machine of another."""
    one = problem(case("chest"), rooms=(WEAK, room("CT1")))
    assert refused_for(one, plan((0, hour(9)))) == {"fits"}
    assert refused_for(one, plan((1, hour(9)))) == set()


def test_both_faces_agree() -> None:
    """Over all plans of three different needs, the model admits what the check admits."""
    three = problem(
        case("any", modality=Modality.MR),
        case("strong", modality=Modality.MR, min_field_strength_t=1.6),
        case("ct"),
        rooms=(WEAK, STRONG, room("CT1")),
    )
    found = compare_by_enumeration(three, [fits.RULE], starts=[hour(8), hour(9.5)])
    assert found.is_telling
    assert len(found.allowed) == (1 + 4) * (1 + 2) * (1 + 2)


def test_an_examination_with_staff_stays_at_the_site_with_most_fitting_scanners() -> None:
    """A patient who needs a contrast nurse is examined where most scanners are, for the nurse does not travel along."""
    rooms = (room("CT1", site="north"), room("CT2", site="south"), room("CT3", site="south"))
    nurses = tuple(Staff(role="nurse", site=site, spans=((0, 1440, 1),)) for site in ("north", "south"))
    two = problem(case("contrast", staff=("nurse",)), case("plain"), rooms=rooms, staff=nurses)
    assert refused_for(two, plan((0, hour(9)), None)) == {"fits"}
    assert refused_for(two, plan((2, hour(9)), (0, hour(9)))) == set()
    assert compare_by_enumeration(two, [fits.RULE, staff.RULE], starts=[hour(8), hour(9)]).is_telling


def test_the_match_says_what_is_lacking() -> None:
    """The clerk reads that MR1 lacks 3 tesla and the cardiac coil."""
    one = problem(
        case("heart", modality=Modality.MR, min_field_strength_t=3.0, features=frozenset({"cardiac"})),
        rooms=(WEAK, STRONG),
    )
    (match,) = fits.check(one, plan((0, hour(9))))
    assert match.values["lacks"] == "3 T, cardiac"
