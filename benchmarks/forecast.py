"""`caretable bench forecast`: our forecasts beside published results, the seasonal naive one and statsforecast."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from benchmarks.forecast_data import READERS, Case, monthly_cases
from benchmarks.forecast_peers import Peer, peers_of
from benchmarks.forecast_rolling import ambulance_rows, bed_rows, pharmacy_rows
from benchmarks.forecast_speed import speed_rows
from benchmarks.report import Report, Row
from forecasting.forecast import forecast
from forecasting.forecasts import Forecasts
from forecasting.measures import coverage, mase, mase_by_series, naive_scale, pinball, randomised_pit, rmse, smape, wql
from forecasting.panel import Floats
from hospital.errors import BadInput

TARGETS: Mapping[str, float] = {
    "hospital_mase": 0.735,
    "hospital_wql": 0.048,
    "pbs_mase": 0.95,
    "dk_regular_mase": 0.742,
    "dk_intermittent_rmse": 47.0,
    "carparts_rmse": 0.73,
}
BANDS: Mapping[str, tuple[tuple[float, float], tuple[float, float]]] = {"hospital": ((78.0, 83.0), (93.5, 96.5))}
"""Per cent that the 80 and 95 % bands should cover."""
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "hospital_mase": {"Theta (Monash)": 0.761, "Chronos-2": 0.740, "Falcon-Agent": 0.725},
    "hospital_wql": {"auto_ets": 0.0532, "Chronos-2": 0.0510, "Falcon-Agent": 0.0470},
    "hospital_smape": {"Theta (Monash)": 17.3, "Chronos-2": 17.1},
    "carparts_rmse": {"DeepAR (Monash)": 0.74, "SES (Monash)": 0.78},
}
SERVICE = (0.9, 0.95, 0.99)
_EARLIER = 2
_PATHS = 1000


def run(data: Path | None, *, only: str | None = None) -> Report:
    """Every set in the folder, or the one named. Raises BadInput without the folder or where nothing in it is known."""
    rolling: dict[str, Callable[[Path], list[Row]]] = {
        "ambulance-sw-england": ambulance_rows,
        "nhs-winter-beds": bed_rows,
        "pharmacy-atc-sales": pharmacy_rows,
    }
    names = [*READERS, *rolling]
    if data is None:
        raise BadInput("bench_needs_data", id="forecast")
    if only is not None and only not in names:
        raise BadInput("unknown_bench", found=only, expected=", ".join(names))
    wanted = [name for name in names if name == (only or name) and (data / name).is_dir()]
    if not wanted:
        raise BadInput("no_such_place", where=str(data / (only or names[0])))
    rows: list[Row] = []
    for name in wanted:
        if name in rolling:
            rows += rolling[name](data / name)
            continue
        for case in monthly_cases(name, data):
            rows += case_rows(case)
        if name == "hospital-monash":
            rows += speed_rows(data / name / "hospital.csv")
    return Report(bench="forecast", rows=tuple(rows))


def case_rows(case: Case) -> list[Row]:
    """The test year with peers, and the two years before with the same measures."""
    panel, horizon = case.panel, case.horizon
    rows: list[Row] = []
    for back in range(_EARLIER + 1):
        origin = panel.num_dates - (back + 1) * horizon
        if origin < 2 * case.season:
            break
        actual, past = panel.values[:, origin : origin + horizon], panel.until(origin)
        found = forecast(past, horizon, season=case.season, calendar=case.calendar)
        peers = (
            peers_of(past, horizon, case.season) if back == 0 else peers_of(past, horizon, case.season, is_naive=True)
        )
        rows += _rows(case, found, actual, past.values, peers, back)
    return rows


def _rows(
    case: Case, found: Forecasts, actual: Floats, past: Floats, peers: tuple[Peer, ...], back: int
) -> Iterator[Row]:
    scale, suffix = naive_scale(past, case.season), f"_{back}" if back else ""
    points = found.at(0.5)
    measures: dict[str, Callable[[Floats], float]] = {
        "mase": lambda p: mase(p, actual, scale),
        "median_mase": lambda p: float(np.nanmedian(mase_by_series(p, actual, scale))),
        "rounded_mase": lambda p: mase(np.rint(p), actual, scale),
        "smape": lambda p: smape(p, actual),
        "rmse": lambda p: rmse(p, actual),
    }
    for name, of in measures.items():
        ours = found.mean if name == "rmse" else points
        known = {peer.name: of(peer.mean if name == "rmse" else peer.points) for peer in peers}
        yield _row(f"{case.name}_{name}", suffix, "%" if name == "smape" else "", of(ours), known)
    yield _row(f"{case.name}_wql", suffix, "", wql(found, actual), {})
    if case.name == "carparts":
        yield from _service_rows(case, found, actual, past, peers, suffix)
        return
    for place, share in enumerate((0.8, 0.95)):
        held = coverage(found, actual, share)
        name = f"{case.name}_cover{100 * share:.0f}"
        yield Row(name=f"{name}{suffix}", unit="%", ours=held, better="higher", slack=2.0)
        if case.name in BANDS:
            low, high = BANDS[case.name][place]
            yield off_row(f"{name}_off{suffix}", held, low, high, is_aim=not back)


def off_row(name: str, held: float, low: float, high: float, *, is_aim: bool = True) -> Row:
    """Points by which a coverage lies outside the range it should lie in."""
    return Row(
        name=name,
        unit="points",
        ours=max(low - held, held - high, 0.0),
        target=0.0 if is_aim else None,
        slack=1.0,
    )


def _row(name: str, suffix: str, unit: str, ours: float, peers: Mapping[str, float | None]) -> Row:
    published = {} if suffix else PUBLISHED.get(name, {})
    target = None if suffix else TARGETS.get(name)
    return Row(name=name + suffix, unit=unit, ours=ours, target=target, peers={**peers, **published})


def _service_rows(
    case: Case, found: Forecasts, actual: Floats, past: Floats, peers: tuple[Peer, ...], suffix: str
) -> Iterator[Row]:
    """Scaled quantile loss at service levels beside IMAPA's, and how the outcomes fell in their distributions."""
    scale = np.abs(np.diff(past, axis=1)).mean(axis=1)
    is_scaled = scale > 0
    for place, level in enumerate(SERVICE):

        def loss(quantile: Floats, level: float = level) -> float:
            return float((pinball(quantile, actual, level).mean(axis=1)[is_scaled] / scale[is_scaled]).mean())

        known = {peer.name: loss(peer.quantiles[..., place]) for peer in peers if peer.quantiles is not None}
        name = f"{case.name}_pinball{100 * level:.0f}"
        target = known.get("IMAPA") if not suffix else None
        yield Row(name=name + suffix, unit="", ours=loss(_whole(found.at(level))), target=target, peers=dict(known))
    pit = randomised_pit(found, actual, num=_PATHS, seed=1)
    for share in (0.8, 0.95):
        held = float(100 * ((pit > (1 - share) / 2) & (pit < (1 + share) / 2)).mean())
        name = f"{case.name}_pit{100 * share:.0f}"
        yield Row(name=name + suffix, unit="%", ours=held, better="higher", slack=1.0)
        yield off_row(f"{name}_off{suffix}", held, 100 * share - 1, 100 * share + 1, is_aim=not suffix)


def _whole(quantile: Floats) -> Floats:
    return np.asarray(np.ceil(quantile - 1e-9))
