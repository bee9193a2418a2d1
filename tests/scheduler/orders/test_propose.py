from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from hospital.errors import PlanRefused, UnknownId
from hospital.facts import POINT
from hospital.texts import LANGUAGES, catalogue, say
from scheduler.orders.choices import Case
from scheduler.orders.levels import room
from scheduler.orders.perishable import PerishableItem
from scheduler.orders.problem import Lot, OnOrder, OrdersProblem
from scheduler.orders.program import Program
from scheduler.orders.propose import propose, risk, with_fixed
from scheduler.orders.rules import RULES
from scheduler.orders.rules.order_month import month_cents
from scheduler.orders.verify import VerifiedOrder, verify, violations
from tests.scheduler.orders.small import item, problem


def ward() -> OrdersProblem:
    """Three items, two suppliers, a budget and a supplier's least value that cut into each other."""
    return problem(
        item("adrenaline", criticality="V", price=80.0, lots=(Lot(units=12),)),
        item(
            "vitamin", criticality="D", price=31.0, seed=5, daily=7, supplier="Med", lots=(Lot(units=9),), most_packs=6
        ),
        item("saline", criticality="E", price=12.0, seed=8, daily=20, supplier="Med", lots=(Lot(units=400),)),
        least_value={"Med": 150.0},
        budget=700.0,
    )


def test_what_is_low_is_ordered_and_what_is_full_is_not() -> None:
    """An almost empty shelf gets an order, a full one none."""
    low, full = item("low", lots=(Lot(units=10),)), item("full", seed=4, lots=(Lot(units=900),))
    lines = {line.item.id: line for line in propose(problem(low, full)).lines}
    assert lines["low"].packs == lines["low"].advised > 0
    assert lines["full"].packs == 0
    assert lines["low"].after.unmet < lines["low"].before.unmet
    assert lines["low"].needed_by == 0
    assert lines["full"].needed_by is None


def test_the_program_s_optimum_is_the_cheapest_of_all_combinations() -> None:
    """No other combination of the offered quantities that keeps the rules costs less, and none that breaks one is offered."""
    case = Case(ward())
    proposal = propose(case.problem)
    best = min(
        (verify(case, packs).cost for packs in itertools.product(*case.choices) if not violations(case, packs)),
        default=None,
    )
    assert best is not None
    assert proposal.order.cost == pytest.approx(best)
    assert proposal.bound == pytest.approx(best, abs=1 / POINT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_faces_of_a_rule_say_the_same(rule: object) -> None:
    """What the program allows and prices is what the check finds, in every combination of a small order."""
    of = replace(ward(), fixed={"vitamin": 2})
    case = Case(of)
    for packs in itertools.islice(itertools.product(*case.choices), 0, None, 7):
        program = Program(case)
        rule.post(case, program)  # type: ignore[attr-defined]
        for at, num in enumerate(packs):
            program.model.add(program.is_packs[at][num] == 1)
        found = list(rule.check(case, packs))  # type: ignore[attr-defined]
        solved = program.solve(5.0, 1)
        if rule.is_hard:  # type: ignore[attr-defined]
            assert (solved is None) == bool(found)
        else:
            assert solved is not None
            assert solved[1] == pytest.approx(sum(match.price for match in found))


def test_every_rule_speaks_both_languages() -> None:
    """Each rule has its statement, its short name and a sentence that can be filled with what it found."""
    case = Case(replace(ward(), fixed={"saline": 3}, budget=10.0))
    for language, rule in itertools.product(LANGUAGES, RULES):
        texts = catalogue(language)
        assert f"rules.{rule.id}" in texts
        assert f"rules.{rule.id}_name" in texts
        for match in rule.check(case, (1, 50, 1)):
            texts[f"rules.{rule.id}_match"].format(**match.values)


def test_money_goes_to_the_vital_item_first() -> None:
    """With money for one of two orders, adrenaline is as safe as with all the money, and the vitamin is cut short."""
    vital = item("adrenaline", criticality="V", lots=(Lot(units=12),))
    other = item("vitamin", criticality="D", lots=(Lot(units=12),))
    alone = propose(problem(vital))
    lines = {line.item.id: line for line in propose(problem(other, vital, budget=alone.value)).lines}
    assert lines["adrenaline"].after.unmet == alone.lines[0].after.unmet
    assert lines["vitamin"].packs < lines["vitamin"].advised


def test_money_is_kept_for_what_will_press_later_this_month() -> None:
    """With plenty of money the advised quantities are ordered; with little, such as let the whole month cost less."""
    vital = item("heparin", criticality="V", price=900.0, lots=(Lot(units=150),))
    other = item("vitamin", criticality="D", price=400.0, turnover="C", seed=6, lots=(Lot(units=30),))
    rich, poor = (propose(problem(vital, other, budget=money)) for money in (200_000.0, 14_000.0))
    case = rich.order.case
    assert rich.order.packs == tuple(advice.packs for advice in case.advice)
    rich_month, poor_month = (
        sum(month_cents(case, at, packs) for at, packs in enumerate(found.order.packs)) for found in (rich, poor)
    )
    assert 14_000_00 < poor_month < rich_month


def test_a_quantity_set_by_hand_stays_or_is_refused_with_its_reason() -> None:
    """The buyer's own number is kept; one that a rule forbids comes back with the rule."""
    of = problem(item(most_packs=9))
    assert propose(with_fixed(of, "amoxicillin", 4)).lines[0].packs == 4
    assert propose(with_fixed(of, "amoxicillin", 4)).lines[0].reason.text_id == "pharmacy.reason_fixed"
    assert with_fixed(with_fixed(of, "amoxicillin", 4), "amoxicillin", None) == of
    with pytest.raises(PlanRefused) as caught:
        propose(with_fixed(of, "amoxicillin", 40))
    assert [match.rule for match in caught.value.matches] == ["storage_room"]


def test_the_risk_moves_with_the_quantity() -> None:
    """The buyer sees at once what another quantity does."""
    of = problem(item(lots=(Lot(units=45),)))
    assert risk(of, "amoxicillin", 0).risk > risk(of, "amoxicillin", 1).risk >= risk(of, "amoxicillin", 9).risk
    with pytest.raises(UnknownId):
        risk(of, "nothing", 1)


def test_stock_that_expires_is_not_counted_on() -> None:
    """Three hundred that end tomorrow do not stop the order of what comes after."""
    ending = item(lots=(Lot(units=300, last_day=0),))
    assert propose(problem(ending)).lines[0].packs > 0


def test_an_order_that_would_come_too_late_is_not_made() -> None:
    """Where all risk lies before today's order could come and enough is under way after that, nothing more is ordered."""
    way = OnOrder(units=900, days=np.repeat([1, 4], 20))
    found = propose(
        problem(item(lots=(Lot(units=20),), under_way=(way,), arrives=np.full(40, 5), next_arrives=np.full(40, 6)))
    )
    assert found.lines[0].before.risk > 0.3
    assert found.lines[0].packs == 0


def test_a_full_store_is_filled_to_its_last_pack() -> None:
    """Where forty packs are advised and there is room for seventeen, seventeen are ordered."""
    found = propose(problem(item(turnover="C", daily=40.0, lots=(Lot(units=0.5),), most_packs=14))).lines[0]
    assert found.advised > 30
    assert found.packs == room(found.item)


def test_a_full_substitute_lets_the_order_wait() -> None:
    """An item whose substitute is well in stock presses less."""
    full = item("other", lots=(Lot(units=900),))
    prices = []
    for substitute in ("", "other"):
        case = Case(problem(item(lots=(Lot(units=5),), substitute=substitute), full))
        prices.append(verify(case, (0, 0)).cost_by_rule["running_out"])
    assert 0 < prices[1] < prices[0]


def test_a_short_lived_item_is_ordered_by_its_exact_policy() -> None:
    """Platelets with two days left are ordered as the best policy says, whatever levels would say."""
    terms = PerishableItem(
        shelf_life=2, lead_time=1, demand=(0.1, 0.4, 0.3, 0.2), buy=3, hold=1, short=9, waste=7, most_units=6
    )
    dice = np.random.default_rng(2)
    paths = dice.choice(4, size=(40, 30), p=terms.demand).astype(float)
    of = item("platelets", pack_units=1.0, demand=paths, fresh=terms, shelf_days=2, lots=(Lot(units=1, last_day=0),))
    from scheduler.orders.perishable import best_policy

    assert propose(problem(of)).lines[0].packs == best_policy(terms).quantity([1, 0]) > 0


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    """Each line says why in one sentence with its numbers, whatever the reason is."""
    low = item(lots=(Lot(units=5),), price=90.0)
    cases = {
        "due": problem(low),
        "enough": problem(item(lots=(Lot(units=900),))),
        "unused": problem(item(demand=np.zeros((40, 30)))),
        "fixed": problem(low, fixed={"amoxicillin": 2}),
        "late": problem(item(lots=(Lot(units=60),), under_way=(OnOrder(units=300, days=np.repeat([1, 20], 20)),))),
        "joined": problem(
            item("a", lots=(Lot(units=5),)),
            item("b", daily=60.0, seed=4, lots=(Lot(units=900),)),
            least_value={"Sino": propose(problem(item("a", lots=(Lot(units=5),)))).value + 40},
        ),
        "no_order_day": problem(item(lots=(Lot(units=5),), can_order=False)),
        "no_room": problem(item(lots=(Lot(units=5),), most_packs=2)),
        "held_back": problem(low, budget=0.0),
        "cut": problem(low, budget=300.0),
        "expiring": problem(item(lots=(Lot(units=5),), shelf_days=3, price=5000.0, turnover="C")),
    }
    for reason, of in cases.items():
        line = propose(of).lines[0] if reason != "joined" else {x.item.id: x for x in propose(of).lines}["b"]
        for language in LANGUAGES:
            assert say(line.reason.text_id, language, unit="x", **line.reason.values)
        assert line.reason.text_id == f"pharmacy.reason_{reason}"


def test_only_the_gate_makes_a_verified_order() -> None:
    """Nobody can hand out an order that was not checked."""
    with pytest.raises(TypeError):
        VerifiedOrder(Case(problem()), (1,), {})
    assert violations(Case(problem()), (-1,))[0].rule == "shape"
