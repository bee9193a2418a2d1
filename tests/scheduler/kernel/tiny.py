"""Problems small enough to look at every plan, with any mixture of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from random import Random

import numpy as np

from hospital.clock import Clock, Span
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.rule import Rule

Post = Callable[[Model], None]
GRID = 240


@dataclass(frozen=True)
class TinyProblem:
    """A kernel problem of nothing but durations and rules: two days of six slots."""

    durations: tuple[int, ...]
    num_resources: int
    posts: tuple[tuple[str, Post], ...]
    frozen: Mapping[int, Place] = field(default_factory=dict)
    reference: Mapping[int, Place] = field(default_factory=dict)
    clock: Clock = field(default_factory=lambda: Clock("Asia/Shanghai", date(2026, 3, 2), 2, GRID))

    @property
    def task_ids(self) -> tuple[str, ...]:
        return tuple(f"R{task}" for task in range(len(self.durations)))

    @property
    def resource_ids(self) -> tuple[str, ...]:
        return tuple(f"S{resource}" for resource in range(self.num_resources))

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(
            Rule(
                id=name, source="test", is_hard=True, post=lambda _, model, post=post: post(model), check=lambda *_: ()
            )
            for name, post in self.posts
        )

    def places(self, task: int) -> list[Place | None]:
        """Everything a task may be given: out, or anywhere on the grid inside the horizon."""
        if task in self.frozen:
            return [self.frozen[task]]
        last = self.clock.end - self.durations[task]
        starts = range(0, last + 1, GRID)
        return [None, *(Place(resource, start) for resource in range(self.num_resources) for start in starts)]

    def plans(self) -> Iterator[Plan]:
        """All plans."""
        return (Plan(places) for places in product(*(self.places(task) for task in range(len(self.durations)))))


def draw_problem(seed: int, *, num_tasks: int = 3, num_resources: int = 2, num_statements: int = 4) -> TinyProblem:
    """A random problem with statements of random kinds."""
    rng = Random(seed)
    durations = tuple(rng.choice((240, 480)) for _ in range(num_tasks))
    kinds = [*STATEMENTS]
    posts = [(f"price{t}", _left_out(t, rng.randint(1, 9) * 1000)) for t in range(num_tasks)]
    for number in range(num_statements):
        kind = rng.choice(kinds)
        posts.append((f"{kind}{number}", STATEMENTS[kind](rng, num_tasks, num_resources)))
    frozen = {}
    for task in range(num_tasks):
        if rng.random() < 0.25:
            frozen[task] = Place(rng.randrange(num_resources), rng.randrange(0, 10) * GRID + rng.choice((0, 0, 7)))
    return TinyProblem(durations, num_resources, tuple(posts), frozen)


def _left_out(task: int, price: int) -> Post:
    return lambda model: model.price_left_out(task, price)


def _spans(rng: Random, num: int = 2) -> list[Span]:
    starts = [rng.randrange(0, 2700, 60) for _ in range(num)]
    return [(start, start + rng.choice((120, 600, 1500))) for start in starts]


def _apart_spans(rng: Random) -> list[Span]:
    edges = sorted(rng.sample(range(0, 2880, 60), 4))
    return [(edges[0], edges[1]), (edges[2], edges[3])]


def _matrix(rng: Random, size: int, values: Sequence[int]) -> np.ndarray:
    return np.array([[rng.choice(values) for _ in range(size)] for _ in range(size)], dtype=np.int64)


def _home(rng: Random, num_resources: int) -> tuple[int, int]:
    return rng.randrange(num_resources), rng.randrange(0, 11) * GRID


def _only_on(rng: Random, n: int, r: int) -> Post:
    task, resources = rng.randrange(n), rng.sample(range(r), rng.randint(0, r))
    return lambda model: model.only_on(task, resources)


def _only_start_in(rng: Random, n: int, r: int) -> Post:
    task, spans = rng.randrange(n), _spans(rng)
    return lambda model: model.only_start_in(task, spans)


def _block(rng: Random, n: int, r: int) -> Post:
    resource, spans, but_for = rng.randrange(r), _spans(rng), rng.sample(range(n), rng.randint(0, 2))
    return lambda model: model.block(resource, spans, but_for=but_for)


def _keep(rng: Random, n: int, r: int) -> Post:
    task, home = rng.randrange(n), _home(rng, r)
    return lambda model: model.keep(task, *home)


def _keep_unless(rng: Random, n: int, r: int) -> Post:
    task, home, displacers = rng.randrange(n), _home(rng, r), rng.sample(range(n), rng.randint(0, 2))
    return lambda model: model.keep_unless(task, *home, displacers)


def _price_after(rng: Random, n: int, r: int) -> Post:
    task, minute, rate = rng.randrange(n), rng.randrange(-100, 2000), rng.randint(1, 3)
    return lambda model: model.price_after(task, minute, rate)


def _price_start_in(rng: Random, n: int, r: int) -> Post:
    task, spans, price = rng.randrange(n), rng.choice((_apart_spans, _spans))(rng), rng.randint(1, 999)
    return lambda model: model.price_start_in(task, spans, price)


def _price_on(rng: Random, n: int, r: int) -> Post:
    task, resource, price = rng.randrange(n), rng.randrange(r), rng.randint(1, 999)
    return lambda model: model.price_on(task, resource, price)


def _price_away(rng: Random, n: int, r: int) -> Post:
    task, home, price = rng.randrange(n), _home(rng, r), rng.randint(1, 999)
    return lambda model: model.price_away(task, *home, price)


def _apart(rng: Random, n: int, r: int) -> Post:
    first, second = rng.sample(range(n), 2)
    forth, back = rng.choice((0, 30, 250, 1000)), rng.choice((0, 50, 300))
    travel = rng.choice((None, _matrix(rng, r, (0, 40, 500))))
    return lambda model: model.apart(first, second, forth, back, travel)


def _price_different_days(rng: Random, n: int, r: int) -> Post:
    (first, second), price = rng.sample(range(n), 2), rng.randint(1, 3000)
    return lambda model: model.price_different_days(first, second, price)


def _forbid_same_day(rng: Random, n: int, r: int) -> Post:
    first, second = rng.sample(range(n), 2)
    return lambda model: model.forbid_same_day(first, second)


def _capacity(rng: Random, n: int, r: int) -> Post:
    tasks = rng.sample(range(n), rng.randint(1, n))
    spans = [(low, high, rng.randint(0, 3)) for low, high in _apart_spans(rng)]
    needs = rng.choice((None, {task: rng.randint(1, 2) for task in tasks}))
    return lambda model: model.capacity(tasks, spans, needs)


def _price_different_resources(rng: Random, n: int, r: int) -> Post:
    (first, second), price = rng.sample(range(n), 2), rng.randint(1, 3000)
    return lambda model: model.price_different_resources(first, second, price)


def _forbid_different_resources(rng: Random, n: int, r: int) -> Post:
    first, second = rng.sample(range(n), 2)
    return lambda model: model.forbid_different_resources(first, second)


def _price_different_hours(rng: Random, n: int, r: int) -> Post:
    (first, second), within, price = rng.sample(range(n), 2), rng.choice((0, 100, 300)), rng.randint(1, 3000)
    return lambda model: model.price_different_hours(first, second, within, price)


def _most_days_apart(rng: Random, n: int, r: int) -> Post:
    first, second = rng.sample(range(n), 2)
    others = [task for task in range(n) if task not in (first, second)]
    between = rng.sample(others, rng.randint(0, len(others)))
    return lambda model: model.most_days_apart(first, second, 0, between)


def _price_crowd(rng: Random, n: int, r: int) -> Post:
    tasks, rate = rng.sample(range(n), rng.randint(1, n)), rng.randint(1, 999)
    spans = [(low, high, rng.randint(0, 2)) for low, high in _apart_spans(rng)]
    needs = rng.choice((None, {task: rng.randint(1, 3) for task in tasks}))
    return lambda model: model.price_crowd(tasks, spans, rate, needs)


def _follow(rng: Random, n: int, r: int) -> Post:
    resource, labels, minutes = (
        rng.randrange(r),
        [rng.randrange(2) for _ in range(n)],
        _matrix(rng, 2, (0, 0, 100, 300)),
    )
    price = rng.choice((None, _matrix(rng, 2, (0, 70, 900))))
    if rng.random() < 0.3:
        minutes[:] = minutes[0, 0]
    if rng.random() < 0.5:
        return lambda model: model.follow(resource, labels, minutes, price=price)
    forbidden, sessions = _matrix(rng, 2, (0, 1)).astype(np.bool_), _apart_spans(rng)
    return lambda model: model.follow(resource, labels, minutes, price=price, forbidden=forbidden, sessions=sessions)


def _price_short_gaps(rng: Random, n: int, r: int) -> Post:
    resource, labels, minutes = (
        rng.randrange(r),
        [rng.randrange(2) for _ in range(n)],
        _matrix(rng, 2, (0, 0, 100, 300)),
    )
    shortest, price = rng.choice((100, 300, 700)), rng.randint(1, 999)
    return lambda model: model.price_short_gaps(resource, labels, minutes, shortest, price)


def _price_minutes(rng: Random, n: int, r: int) -> Post:
    resource, spans, rate = rng.randrange(r), _apart_spans(rng), rng.randint(1, 5)
    return lambda model: model.price_minutes(resource, spans, rate)


def _price_load(rng: Random, n: int, r: int) -> Post:
    resource, limit, rate = rng.randrange(r), rng.choice((0, 300, 500)), rng.randint(1, 5)
    return lambda model: model.price_load(resource, limit, rate)


def _price_total_wait(rng: Random, n: int, r: int) -> Post:
    since = {task: rng.randrange(0, 1500) for task in rng.sample(range(n), rng.randint(1, n))}
    limit, rate = rng.choice((-100, 0, 500, 1500)), rng.randint(1, 3)
    return lambda model: model.price_total_wait(since, limit, rate)


STATEMENTS: dict[str, Callable[[Random, int, int], Post]] = {
    "only_on": _only_on,
    "only_start_in": _only_start_in,
    "block": _block,
    "keep": _keep,
    "keep_unless": _keep_unless,
    "price_after": _price_after,
    "price_start_in": _price_start_in,
    "price_on": _price_on,
    "price_away": _price_away,
    "apart": _apart,
    "price_different_days": _price_different_days,
    "forbid_same_day": _forbid_same_day,
    "price_different_resources": _price_different_resources,
    "forbid_different_resources": _forbid_different_resources,
    "price_different_hours": _price_different_hours,
    "most_days_apart": _most_days_apart,
    "capacity": _capacity,
    "price_crowd": _price_crowd,
    "follow": _follow,
    "price_short_gaps": _price_short_gaps,
    "price_minutes": _price_minutes,
    "price_load": _price_load,
    "price_total_wait": _price_total_wait,
}
