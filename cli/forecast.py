"""forecast and backtest: any table's series, a pharmacy's drugs, a hospital's beds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.doing import answer, answer_json, in_words, warn, words
from cli.terminal import terminal_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forecasting.forecasts import Forecasts

forecasts = typer.Typer(no_args_is_help=True, help=words("help_forecast"))
_SHOWN = 20

TableFile = Annotated[Path, typer.Argument(help=words("help_forecast_file"))]
Horizon = Annotated[int, typer.Option(min=1, max=730, help=words("help_horizon"))]
Season = Annotated[int | None, typer.Option(min=1, max=366, help=words("help_season"))]
Quick = Annotated[bool, typer.Option("--quick", help=words("help_quick"))]
Country = Annotated[str, typer.Option(help=words("help_country"))]
Regressors = Annotated[Path | None, typer.Option(help=words("help_regressors"))]
Seed = Annotated[int, typer.Option(min=0, help=words("help_forecast_seed"))]
Out = Annotated[Path | None, typer.Option(help=words("help_forecast_out"))]
Json = Annotated[bool, typer.Option("--json", help=words("help_json"))]


@forecasts.command(name="series", help=words("help_forecast_series"))
def series(
    file: TableFile,
    horizon: Horizon,
    season: Season = None,
    quick: Quick = False,
    country: Country = "",
    regressors: Regressors = None,
    seed: Seed = 0,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Forecast every series of a table."""
    with in_words():
        from forecasting.calendar import calendar_of
        from forecasting.forecast import forecast
        from forecasting.reading import read_panel, with_regressors

        panel = read_panel(file)
        if regressors is not None:
            panel = with_regressors(panel, regressors, horizon)
        found = forecast(panel, horizon, season=season, is_quick=quick, calendar=calendar_of(country), seed=seed)
        _tell(found, out, as_json=as_json)


@forecasts.command(name="drugs", help=words("help_forecast_drugs"))
def drugs(
    folder: Annotated[Path, typer.Argument(help=words("help_forecast_folder"))],
    horizon: Horizon = 28,
    quick: Quick = False,
    seed: Seed = 0,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Forecast the demand of every drug of a pharmacy's folder."""
    with in_words():
        from forecasting.forecast import forecast
        from intake.usage import read_pharmacy
        from planning.pharmacy.demand import calendar_of_site, panel_of_usage

        batch = read_pharmacy(folder)
        for row in batch.refused:
            warn(row.sentence(terminal_language()))
        site: Any = batch.value
        panel = panel_of_usage(site)
        found = forecast(panel, horizon, is_quick=quick, calendar=calendar_of_site(site), seed=seed)
        target = out / "forecasts.csv" if out is not None and (out.is_dir() or not out.suffix) else out
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
        _tell(found, target, as_json=as_json)


@forecasts.command(name="beds", help=words("help_forecast_beds"))
def beds(
    file: Annotated[Path, typer.Argument(help=words("help_forecast_beds_file"))],
    horizon: Horizon = 14,
    country: Country = "",
    seed: Seed = 0,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Forecast each ward's occupied beds."""
    with in_words():
        from forecasting.beds import forecast_beds
        from forecasting.beds_reading import read_wards
        from forecasting.calendar import calendar_of

        found = forecast_beds(read_wards(file), horizon, calendar=calendar_of(country), seed=seed)
        if as_json:
            shortages = [
                {"ward": short.ward, "date": short.day.isoformat(), "beds": short.beds, "risk": round(short.risk, 4)}
                for short in found.shortages
            ]
            _tell(found.forecasts, out, as_json=True, more={"shortages": shortages})
            return
        _tell(found.forecasts, out, as_json=False)
        answer(
            words("forecast_shortage", ward=s.ward, date=s.day.isoformat(), beds=s.beds, risk=f"{100 * s.risk:.0f}")
            for s in found.shortages
        )


def backtest(
    file: TableFile,
    horizon: Horizon = 12,
    season: Season = None,
    quick: Quick = False,
    country: Country = "",
    as_json: Json = False,
) -> None:
    """Forecast a table's past from earlier dates and compare."""
    with in_words():
        from forecasting.backtest import backtest as run
        from forecasting.calendar import calendar_of
        from forecasting.reading import read_panel

        origins = run(read_panel(file), horizon, season=season, is_quick=quick, calendar=calendar_of(country))
        rows = [
            {
                "last": origin.last.isoformat(),
                "mase": round(origin.mase, 4),
                "seasonal_naive": round(origin.naive, 4),
                "wql": round(origin.wql, 4),
                "covered_80": round(origin.covered_80, 1),
                "covered_95": round(origin.covered_95, 1),
            }
            for origin in origins
        ]
        if as_json:
            answer_json({"origins": rows})
        else:
            answer(words("backtest_origin", **row) for row in rows)


def _tell(found: Forecasts, out: Path | None, *, as_json: bool, more: dict[str, Any] | None = None) -> None:
    """Write the table where asked; on the terminal what was noticed, and the first rows where no file takes them."""
    from forecasting.table import forecast_table

    table = forecast_table(found)
    if out is not None:
        _write(table, out)
    if as_json:
        rows = table.with_columns(table["date"].cast(str)).to_dicts()
        said = {name: _said(notes) for name, notes in zip(found.names, found.notes, strict=True) if notes}
        answer_json({"forecasts": rows, "notes": said, **(more or {})})
        return
    noted = [(name, notes) for name, notes in zip(found.names, found.notes, strict=True) if notes]
    answer([words("forecast_made", num=len(found.names), horizon=found.horizon)])
    for name, notes in noted[:_SHOWN]:
        answer(f"  {name}: {sentence}" for sentence in _said(notes))
    if len(noted) > _SHOWN:
        answer([words("forecast_more_notes", num=len(noted) - _SHOWN)])
    if out is None:
        shown = table.select("series", "date", "mean", "q10", "q50", "q90", "model").head(_SHOWN)
        answer([" ".join(str(cell) for cell in row) for row in [shown.columns, *shown.rows()]])
        if table.height > _SHOWN:
            answer([words("forecast_more_rows", num=table.height - _SHOWN)])


def _said(notes: Sequence[Any]) -> list[str]:
    from hospital.texts import say

    return [say(f"forecast.note_{note.kind}", terminal_language(), **note.values) for note in notes]


def _write(table: Any, out: Path) -> None:
    from hospital.errors import BadInput

    try:
        table.write_parquet(out) if out.suffix == ".parquet" else table.write_csv(out)
    except OSError as error:
        raise BadInput("forecast_not_written", where=str(out), found=str(error)) from error
