"""A planning application made of fixed values: what the pages show is known to the minute."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hospital.errors import CaretableError, NotAllowed
from hospital.plans import AppointmentStatus, PlanStatus
from hospital.sites import SiteSettings
from planning import commands as c
from planning import queries as q
from planning import views as v
from planning.actors import NOBODY, Actor, Role
from planning.permissions import allowed_commands, may

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
SCANNERS = [("CT", 4), ("MR", 4), ("PETCT", 1), ("US", 3), ("DR", 2)]
EXAMS = {
    "CT": [("CT-CHEST", "CT chest plain", "胸部CT平扫", 10), ("CT-ABDC", "CT abdomen with contrast", "腹部CT增强", 20)],
    "MR": [
        ("MR-BRAIN", "MR brain", "颅脑磁共振", 25),
        ("MR-KNEE", "MR knee", "膝关节磁共振", 30),
        ("MR-CARD", "MR heart", "心脏磁共振", 50),
    ],
    "PETCT": [("PET-WB", "PET-CT whole body", "全身PET-CT", 30)],
    "US": [("US-ABD", "Ultrasound abdomen", "腹部超声", 15)],
    "DR": [("DR-HAND", "X-ray hand", "手部X线", 10)],
}
PEOPLE = {
    "token-scheduler": Actor("a1", "chen.yu", Role.SCHEDULER, "s1", "en"),
    "token-approver": Actor("a2", "li.na", Role.APPROVER, "s1", "en"),
    "token-steward": Actor("a3", "wu.min", Role.STEWARD, "s1", "en"),
    "token-administrator": Actor("a4", "admin", Role.ADMINISTRATOR, "s1", "en"),
    "token-viewer": Actor("a5", "zhou.lin", Role.VIEWER, "s1", "en"),
}


def at(day: int, minute: int) -> datetime:
    """Local time on day ``day`` (0 = Monday)."""
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=ZONE) + timedelta(days=day, minutes=minute)


def request(number: int, modality: str, rclass: str, *, day: int = 0) -> v.ImagingRequestView:
    """A request whose fields follow from its number."""
    examination, en, zh, minutes = EXAMS[modality][number % len(EXAMS[modality])]
    return v.ImagingRequestView(
        task=f"R{number:04d}",
        request=f"R{number:04d}",
        patient=f"P-{1000 + number}",
        examination=examination,
        title_en=en,
        title_zh=zh,
        group=modality,
        rclass=rclass,
        ward=f"W{number % 7 + 1}",
        minutes=minutes,
        requested=at(day - 2, 600),
        earliest=at(day, 480),
        target=at(day + 1, 480),
        latest=at(day + 5, 1080),
        mobility="walking",
        is_isolated=number % 31 == 0,
        is_sedated=number % 41 == 0,
        is_fasting=number % 5 == 0,
    )


def scanners() -> tuple[v.ResourceView, ...]:
    """Fourteen scanners, open 8 to 12 and 13 to 18 from Monday to Saturday, MR2 in maintenance on Monday afternoon."""
    rows = []
    for modality, count in SCANNERS:
        for number in range(1, count + 1):
            spans = []
            for day in range(6):
                spans += [
                    v.SpanView(start=at(day, 480), end=at(day, 720), kind="open"),
                    v.SpanView(start=at(day, 780), end=at(day, 1080), kind="open"),
                ]
                spans.append(v.SpanView(start=at(day, 1080), end=at(day, 1140), kind="overtime"))
                if modality == "CT" and number == 1:
                    spans.append(v.SpanView(start=at(day, 600), end=at(day, 660), kind="reserved"))
            if (modality, number) == ("MR", 2):
                spans.append(v.SpanView(start=at(0, 840), end=at(0, 960), kind="maintenance", reason="coil"))
            rows.append(
                v.ResourceView(
                    id=f"{modality}{number}",
                    name=f"{modality} {number}",
                    group=modality,
                    site="main",
                    features=(),
                    spans=tuple(sorted(spans, key=lambda s: s.start)),
                )
            )
    return tuple(rows)


def appointments(seed: int = 1) -> tuple[v.AppointmentView, ...]:
    """A filled week, the same for the same seed."""
    draw = random.Random(seed)
    rows: list[v.AppointmentView] = []
    number = 0
    for scanner in scanners():
        for day in range(6):
            for low, high in ((480, 720), (780, 1080)):
                minute = low + 5 * draw.randrange(3)
                while True:
                    number += 1
                    rclass = draw.choices(["emergency", "inpatient", "outpatient", "check_up"], [1, 3, 6, 2])[0]
                    about = request(number, scanner.group, rclass, day=day)
                    if minute + about.minutes > high:
                        break
                    if not (scanner.id == "MR2" and day == 0 and 840 - about.minutes < minute < 960):
                        rows.append(_appointment(about, scanner.id, day, minute, draw))
                    minute += about.minutes + draw.choice([5, 5, 10, 15])
    return tuple(rows)


def _appointment(about: v.RequestView, scanner: str, day: int, minute: int, draw: random.Random) -> v.AppointmentView:
    start = at(day, minute)
    end = start + timedelta(minutes=about.minutes)
    status = AppointmentStatus.PLANNED
    if end < NOW:
        status = draw.choices([AppointmentStatus.DONE, AppointmentStatus.NO_SHOW], [15, 1])[0]
    elif start <= NOW:
        status = AppointmentStatus.STARTED
    elif start < NOW + timedelta(minutes=25):
        status = draw.choice([AppointmentStatus.ARRIVED, AppointmentStatus.LATE, AppointmentStatus.PLANNED])
    is_moved = draw.random() < 0.02 and start > NOW
    return v.AppointmentView(
        about=about,
        resource=scanner,
        start=start,
        end=end,
        status=status,
        came_late_min=15 if status is AppointmentStatus.LATE else 0,
        is_locked=draw.random() < 0.03,
        is_frozen=end < NOW or status.is_frozen,
        is_moved=is_moved,
        is_new=draw.random() < 0.01 and start > NOW,
        moved_from=v.PlaceView(resource=scanner, start=start - timedelta(hours=2), end=end - timedelta(hours=2))
        if is_moved
        else None,
        wait_h=max(0.0, (start - about.earliest).total_seconds() / 3600),
        late_min=30 if draw.random() < 0.04 else 0,
    )


def version(number: int = 13, status: PlanStatus = PlanStatus.DRAFT, author: str = "chen.yu") -> v.VersionRow:
    """A plan version."""
    is_published = status is PlanStatus.PUBLISHED
    return v.VersionRow(
        number=number,
        base=number - 1,
        status=status,
        origin="solve",
        author=author,
        created=NOW - timedelta(minutes=14),
        reason="",
        approver="li.na" if is_published else None,
        published=NOW - timedelta(hours=20) if is_published else None,
        is_same_day=False,
        is_reviewed=False,
        cost=79412.5,
        num_planned=2914,
        num_unplanned=23,
        num_moved=11,
    )


def page(actor: Actor, *, number: int | None = None) -> v.PlanPage:
    """The Imaging page of draft 13 over published 12."""
    rows = appointments()
    unplanned = tuple(
        v.UnplannedView(
            about=request(9000 + k, "MR" if k % 3 else "CT", ["outpatient", "check_up", "inpatient"][k % 3]),
            price=4000.0 - 100 * k,
            rules=("opening_hours", "latest") if k % 2 else (),
        )
        for k in range(23)
    )
    shown = version(12, PlanStatus.PUBLISHED) if number == 12 else version()
    return v.PlanPage(
        site_id="s1",
        area="imaging",
        timezone="Asia/Shanghai",
        now=NOW,
        first_day=MONDAY,
        num_days=7,
        grid_min=5,
        version=shown,
        head=13,
        published=12,
        resources=scanners(),
        appointments=rows,
        unplanned=unplanned,
        figures=_figures(),
        cost=79412.5,
        cost_by_rule={"waiting": 61200.0, "late": 8000.5, "changeovers": 6210.0, "unplanned": 4002.0},
        bound=70310.0,
        gap=0.1146,
        is_optimal=False,
        violations=(),
        changes=(),
        pending=(),
        job=None,
        allowed=allowed_commands(actor),
    )


def _figures() -> dict[str, Any]:
    classes = ("emergency", "inpatient", "outpatient", "check_up")
    ids = [s.id for s in scanners()]
    return {
        "wait_h_by_class": {
            name: {"mean": 0.7 * 4**k, "p90": 1.9 * 4**k, "num": 100 * (k + 1)} for k, name in enumerate(classes)
        },
        "late_by_class": {"emergency": 3, "inpatient": 11, "outpatient": 40, "check_up": 0},
        "utilisation_by_scanner": {name: 0.98 - 0.03 * k for k, name in enumerate(ids)},
        "overtime_min_by_scanner": {name: 20 if k < 3 else 0 for k, name in enumerate(ids)},
        "num_changeovers": 412,
        "num_moved": 11,
        "num_displaced": 2,
        "num_unplanned_by_class": {"outpatient": 15, "check_up": 8},
    }


class FakeApplication:
    """Answers with fixed values and remembers the commands it was given."""

    def __init__(self) -> None:
        self.people = dict(PEOPLE)
        self.commands: list[c.Command] = []
        self.refusal: CaretableError | None = None

    def actor_of(self, token: str) -> Actor | None:
        return self.people.get(token)

    def execute(self, actor: Actor, command: c.Command) -> Any:
        if not may(actor, type(command)):
            raise NotAllowed("role_may_not", role=f"role_{actor.role.value}", action="")
        if isinstance(command, c.LogIn):
            token = f"token-{command.name}"
            if command.password != "right password" or token not in self.people:
                raise NotAllowed("login_failed")
            return token
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)
        if isinstance(command, c.SetLanguage):
            self._speak(actor, command.language)
        return {c.MoveAppointment: 14, c.PlaceInSlot: 14, c.RequestSolve: "job-1"}.get(type(command))

    def _speak(self, actor: Actor, language: str) -> None:
        for token, person in self.people.items():
            if person.account_id == actor.account_id:
                self.people[token] = Actor(person.account_id, person.name, person.role, person.site_id, language)

    def ask(self, actor: Actor, query: q.Query) -> Any:
        if actor is NOBODY or not may(actor, type(query)):
            raise NotAllowed("role_may_not", role=f"role_{actor.role.value}", action="")
        answer = getattr(self, f"_{type(query).__name__}", None)
        return answer(actor, query) if answer else ()

    def _Sites(self, actor: Actor, query: q.Query) -> Any:
        return (
            v.SiteView(
                id="s1", name_en="Lakeside Hospital", name_zh="湖滨医院", timezone="Asia/Shanghai", is_sample=True
            ),
        )

    def _PlanView(self, actor: Actor, query: q.PlanView) -> Any:
        return page(actor, number=query.version)

    def _Versions(self, actor: Actor, query: q.Query) -> Any:
        return (version(), version(12, PlanStatus.PUBLISHED))

    def _ActiveJob(self, actor: Actor, query: q.Query) -> Any:
        return None

    def _MovePreview(self, actor: Actor, query: q.MovePreview) -> Any:
        is_allowed = query.resource != "MR2"
        match = v.MatchView(rule="open", is_hard=True, requests=(query.task_id,), resources=(query.resource,))
        return v.MovePreviewView(
            is_allowed=is_allowed,
            violations=() if is_allowed else (match,),
            price=12.4,
            cost_by_rule={"waiting": 12.4},
            end=query.start + timedelta(minutes=20),
        )

    def _Slots(self, actor: Actor, query: q.Slots) -> Any:
        return tuple(
            v.SlotView(
                resource=f"MR{k + 1}",
                start=at(1 + k, 500 + 35 * k),
                end=at(1 + k, 530 + 35 * k),
                price=10.0 * (k + 1),
                cost_by_rule={"waiting": 10.0 * (k + 1)},
            )
            for k in range(3)
        )

    def _SettingsView(self, actor: Actor, query: q.Query) -> Any:
        return SiteSettings(now=NOW)
