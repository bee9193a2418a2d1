"""Fields of taking back and agreeing."""

from __future__ import annotations

from typing import Any

from llm_planner.understand.rules import amounts
from llm_planner.understand.rules.clause import Clause

Fields = dict[str, Any]


def undo(clause: Clause) -> Fields:
    """How far back."""
    is_all = clause.says(
        r"全部|所有|都(?:撤|还原|取消|退)|统统|一切|最初|最开始|原始|all(?! right)|everything|whole|start over|from the start|original|every change"
    )
    steps = amounts.counted(clause.text, r"步|次|个(?:修改|改动)?|条|处|steps?|changes?|edits?|times|moves?")
    if steps is None and clause.says(r"(?<![a-z])twice"):
        steps = 2
    return {"scope": "all" if is_all else "last", "steps": None if is_all else steps}


_NO = r"不(?!错)|拒|否|驳|弃|算了|作废|作罢|取消|别|没戏|reject|discard|no(?![a-z])|nope|not(?![a-z])|n't|declin|dismiss|never ?mind|forget|drop|cancel|scrap|leave"


def confirm(clause: Clause) -> Fields:
    """Yes or no."""
    return {"decision": "reject" if clause.says(_NO) and not clause.says(r"没问题|no problem|why not$") else "accept"}
