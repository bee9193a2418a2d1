"""What a solve gives back, and all that is needed to repeat it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.kernel.verify import VerifiedPlan


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A request left out: its price in points and the rules that keep it from every place that is free."""

    request: str
    price: float
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a running solve is: cost and proven bound in points, seconds since its start."""

    cost: float
    bound: float | None
    seconds: float
    num_unplanned: int


@dataclass(frozen=True, slots=True)
class Step:
    """One deterministic step of a run: what was done, on which part, with which seed and budget (iterations, temperatures)."""

    kind: str
    seed: int
    iterations: int
    temperature: tuple[float, float]
    part: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunLog:
    """The steps of a run in order: replaying them gives the same plan on any machine, whatever the clock says."""

    seed: int
    threads: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a solve. Costs in points. ``bound`` is proven or None; ``is_optimal`` only with proof."""

    plan: VerifiedPlan
    bound: float | None
    first_plan_s: float
    total_s: float
    seed: int
    unplanned: tuple[Unplanned, ...]
    log: RunLog

    @property
    def cost(self) -> float:
        """Points in all."""
        return self.plan.score.points

    @property
    def cost_by_rule(self) -> dict[str, float]:
        """Points by soft rule."""
        return dict(self.plan.score.points_by_rule)

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost, None without a bound."""
        if self.bound is None:
            return None
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / self.cost

    @property
    def is_optimal(self) -> bool:
        """True only where the bound proves it (to the last integer unit)."""
        return self.bound is not None and self.cost - self.bound < 1e-9
