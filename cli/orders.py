"""caretable orders: today's orders of a pharmacy's folder, and the files that go with them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.doing import answer, answer_json, in_words, words
from cli.terminal import terminal_language
from hospital.errors import Unavailable
from hospital.texts import LANGUAGES, say

if TYPE_CHECKING:
    from datetime import date

    from hospital.pharmacy import Pharmacy
    from planning.pharmacy.build import Shelf
    from planning.pharmacy.proposal import PharmacyForecast
    from planning.pharmacy.views import LineView

_SHOWN = 20


def orders(
    folder: Annotated[Path, typer.Argument(help=words("help_orders_folder"))],
    out: Annotated[Path | None, typer.Option(help=words("help_orders_out"))] = None,
    past: Annotated[int, typer.Option(min=0, max=3650, help=words("help_orders_past"))] = 0,
    seed: Annotated[int, typer.Option(min=0, help=words("help_seed"))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=words("help_json"))] = False,
) -> None:
    """Forecast the pharmacy's demand and propose today's orders."""
    with in_words():
        from datetime import UTC, datetime

        from cli.opening import tell_refused
        from intake.usage import read_pharmacy
        from planning.forecast_jobs import today_of
        from planning.pharmacy.build import Shelf
        from planning.pharmacy.proposal import forecast_pharmacy

        began = time.monotonic()
        batch = read_pharmacy(folder)
        tell_refused([row.sentence(terminal_language()) for row in batch.refused])
        site: Pharmacy = batch.value
        today = today_of(site, site.settings.now or datetime.now(UTC))
        found = forecast_pharmacy(site, today, seed=seed)
        shelf = Shelf(site, found.forecasts, today, seed)
        replay = _replay(site, today, past, seed) if past else {}
        written = _write(out, shelf, found.lines) if out is not None else []
        seconds = time.monotonic() - began
        if as_json:
            answer_json({**_as_json(shelf, found, seconds), **({"past": replay} if past else {})})
            return
        answer(_told(shelf, found, seconds))
        if past:
            answer([_replay_told(replay)])
        if out is not None:
            answer([say("orders.told_written", terminal_language(), folder=out, names=", ".join(written))])


def _replay(site: Pharmacy, today: date, num_days: int, seed: int) -> dict[str, float]:
    """The proposal's rule over the last days: mean figures of the items."""
    from planning.pharmacy.replay import means, replayed

    found = replayed(site, today, num_days=num_days, seed=seed)
    return {"days": num_days, **{name: round(value, 4) for name, value in means(found).items()}}


def _replay_told(figures: dict[str, float]) -> str:
    return say(
        "orders.told_past",
        terminal_language(),
        days=int(figures["days"]),
        fill=f"{100 * figures['fill']:.2f}",
        out_days=f"{figures['out_days']:.1f}",
        stock_days=f"{figures['stock_days']:.1f}",
        orders=f"{figures['orders']:.1f}",
        placed=f"{figures['orders_placed']:.1f}",
        wasted=f"{100 * figures['wasted']:.2f}",
    )


def _told(shelf: Shelf, found: PharmacyForecast, seconds: float) -> Iterator[str]:
    """Exceptions first, then what to order."""
    from planning.pharmacy.wording import alarm_text, day_text, reason_text

    language, currency = terminal_language(), shelf.site.settings.currency
    alarms = [(line, alarm) for line in found.lines for alarm in line.alarms if alarm.kind != "lead_time"]
    if alarms:
        yield say("orders.told_exceptions", language, num=len(alarms))
    for line, alarm in alarms[:_SHOWN]:
        kind = say(f"pharmacy.kind_{alarm.kind}", language)
        yield f"  [{kind}] {line.item} {line.name(language)}: {alarm_text(alarm, language)}"
    ordered = [line for line in found.lines if line.packs]
    if not ordered:
        yield say("orders.told_nothing", language)
        return
    yield say(
        "orders.told_order",
        language,
        num=len(ordered),
        all=len(found.lines),
        value=f"{sum(line.value for line in ordered):,.2f}",
        currency=currency,
        seconds=f"{seconds:.1f}",
    )
    if shelf.money_left is not None:
        yield say("orders.told_budget", language, left=f"{shelf.money_left:,.0f}", currency=currency)
    for line in ordered[:_SHOWN]:
        yield "  " + say(
            "orders.line",
            language,
            item=line.item,
            name=line.name(language),
            packs=line.packs,
            needed_by=day_text(line.needed_by, language),
            reason=reason_text(line, language),
        )
    if len(ordered) > _SHOWN:
        yield "  …"


def _write(out: Path, shelf: Shelf, lines: Sequence[LineView]) -> list[str]:
    """The order as CSV, and the month's report in both languages. Raises Unavailable where the folder cannot be written."""
    from intake.export import people_csv
    from planning.pharmacy.report import WRITERS
    from planning.pharmacy.report.month import month_report

    rows = [_row(line) for line in lines if line.packs]
    files = {"order.csv": people_csv(tuple(_COLUMNS), [[row[name] for name in _COLUMNS] for row in rows])}
    for language in LANGUAGES:
        content = month_report(shelf, lines, language)
        files |= {f"report_{language}.{ending}": write(content) for ending, write in WRITERS.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, body in files.items():
            (out / name).write_bytes(body)
    except OSError as error:
        raise Unavailable("orders_not_written", folder=out, reason=error.strerror or str(error)) from None
    return list(files)


_COLUMNS = (
    "item", "name_zh", "name_en", "supplier", "packs", "pack_units", "unit", "price", "value", "needed_by", "arrives",
    "days_left", "risk_without", "risk", "expiring",
)  # fmt: skip


def _row(line: LineView) -> dict[str, Any]:
    """A line as the order's file has it."""
    return {
        "item": line.item,
        "name_zh": line.name_zh,
        "name_en": line.name_en,
        "supplier": line.supplier,
        "packs": line.packs,
        "pack_units": line.pack_units,
        "unit": line.unit,
        "price": line.price,
        "value": round(line.value, 2),
        "needed_by": line.needed_by,
        "arrives": line.arrives,
        "days_left": line.days_left,
        "risk_without": round(line.risk_none, 4),
        "risk": round(line.risk, 4),
        "expiring": round(line.expiring, 1),
    }


def _as_json(shelf: Shelf, found: PharmacyForecast, seconds: float) -> dict[str, Any]:
    """The whole proposal as one value."""
    from planning.pharmacy.wording import alarm_text, reason_text

    language = terminal_language()
    return {
        "area": "orders",
        "day": shelf.today.isoformat(),
        "currency": shelf.site.settings.currency,
        "cost": found.cost,
        "bound": found.bound,
        "value": round(sum(line.value for line in found.lines), 2),
        "budget_left": shelf.money_left,
        "total_s": round(seconds, 2),
        "seed": shelf.seed,
        "lines": [
            {
                **line.as_json(),
                "value": round(line.value, 2),
                "sentence": reason_text(line, language),
                "exceptions": [{"kind": alarm.kind, "sentence": alarm_text(alarm, language)} for alarm in line.alarms],
            }
            for line in found.lines
        ],
    }
