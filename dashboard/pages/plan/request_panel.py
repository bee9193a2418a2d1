"""The selected request: where it is, what may be done with it, why here, best places, why not elsewhere."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, button, class_badge, data, definition_list, empty, icon, tag
from dashboard.components.when import when_fields
from dashboard.i18n import Words, hours_text, number_text, short_time_text, time_text
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.reading import appointment_of, request_of, unplanned_of
from dashboard.pages.plan.rows import title_of
from dashboard.pages.plan.sentences import match_text
from dashboard.pages.plan.timeline import scanner_label
from dashboard.pages.plan.versions import act, place_text
from hospital.plans import AppointmentStatus
from planning.views import AppointmentView, PlanPage, RequestView, SlotView

MARKS = ("arrived", "started", "done", "no_show")
MARK_ICONS = {"arrived": "arrived", "started": "play", "done": "check", "no_show": "noshow"}
LATE_MIN = (10, 20, 30)


def panel(page: PlanPage, request_id: str | None, language: str) -> list[Child]:
    """All that stands in the side column for one request; why and slots are filled by their own callbacks."""
    words = PlanWords(language)
    if request_id is None:
        return [empty(words("request_none_title"), words("request_none_what"))]
    about = request_of(page, request_id)
    if about is None:
        return [empty(words("request_none_title"), words("request_gone", request=request_id))]
    row = appointment_of(page, request_id)
    parts: list[Child] = [_head(about, words), _where(row, page, words)]
    if row is not None and _is_today(row, page) and "MarkAppointment" in page.allowed:
        parts.append(_marks(row, words))
    parts.append(_actions(row, page, words))
    parts += face_here().sections(page, about.request, language)
    parts += [_slots_section(words)] if "PlaceInSlot" in page.allowed and not (row and row.is_frozen) else []
    parts.append(
        _section(
            words("why_here" if row else "why_unplanned"),
            "why",
            dcc.Loading(
                html.Div(id="plan-why", className="sentences"), delay_show=300, type="dot", color="var(--accent)"
            ),
        )
    )
    parts += [_why_not(row, page, words)] if "MoveAppointment" in page.allowed else []
    parts.append(_about(about, page, words))
    return parts


def _head(about: RequestView, words: Words) -> html.Div:
    title = html.H2([class_badge(about.rclass, words.language), html.Span(title_of(about, words.language))])
    length = Words("dashboard", words.language)("minutes", num=about.minutes)
    line = " · ".join(dict.fromkeys([about.task, about.patient, face_here().line(about, words.language), length]))
    return html.Div([title, html.P(line, className="quiet")], className="panel-head")


def _where(row: AppointmentView | None, page: PlanPage, words: Words) -> html.Div:
    if row is None:
        return html.Div([html.P(words("no_place"), className="panel-place is-missing")])
    zone, common = page.timezone, Words("dashboard", words.language)
    end = short_time_text(row.end, zone, words.language).split(" ")[-1]
    tags: list[Child] = (
        [] if row.status is AppointmentStatus.PLANNED else [tag(common(f"status_{row.status.value}"), kind="accent")]
    )
    if row.came_late_min:
        tags.append(tag(words("came_late", num=row.came_late_min), kind="warn"))
    if row.is_locked:
        tags.append(tag(words("is_locked"), icon_name="lock"))
    if row.late_min > 0:
        late = hours_text(row.late_min / 60, words.language)
        tags.append(tag(words("is_late", time=late), kind="warn", icon_name="clock"))
    if row.is_new and page.published is not None:
        tags.append(tag(words("is_new"), kind="accent"))
    if row.moved_from:
        tags.append(
            tag(words("moved_from", place=place_text(row.moved_from, page, words)), kind="accent", icon_name="moved")
        )
    if row.is_frozen:
        tags.append(tag(words("is_frozen")))
    place = [html.Strong(row.resource), html.Span(f"{time_text(row.start, zone, words.language)}–{end}")]
    return html.Div(
        [html.P(place, className="panel-place"), html.Div(tags, className="tags"), *_broken(row, page, words)]
    )


def _broken(row: AppointmentView, page: PlanPage, words: Words) -> list[Child]:
    return [
        html.P(
            [icon("alert"), html.Span(match_text(match, page.timezone, words.language))], className="alert alert-bad"
        )
        for match in row.broken
    ]


def _is_today(row: AppointmentView, page: PlanPage) -> bool:
    zone = page.now.tzinfo
    return (
        row.start.astimezone(zone).date() <= page.now.date()
        and page.version is not None
        and page.version.number == page.published
    )


def _marks(row: AppointmentView, words: Words) -> html.Section:
    buttons: list[Child] = [
        button(
            words(f"mark_{name}"),
            id=act(f"mark-{name}"),
            icon_name=MARK_ICONS[name],
            kind="accent" if row.status.value == name else "plain",
        )
        for name in MARKS
    ]
    late = dmc.Menu(
        [
            dmc.MenuTarget(
                html.Button(
                    [icon("clock"), html.Span(words("mark_late"))],
                    className="button button-accent" if row.status is AppointmentStatus.LATE else "button button-plain",
                )
            ),
            dmc.MenuDropdown(
                [
                    html.Button(
                        Words("dashboard", words.language)("minutes", num=num),
                        id=act(f"mark-late-{num}"),
                        n_clicks=0,
                        className="menu-button",
                    )
                    for num in LATE_MIN
                ]
            ),
        ],
        width=120,
    )
    back = (
        []
        if row.status is AppointmentStatus.PLANNED
        else [button(words("mark_planned"), id=act("mark-planned"), icon_name="undo", kind="quiet")]
    )
    return _section(words("mark"), "marks", html.Div([*buttons, late, *back], className="button-grid"))


def _actions(row: AppointmentView | None, page: PlanPage, words: Words) -> html.Div:
    buttons: list[Child] = []
    if row is not None and not row.is_frozen:
        if "RecordChanges" in page.allowed:
            name = "unlock" if row.is_locked else "lock"
            buttons.append(button(words(name), id=act(name), icon_name=name))
        if "MoveAppointment" in page.allowed:
            if face_here().picture is None:
                buttons.append(
                    html.Button(
                        [icon("keyboard"), html.Span(words("move"))],
                        className="button button-plain",
                        title=words("move_mode"),
                        **data(begin_move="yes"),
                    )
                )
            buttons.append(button(words("remove"), id=act("remove"), icon_name="close", title=words("reason_remove")))
    if "RevealPatient" in page.allowed:
        buttons.append(button(words("reveal"), id=act("reveal"), icon_name="person"))
    return html.Div([html.Div(buttons, className="button-row"), html.Div(id="plan-revealed")])


def _section(title: str, key: str, *children: Child) -> html.Section:
    return html.Section([html.H3(title), *children], className=f"panel-section section-{key}")


def _slots_section(words: Words) -> html.Section:
    moving = dmc.Checkbox(
        label=words("best_places_moving"),
        id={"type": "slots-moving", "name": "request"},
        checked=False,
        size="xs",
        persistence=True,
        persistence_type="session",
    )
    return _section(
        words("best_places"),
        "slots",
        dcc.Loading(html.Div(id="plan-slots"), delay_show=300, type="dot", color="var(--accent)"),
        moving,
    )


def slot_rows(slots: tuple[SlotView, ...], page: PlanPage, language: str) -> list[Child]:
    """At most three places, cheapest first, each one click from being taken; the present place is only named, and the others
    are priced against it where it is among them."""
    words = PlanWords(language)
    if not slots:
        return [html.P(words("slots_none"), className="quiet")]
    base = next((slot.price for slot in slots if slot.is_present), None)
    rows: list[Child] = [_slot_row(number, slot, page, words, base=base) for number, slot in enumerate(slots)]
    if len(slots) < 3:
        rows.append(html.P(words("slots_fewer", num=len(slots)), className="quiet"))
    return rows


def _slot_row(number: int, slot: SlotView, page: PlanPage, words: Words, *, base: float | None) -> html.Div:
    place = html.Span(
        [html.Strong(slot.resource), " ", short_time_text(slot.start, page.timezone, words.language)],
        className="slot-place",
    )
    price = html.Span(_slot_price(slot, words, base), className="slot-price")
    moved = [tag(words("slot_moves", num=len(slot.moved)), kind="warn")] if slot.moved else []
    take = button(words("slot_take"), id=act(f"slot-{number}"), kind="small")
    end = tag(words("slot_here"), kind="accent") if slot.is_present else take
    return html.Div([place, *moved, price, end], className="slot")


def _slot_price(slot: SlotView, words: Words, base: float | None) -> str:
    if slot.is_present:
        return ""
    if base is None:
        return words("slot_price", price=f"{slot.price:,.1f}")
    return words("slot_more", price=f"{slot.price - base:+,.1f}")


def _why_not(row: AppointmentView | None, page: PlanPage, words: Words) -> html.Section:
    modality_rows = [s for s in page.resources if row is None or s.group == row.about.group]
    choices = [{"value": s.id, "label": scanner_label(s, words.language)} for s in modality_rows]
    form = html.Div(
        [
            dmc.Select(
                data=choices,
                id="why-not-scanner",
                placeholder=words("why_not_any"),
                clearable=True,
                persistence=True,
                persistence_type="session",
            ),
            when_fields("why-not", words("why_not_time"), page, words),
            button(words("why_not_ask"), id="why-not-ask", icon_name="why"),
        ],
        className="why-not-form",
    )
    answer = dcc.Loading(
        html.Div(id="plan-why-not", className="sentences"), delay_show=200, type="dot", color="var(--accent)"
    )
    return _section(words("why_not"), "why-not", html.P(words("why_not_hint"), className="quiet"), form, answer)


def _about(about: RequestView, page: PlanPage, words: Words) -> html.Section:
    zone, language = page.timezone, words.language
    pairs: list[tuple[str, Child]] = [(words("about_class"), class_badge(about.rclass, language, is_long=True))]
    times = (
        ("requested", about.requested),
        ("earliest", about.earliest),
        ("target", about.target),
        ("latest", about.latest),
    )
    pairs += [(words(f"about_{key}"), time_text(when, zone, language)) for key, when in times if when is not None]
    pairs += face_here().facts(about, words)
    price = unplanned_of(page, about.task)
    if price is not None:
        pairs.append((words("job_cost"), words("points", num=number_text(price.price))))
    return _section(words("about"), "about", definition_list(pairs))
