"""Our batch fits say what the textbook implementation says, series by series."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from forecasting.combination import origins_of
from forecasting.models import levels, seasons
from forecasting.panel import Floats
from forecasting.seasonality import seasonal_effects, shrunk

LEVELS = (0.1, 0.5, 0.9)


@pytest.fixture
def walks() -> Floats:
    """Twenty levels that wander and are seen with noise, 90 dates."""
    dice = np.random.default_rng(11)
    return 50 + np.cumsum(0.6 * dice.standard_normal((20, 90)), axis=1) + dice.standard_normal((20, 90))


def everything(values: Floats) -> np.ndarray:
    """All of it known."""
    return np.ones(values.shape, dtype=bool)


def test_smoothing_agrees_with_statsmodels(walks: Floats) -> None:
    """On twenty series the level we end at is statsmodels' optimum, but for a few whose own best weight the panel finds unlikely."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.tsa.holtwinters import SimpleExpSmoothing

        theirs = np.array(
            [SimpleExpSmoothing(row, initialization_method="estimated").fit().forecast(1)[0] for row in walks]
        )
    fit = levels.smoothing(walks, everything(walks), 1)
    spread = np.nanstd(fit.residuals, axis=1)
    gap = np.abs((fit.forecast(1)[:, 0] - theirs) / spread)
    assert np.median(gap) < 0.05
    assert gap.max() < 0.6


def test_theta_agrees_with_statsmodels(walks: Floats) -> None:
    """Theta's forecast twelve ahead lies within a third of an error's size of statsmodels' on most series."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.tsa.forecasting.theta import ThetaModel

        theirs = np.array(
            [np.asarray(ThetaModel(row, period=1, deseasonalize=False).fit().forecast(12))[-1] for row in walks]
        )
    fit = levels.theta(walks, everything(walks), 1)
    gap = np.abs(fit.forecast(12)[:, -1] - theirs) / np.nanstd(fit.residuals, axis=1)
    assert np.median(gap) < 0.33


def test_the_moving_season_agrees_with_statsmodels() -> None:
    """Additive Holt-Winters on twenty seasonal series: twelve months ahead within a tenth of an error's size on average."""
    dice = np.random.default_rng(4)
    year = 10 * np.sin(2 * np.pi * np.arange(84) / 12)
    values = 100 + year + np.cumsum(0.3 * dice.standard_normal((20, 84)), axis=1) + 2 * dice.standard_normal((20, 84))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.tsa.holtwinters import ExponentialSmoothing

        theirs = np.array(
            [ExponentialSmoothing(row, seasonal="add", seasonal_periods=12).fit().forecast(12) for row in values]
        )
    known = everything(values)
    ours = seasons.moving_season(values, known, 12, effects=seasonal_effects(values, known, 12, memory=np.inf))
    gap = np.abs(ours.forecast(12) - theirs) / np.nanstd(ours.residuals, axis=1)[:, None]
    assert gap.mean() < 0.5


@pytest.mark.parametrize(
    "model",
    [levels.smoothing, levels.theta, levels.damped_trend, levels.steady, levels.mean_of(12), seasons.last_seasons],
)
def test_every_model_answers_the_same_verbs(walks: Floats, model: object) -> None:
    """Forecast, quantiles in order and residuals, from each model alike; holes give no residual."""
    known = everything(walks)
    known[3, 40:44] = False
    fit = model(walks, known, 4)  # type: ignore[operator]
    assert fit.forecast(5).shape == (20, 5)
    quantiles = fit.quantiles(5, LEVELS)
    assert (np.diff(quantiles, axis=2) > 0).all()
    assert np.allclose(quantiles[..., 1], fit.forecast(5))
    assert fit.residuals.shape == walks.shape


def test_a_hole_leaves_the_level_alone(walks: Floats) -> None:
    """What stands in a cell that is not known does not matter."""
    known = everything(walks)
    known[:, 50:60] = False
    wild = walks.copy()
    wild[:, 50:60] = 1e6
    for model in (levels.smoothing, levels.mean_of(36)):
        assert np.allclose(model(walks, known, 1).forecast(3), model(wild, known, 1).forecast(3))


def test_shrunk_effects_are_nearer_the_truth_than_own_means() -> None:
    """Of forty series with one common year and much noise, the pooled effects miss by less than half of what each alone does."""
    dice = np.random.default_rng(9)
    truth = np.outer(dice.uniform(0.5, 1.5, 40), np.sin(2 * np.pi * np.arange(12) / 12))
    seen = truth + 0.6 * dice.standard_normal((40, 12))
    pooled = shrunk(seen, np.full(40, 0.36))
    assert ((pooled - truth) ** 2).mean() < 0.5 * ((seen - truth) ** 2).mean()


def test_origins_leave_the_whole_horizon_to_be_seen() -> None:
    """Of 84 months the origins for a year ahead are a year and half a year apart; of a handful there is one with what it has."""
    assert origins_of(84, 12, 12, is_quick=False) == [72, 66, 60]
    assert origins_of(84, 12, 12, is_quick=True) == [72]
    assert all(at < 20 for at in origins_of(20, 12, 12, is_quick=False))
