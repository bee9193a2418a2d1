"""Who comes directly before whom, as a circuit through the tasks of a segment: CP-SAT's view of a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.kernel.cpsat_lines import Segment
from scheduler.kernel.cpsat_neighbours import Spot

_FAR = 10**7
"""More minutes than any horizon has."""


def post_circuits(model: cp_model.CpModel, segments: Iterable[Segment], highs: Sequence[int]) -> None:
    """Adds the circuits of the segments, without places whose column is 0; prices join the model's objective."""
    for segment in segments:
        part = [spot for spot in segment.part if highs[spot.column]]
        _Circuit(model, segment._replace(part=part)).post()


@dataclass(frozen=True)
class _Stop:
    """A task on the segment: its spots there, whether it is there (a literal), its start (if it is) and its duration."""

    spots: tuple[Spot, ...]
    is_there: cp_model.IntVar
    start: cp_model.IntVar
    duration: int
    is_settled: bool

    @property
    def label(self) -> int:
        """Label on this line."""
        return self.spots[0].label

    @property
    def earliest(self) -> int:
        """First possible start."""
        return min(spot.start for spot in self.spots)

    @property
    def latest(self) -> int:
        """Last possible start."""
        return max(spot.start for spot in self.spots)


class _Circuit:
    """The circuit of one segment: from its settled beginning (or nobody) through who is there to its settled end (or nobody)."""

    def __init__(self, model: cp_model.CpModel, segment: Segment) -> None:
        self.model, self.segment, self.neighbours = model, segment, segment.neighbours
        by_task: dict[int, list[Spot]] = {}
        for spot in segment.part:
            by_task.setdefault(spot.task, []).append(spot)
        self.before = self._settled(segment.before)
        self.after = self._settled(segment.after)
        self.loose = [self._stop(spots) for spots in by_task.values()]

    def _settled(self, spot: Spot | None) -> _Stop | None:
        if spot is None:
            return None
        is_there, start = self.model.new_bool_var(""), self.model.new_constant(spot.start)
        self.model.add(is_there == 1)
        return _Stop((spot,), is_there, start, spot.end - spot.start, True)

    def _stop(self, spots: list[Spot]) -> _Stop:
        columns = [self.model.get_int_var_from_proto_index(spot.column) for spot in spots]
        is_there = self.model.new_bool_var("")
        start = self.model.new_int_var_from_domain(cp_model.Domain.from_values([spot.start for spot in spots]), "")
        self.model.add(cp_model.LinearExpr.sum(columns) == is_there)
        sum_of_starts = cp_model.LinearExpr.weighted_sum(columns, [spot.start for spot in spots])
        self.model.add(sum_of_starts == start).only_enforce_if(is_there)
        return _Stop(tuple(spots), is_there, start, spots[0].end - spots[0].start, False)

    def post(self) -> None:
        """Adds nodes, arcs and what each arc asks for."""
        stops = [*([self.before] if self.before else []), *self.loose, *([self.after] if self.after else [])]
        arcs: list[cp_model.ArcT] = []
        for node, stop in enumerate(stops, start=1):
            if not stop.is_settled:
                arcs.append((node, node, ~stop.is_there))
            if self.before is None or stop is self.before:
                arcs.append((0, node, self.model.new_bool_var("")))
            if self.after is None or stop is self.after:
                arcs.append((node, 0, self.model.new_bool_var("")))
            for other, following in enumerate(stops, start=1):
                if other != node and self._may_follow(stop, following):
                    arcs.append((node, other, self._link(stop, following)))
        if self.before is None and self.after is None:
            nobody = self.model.new_bool_var("")
            arcs.append((0, 0, nobody))
            self.model.add_bool_and([~stop.is_there for stop in stops]).only_enforce_if(nobody)
        self.model.add_circuit(arcs)
        if self.neighbours.keeps_apart:
            self._keep_apart()

    def _keep_apart(self) -> None:
        """Redundant: the solver reasons better about who fits where."""
        self.model.add_no_overlap(
            self.model.new_optional_fixed_size_interval_var(stop.start, stop.duration, stop.is_there, "")
            for stop in self.loose
        )

    def _may_follow(self, stop: _Stop, following: _Stop) -> bool:
        if stop is self.after or following is self.before:
            return False
        if stop is self.before and following is self.after:
            return self.segment.may_touch
        least = int(self.neighbours.least[stop.label, following.label])
        return following.latest >= stop.earliest + stop.duration + least

    def _link(self, stop: _Stop, following: _Stop) -> cp_model.IntVar:
        """The arc from one to the next, with the gap between them and its price."""
        arc = self.model.new_bool_var("")
        if stop is self.before and following is self.after:
            self._charge(arc, self.segment.price_between)
            return arc
        a, b, neighbours = stop.label, following.label, self.neighbours
        gap = following.start - stop.start
        self.model.add(gap >= stop.duration + int(neighbours.least[a, b])).only_enforce_if(arc)
        self._charge(arc, int(neighbours.price[a, b]))
        for minutes, shortest, price in neighbours.gaps:
            nothing = stop.duration + int(minutes[a, b])
            self._charge_short(arc, gap, nothing, nothing + shortest, price)
        self._forbid(arc, stop, following)
        return arc

    def _charge(self, literal: cp_model.IntVar, price: int) -> None:
        if price:
            self.model.proto.objective.vars.append(literal.index)
            self.model.proto.objective.coeffs.append(price)

    def _charge_short(
        self, arc: cp_model.IntVar, gap: cp_model.LinearExpr, nothing: int, enough: int, price: int
    ) -> None:
        """Unless paid for, neighbours leave no idle time or enough of it."""
        is_paid = self.model.new_bool_var("")
        useful = cp_model.Domain.from_intervals([[-_FAR, nothing], [enough, _FAR]])
        self.model.add_linear_expression_in_domain(gap, useful).only_enforce_if([arc, ~is_paid])
        self._charge(is_paid, price)

    def _forbid(self, arc: cp_model.IntVar, stop: _Stop, following: _Stop) -> None:
        """Not both in one session, where that is forbidden."""
        for number, (ban, said) in enumerate(zip(self.neighbours.bans, self.neighbours.forbidding, strict=True)):
            if not ban[stop.label, following.label]:
                continue
            for session in range(len(said.sessions)):
                inside = [
                    [spot.column for spot in one.spots if spot.sessions[number] >> session & 1]
                    for one in (stop, following)
                ]
                if all(inside):
                    columns = [self.model.get_int_var_from_proto_index(column) for part in inside for column in part]
                    self.model.add(cp_model.LinearExpr.sum(columns) <= 1).only_enforce_if(arc)
