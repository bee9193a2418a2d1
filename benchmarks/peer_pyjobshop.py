"""Run by the peers' own Python, which has PyJobShop and nothing of ours: reads a problem from stdin, prints its plan.

Times are slots of the grid. A job is an examination, its weight in half points an hour. Left out means a second task in its place that
is over so late that waiting and lateness come to the price of being left out.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pyjobshop import Model, ScheduledTask, Solution  # type: ignore[import-not-found,unused-ignore]

NEVER = 10**7
"""After everything: the machines do not open again."""


def modelled(problem: dict[str, Any]) -> Any:
    """The model; the real task of examination n is its task 2n."""
    model = Model()
    edges = [0, *(moment for session in problem["sessions"] for moment in session), NEVER]
    breaks = [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low < high]
    machines = [model.add_machine(breaks=breaks) for _ in range(problem["num_rooms"])]
    nowhere = model.add_renewable(capacity=len(problem["cases"]))
    tasks, factor = [], problem["late_factor"]
    for case in problem["cases"]:
        slots, due = case["slots"], case["target"] + case["slots"]
        # w (start - earliest) + factor w (start - target) = w unplanned
        late = (problem["unplanned"] + case["earliest"] + factor * case["target"]) // (1 + factor)
        last = max(case["latest"], late) + slots
        job = model.add_job(weight=case["weight"], release_date=case["earliest"], deadline=last, due_date=due)
        task = model.add_task(job=job, earliest_start=case["earliest"], latest_start=case["latest"], optional=True)
        for room in case["rooms"]:
            model.add_mode(task, machines[room], duration=slots)
        left_out = model.add_task(job=job, earliest_start=late, latest_start=late, optional=True)
        model.add_mode(left_out, nowhere, duration=slots, demands=1)
        model.add_select_exactly_one([task, left_out])
        tasks.append(task)
    add_changeovers(model, machines, problem, tasks)
    model.set_objective(weight_total_flow_time=1, weight_total_tardiness=factor)
    return model


def add_changeovers(model: Any, machines: list[Any], problem: dict[str, Any], tasks: list[Any]) -> None:
    """The slots between two examinations of different families on one machine."""
    between = {(one, two): slots for one, two, slots in problem["changeovers"]}
    cases = problem["cases"]
    for number, machine in enumerate(machines):
        here = [at for at, case in enumerate(cases) if number in case["rooms"]]
        for one in here:
            for two in here:
                slots = between.get((cases[one]["family"], cases[two]["family"]), 0)
                if one != two and slots:
                    model.add_setup_time(machine, tasks[one], tasks[two], slots)


def nobody_planned(model: Any, problem: dict[str, Any]) -> Any:
    """The plan that leaves everybody out, from which the peer starts: without it, it found no plan in a minute."""
    tasks, mode, nowhere = [], 0, problem["num_rooms"]
    data = model.data()
    for at, case in enumerate(problem["cases"]):
        slots, late = case["slots"], data.tasks[2 * at + 1].earliest_start
        tasks.append(ScheduledTask(mode, [], case["earliest"], case["earliest"] + slots, present=False))
        mode += len(case["rooms"])
        tasks.append(ScheduledTask(mode, [nowhere], late, late + slots))
        mode += 1
    return Solution(data, tasks)


def main() -> None:
    """Solve and print resource and start of each examination, null where it is left out or there is no plan."""
    problem = json.load(sys.stdin)
    model = modelled(problem)
    start = nobody_planned(model, problem)
    result = model.solve(time_limit=float(sys.argv[1]), display=False, num_workers=2, initial_solution=start)
    if result.best is None or not result.best.tasks:
        print("null")
        return
    found = result.best.tasks[::2]
    print(json.dumps([[task.resources[0], task.start] if task.present else None for task in found]))


main()
