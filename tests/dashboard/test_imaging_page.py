"""What the Imaging page says about a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dashboard.i18n import Words, clock_text, hours_text, unwall, wall
from dashboard.pages.imaging import figures
from dashboard.pages.imaging.headline import full_until, headline
from dashboard.pages.imaging.urgent import known_text, read_form, usual_min
from dashboard.pages.plan.acts import ACTS, find_act
from dashboard.pages.plan.downtime import down_problem
from dashboard.pages.plan.print_view import print_view
from dashboard.pages.plan.sentences import fact_text, preview_text
from dashboard.pages.plan.solving import ending, follow
from dashboard.pages.plan.timeline import timeline_data
from dashboard.pages.plan.waiting import waiting_row
from hospital.facts import Fact
from hospital.plans import PlanStatus
from planning import views as v
from tests.dashboard.fake import MONDAY, NOW, PEOPLE, ZONE, at, page, request, version

SCHEDULER = PEOPLE["token-scheduler"]


def said(component: Any) -> str:
    """All text of a component, in order."""
    if component is None or isinstance(component, str | int | float):
        return "" if component is None else f"{component} "
    if isinstance(component, list | tuple):
        return "".join(said(part) for part in component)
    return said(getattr(component, "children", None))


def ids(component: Any) -> list[Any]:
    """All ids of a component's parts."""
    if isinstance(component, list | tuple):
        return [found for part in component for found in ids(part)]
    if component is None or isinstance(component, str | int | float):
        return []
    own = getattr(component, "id", None)
    return ([own] if own is not None else []) + ids(getattr(component, "children", None))


def test_first_line_says_how_many_have_no_place() -> None:
    """The first line answers who has no place before any chart."""
    shown = page(SCHEDULER)
    total = len(shown.appointments) + 23
    assert headline(shown, "en").startswith(f"23 of {total:,} examinations have no place")
    assert "23" in headline(shown, "zh")


def test_first_line_of_an_empty_hospital_says_what_to_do() -> None:
    """With nothing uploaded the line does not pretend that there is a plan."""
    nothing = replace(page(SCHEDULER), appointments=(), unplanned=(), version=None)
    assert "nothing to plan" in headline(nothing, "en")


def test_modality_with_a_free_quarter_hour_is_still_full() -> None:
    """A gap of 15 minutes between two patients does not make a scanner free; 20 minutes do."""
    scanner = v.ResourceView(
        id="MR9", name="MR 9", group="MR", site="main", features=(),
        spans=(v.SpanView(start=at(0, 480), end=at(0, 1080), kind="open"),),
    )  # fmt: skip
    base = page(SCHEDULER).appointments[0]

    def block(start: int, end: int) -> v.AppointmentView:
        return replace(base, resource="MR9", start=at(0, start), end=at(0, end))

    now = page(SCHEDULER).now
    packed = replace(page(SCHEDULER), resources=(scanner,), appointments=(block(600, 900), block(915, 1000)), now=now)
    assert {name: clock_text(until, "Asia/Shanghai") for name, until in full_until(packed).items()} == {"MR": "16:40"}
    airy = replace(packed, appointments=(block(600, 640), block(660, 1000)))
    assert full_until(airy) == {}


def test_timeline_shows_the_sites_clock_in_any_browser() -> None:
    """An appointment at ten in Shanghai stands at ten on the screen, wherever the browser is."""
    assert unwall(wall(at(2, 605), "Asia/Shanghai"), "Asia/Shanghai") == at(2, 605)
    drawn = timeline_data(page(SCHEDULER), "zh")
    first = drawn["items"][0]
    row = page(SCHEDULER).appointments[0]
    assert first["id"] == row.about.request
    assert (first["start"] // 60_000) % 1440 == row.start.astimezone(ZONE).hour * 60 + row.start.astimezone(ZONE).minute
    assert drawn["hours"] == [8, 19]
    assert first["name"] == row.about.title_zh


def test_scanners_stand_together_by_modality() -> None:
    """The rows are grouped by kind of machine, each group named once."""
    groups = timeline_data(page(SCHEDULER), "en")["groups"]
    assert [group["modality"] for group in groups if group["isFirst"]] == ["CT", "MR", "PETCT", "US", "DR"]
    assert len(groups) == 14


def test_maintenance_is_named_on_the_row() -> None:
    """Whoever looks at MR 2 on Monday afternoon sees why it is closed."""
    closed = [span for span in timeline_data(page(SCHEDULER), "en")["spans"] if span["kind"] == "closed"]
    assert [(span["group"], span["why"]) for span in closed] == [("MR2", "maintenance")]


@pytest.mark.parametrize("key", figures.FIGURES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_has_its_definition(key: str, language: str) -> None:
    """Behind each figure's question mark stands what it counts."""
    text = said(figures.explained(key, page(SCHEDULER), language))
    assert Words("imaging", language)(f"def_{key}") in text


def test_late_figure_and_its_cases_agree() -> None:
    """The cases behind the figure "Late" are those that are late, the worst first."""
    rows = figures.cases("late", page(SCHEDULER), "en")
    assert rows is not None
    assert len(rows) == sum(1 for row in page(SCHEDULER).appointments if row.late_min > 0)


def test_waiting_row_names_the_rules_in_its_way() -> None:
    """A request without a place says why and at what price."""
    row = v.UnplannedView(about=request(9001, "MR", "inpatient"), price=1234.0, rules=("opening", "staff"))
    shown = waiting_row(row, Words("imaging", "en"))
    assert shown["id"] == "R9001"
    assert "1,234" in shown["price"]
    assert shown["letter"] == "I"
    assert shown["why"].count(",") == 1


@pytest.mark.parametrize(
    ("price", "word"), [(12.44, "12.4 points dearer"), (-3.0, "3.0 points cheaper"), (0.01, "no extra cost")]
)
def test_drag_says_its_price(price: float, word: str) -> None:
    """Before letting go one reads what the move costs."""
    preview = v.MovePreviewView(is_allowed=True, violations=(), price=price, cost_by_rule={"waiting": price}, end=NOW)
    assert word in preview_text(preview, "Asia/Shanghai", "en")


def test_refused_drag_says_a_rule() -> None:
    """A drop that is not allowed is never a bare no."""
    values = {"request": "R1", "scanner": "MR2", "from_at": at(0, 840), "to_at": at(0, 960)}
    match = v.MatchView(rule="maintenance", is_hard=True, requests=("R1",), resources=("MR2",), values=values)
    preview = v.MovePreviewView(is_allowed=False, violations=(match,), price=0, cost_by_rule={}, end=NOW)
    assert "MR2 from Mon 14:00" in preview_text(preview, "Asia/Shanghai", "en")
    assert preview_text(preview, "Asia/Shanghai", "zh") != preview_text(preview, "Asia/Shanghai", "en")


def test_facts_are_sentences_with_local_times() -> None:
    """Why an appointment stands where it does is said with weekday and time of day, in both languages."""
    fact = Fact(text_id="stands", values={"request": "R1", "scanner": "CT1", "start_at": 605, "end_at": at(1, 700)})
    shown = page(SCHEDULER)
    assert fact_text(fact, shown, "en") == "R1 is on CT1 from Mon 10:05 to Tue 11:40."
    assert "周一 10:05" in fact_text(fact, shown, "zh")


def test_buttons_fit_state_and_person() -> None:
    """An author may not approve the own draft; an approver may approve another's; a viewer sees no button at all."""
    from dashboard.pages.plan.versions import version_bar

    def buttons(person: str, status: PlanStatus, author: str) -> set[str]:
        actor = PEOPLE[f"token-{person}"]
        shown = replace(page(actor), version=replace(version(13, status), author=author))
        found = ids(version_bar(shown, "en", actor_name=actor.name))
        return {key["name"] for key in found if isinstance(key, dict) and "name" in key}

    assert "approve" not in buttons("approver", PlanStatus.SUBMITTED, "li.na")
    assert "approve" in buttons("approver", PlanStatus.SUBMITTED, "chen.yu")
    assert "approve" not in buttons("scheduler", PlanStatus.SUBMITTED, "zhao")
    assert {"submit", "publish_today"} <= buttons("scheduler", PlanStatus.DRAFT, "chen.yu")
    assert buttons("viewer", PlanStatus.DRAFT, "chen.yu") == set()


def test_downtime_form_says_what_is_wrong() -> None:
    """A downtime that ends before it begins is refused with both times."""
    shown = page(SCHEDULER)
    assert "Scanner" in down_problem(None, NOW, None, shown, "en")
    assert "From" in down_problem("CT1", None, None, shown, "en")
    wrong = down_problem("CT1", NOW, NOW - timedelta(hours=2), shown, "en")
    assert "10:40" in wrong
    assert "08:40" in wrong
    assert down_problem("CT1", NOW, None, shown, "en") == ""


def test_emergency_form_makes_the_change_a_file_would() -> None:
    """The form of an emergency gives the same value as a line of changes.json."""
    shown = page(SCHEDULER)
    problem, change = read_form((" P-77 ", "CT", 15, "2026-11-23", "13:05:00"), shown, Words("imaging", "en"))
    assert problem == ""
    assert change is not None
    assert change.patient_ids == ("P-77",)
    assert (change.service, change.duration_min) == ("CT", 15)
    assert change.when is not None
    assert change.when.end == at(0, 785)
    assert read_form(("P-77", None, 15, None, None), shown, Words("imaging", "en"))[1] is None
    past = read_form(("P-77", "CT", 15, "2026-11-23", "10:35:00"), shown, Words("imaging", "en"))
    assert past[1] is None
    assert "10:35" in past[0]


def test_a_known_request_becomes_an_emergency_as_it_is() -> None:
    """Whoever types a request's number is told what it is, and is asked neither machine nor minutes."""
    shown = page(SCHEDULER)
    about = shown.appointments[3].about
    assert "known" in known_text(about, Words("imaging", "en"))
    problem, change = read_form((about.request, None, "", None, None), shown, Words("imaging", "en"))
    assert problem == ""
    assert change is not None
    assert (change.patient_ids, change.service, change.duration_min) == ((about.request,), None, None)


def test_the_form_suggests_the_usual_length() -> None:
    """Minutes are those of a usual emergency of that machine, on the plan's grid."""
    shown = page(SCHEDULER)
    lengths = [row.about.minutes for row in shown.appointments if row.about.group == "CT"]
    assert min(lengths) <= (usual_min(shown, "CT") or 0) <= max(lengths)
    assert usual_min(shown, "XX") is None


@pytest.mark.parametrize(
    ("name", "act", "rest"),
    [
        ("mark-late-20", "mark", "late-20"),
        ("slot-2", "slot", "2"),
        ("undo-change-a-b", "undo-change", "a-b"),
        ("lock", "lock", ""),
        ("untick-R-1", "untick", "R-1"),
    ],
)
def test_each_button_finds_its_act(name: str, act: str, rest: str) -> None:
    """A button's name says what it does and to what."""
    assert find_act(name) == (ACTS[act], rest)


def test_unknown_button_does_nothing() -> None:
    """A made-up name in a request does nothing."""
    assert find_act("publish") is None


def test_paper_holds_one_day() -> None:
    """The wall's plan of Tuesday has Tuesday's patients, scanner by scanner, in order of time."""
    paper = print_view(page(SCHEDULER), MONDAY + timedelta(days=1), "en")
    assert paper is not None
    expected = sum(
        1 for row in page(SCHEDULER).appointments if row.start.astimezone(ZONE).date() == MONDAY + timedelta(days=1)
    )
    assert sum(len(section["rows"]) for section in paper["sections"]) == expected
    first = [row[0] for row in paper["sections"][0]["rows"]]
    assert first == sorted(first)


def test_progress_keeps_the_costs_of_one_job() -> None:
    """The small curve forgets the costs of an older solve."""
    job = v.JobView(
        id="j1",
        area="imaging",
        state="running",
        requested_by="chen.yu",
        requested=NOW,
        limit_s=30,
        seed=1,
        attempt=1,
        is_stopping=False,
        cost=500.0,
        seconds=2.0,
    )
    trace = follow({"job": "old", "points": [[1, 9]]}, job)
    trace = follow(trace, replace(job, cost=420.0, seconds=3.0))
    assert trace["points"] == [[2.0, 500.0], [3.0, 420.0]]
    failed = replace(job, state="failed", error="solver_no_plan_in_time", error_values={"seconds": 30.0})
    assert "30" in ending(failed, "en")


@pytest.mark.parametrize(("hours", "text"), [(0.5, "30 min"), (7.26, "7.3 h"), (26.0, "26 h"), (96.0, "4.0 days")])
def test_waits_stand_in_the_unit_one_would_use(hours: float, text: str) -> None:
    """Half an hour is said in minutes, four days in days."""
    assert hours_text(hours, "en") == text
