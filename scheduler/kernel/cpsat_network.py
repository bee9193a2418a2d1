"""Who comes directly before whom, as paths through a network of moments and labels: the relaxation's view of a line.

A unit of flow leaves an open beginning, passes each appointment of the segment in order of start and ends anywhere. Between two
appointments it runs through nodes that remember the moment at which the first one ended and its label, so an arc knows the gap, its
price and whether the neighbours may stand together. The linear relaxation of such a network is as tight as a shortest path, which is
where the bounds come from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from scheduler.kernel.cpsat_lines import Segment
from scheduler.kernel.cpsat_neighbours import Spot
from scheduler.kernel.cpsat_program import Program


def post_network(program: Program, segments: Iterable[Segment]) -> None:
    """Adds the networks of the segments."""
    for segment in segments:
        _Network(program, segment).post()


class _Network:
    """Nodes and arcs of one segment."""

    def __init__(self, program: Program, segment: Segment) -> None:
        self.program, self.segment, self.neighbours = program, segment, segment.neighbours
        before, part, after = segment.before, segment.part, segment.after
        self.before, self.part, self.after = before, part, after
        tailed = [*([before] if before else []), *part]
        headed = [*part, *([after] if after else [])]
        self.tails: dict[tuple[int, tuple[int, ...]], dict[int, list[int]]] = {}
        for spot in tailed:
            sessions = spot.sessions if self.neighbours.remembers[spot.label] else ()
            self.tails.setdefault((spot.label, sessions), {}).setdefault(spot.end, []).append(spot.column)
        self.heads: dict[int, dict[int, list[Spot]]] = {}
        for spot in headed:
            self.heads.setdefault(spot.label, {}).setdefault(spot.start, []).append(spot)
        self.into: dict[tuple[int, int], list[int]] = {
            (label, start): [] for label, row in self.heads.items() for start in row
        }
        self.entering: dict[int, list[int]] = {label: [] for label in self.heads}

    def post(self) -> None:
        """Adds nodes and arcs."""
        exempt = self._history_arc()
        for (label, sessions), row in self.tails.items():
            self._post_tail(label, sessions, row, exempt)
        if self.before is None:
            sources = []
            for (label, _), arcs in self.into.items():
                sources.append(self.program.column())
                arcs.append(sources[-1])
                self.entering[label].append(sources[-1])
            self.program.row(sources, 1, high=1)
        if self.neighbours.price.any():
            self._post_entries()
        for (label, start), arcs in self.into.items():
            columns = [spot.column for spot in self.heads[label][start]]
            self.program.row([*arcs, *columns], [1] * len(arcs) + [-1] * len(columns), low=0, high=0)

    def _lead(self, label: int, head: Spot, arc: int) -> None:
        """The arc leads from an appointment of that label to the head."""
        self.into[head.label, head.start].append(arc)
        if self.neighbours.cluster[label] != self.neighbours.cluster[head.label]:
            self.entering[head.label].append(arc)

    def _post_entries(self) -> None:
        """Whoever is on the line has been led to from another kind of appointment at least once, he or one of his kind. Follows from
        the rest in whole numbers, and keeps the relaxation from sharing a day out among kinds to save the changes between them."""
        cluster = self.neighbours.cluster
        by_task: dict[int, list[int]] = {}
        for spot in self.part:
            by_task.setdefault(spot.task, []).append(spot.column)
        doors: dict[int, list[int]] = {}
        for label, arcs in self.entering.items():
            doors.setdefault(cluster[label], []).extend(arcs)
        for task, columns in by_task.items():
            mine = cluster[self.neighbours.label[task]]
            if self.before is None or cluster[self.before.label] != mine:
                self.program.row([*doors[mine], *columns], [1] * len(doors[mine]) + [-1] * len(columns), low=0)

    def _history_arc(self) -> int | None:
        """Two neighbours of history stand as they are: an arc that asks for nothing but its price."""
        if not self.segment.is_history or self.before is None or self.after is None:
            return None
        arc = self.program.column(self.segment.price_between)
        self._lead(self.before.label, self.after, arc)
        return arc

    def _post_tail(self, label: int, sessions: tuple[int, ...], row: dict[int, list[int]], exempt: int | None) -> None:
        """One label's nodes in order of time: from each the flow leaves soon by a short arc, or waits and leaves later."""
        ends = sorted(row)
        soon = [self._soon_arcs(label, sessions, end) for end in ends]
        late: list[list[int]] = [[] for _ in ends]
        for head in self._heads(label, sessions):
            at = bisect_right(ends, head.start - int(self.neighbours.steady[label, head.label])) - 1
            if at >= 0:
                arc = self.program.column(int(self.neighbours.price[label, head.label]))
                late[at].append(arc)
                self._lead(label, head, arc)
        if exempt is not None and self.before is not None and self.before.column in row.get(self.before.end, ()):
            soon[ends.index(self.before.end)].append(exempt)
        self._post_chain([row[end] for end in ends], soon, late)

    def _heads(self, label: int, sessions: tuple[int, ...]) -> Iterable[Spot]:
        """One spot for each head that may follow the label."""
        for row in self.heads.values():
            for spots in row.values():
                if not sessions or not self.neighbours.is_banned(label, sessions, spots[0]):
                    yield spots[0]

    def _soon_arcs(self, label: int, sessions: tuple[int, ...], end: int) -> list[int]:
        arcs = []
        for head in self._heads(label, sessions):
            idle = head.start - end
            if self.neighbours.least[label, head.label] <= idle < self.neighbours.steady[label, head.label]:
                arcs.append(self.program.column(self.neighbours.cost(label, end, head)))
                self._lead(label, head, arcs[-1])
        return arcs

    def _post_chain(self, ending: Sequence[list[int]], soon: Sequence[list[int]], late: Sequence[list[int]]) -> None:
        carried: list[int] = []
        last = len(ending) - 1
        for at, columns in enumerate(ending):
            entering = columns
            if soon[at]:  # only who has just ended may leave by a short arc: a node of its own before the waiting
                stays = self.program.column()
                arcs = [*soon[at], stays]
                self._balance(columns, arcs, is_open=False)
                entering = [stays]
            onward = [] if at == last else [self.program.column()]
            self._balance([*carried, *entering], [*late[at], *onward], is_open=at == last and self.after is None)
            carried = onward

    def _balance(self, entering: Sequence[int], leaving: Sequence[int], *, is_open: bool) -> None:
        """What enters leaves; at an open end it may also stay."""
        signs = [1] * len(entering) + [-1] * len(leaving)
        self.program.row([*entering, *leaving], signs, low=0, high=1 if is_open else 0)
