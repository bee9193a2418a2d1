"""The rules of the orders area: the specification on one screen."""

from __future__ import annotations

from scheduler.orders.rule import OrderRule
from scheduler.orders.rules import (
    least_order,
    off_advice,
    order_budget,
    order_day,
    order_expiring,
    order_fixed,
    order_lines,
    order_month,
    running_out,
    storage_room,
    supplier_least,
)

RULES: tuple[OrderRule, ...] = (
    least_order.RULE,
    order_day.RULE,
    storage_room.RULE,
    order_fixed.RULE,
    order_budget.RULE,
    supplier_least.RULE,
    running_out.RULE,
    order_expiring.RULE,
    order_month.RULE,
    off_advice.RULE,
    order_lines.RULE,
)
