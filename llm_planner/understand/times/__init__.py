"""Times as hospitals type them, in Chinese and English: pieces, expressions, windows. An expression it is not sure of is no reading."""

from __future__ import annotations

from llm_planner.understand.times.days import Moment, moment_of
from llm_planner.understand.times.find import find
from llm_planner.understand.times.resolve import resolve
from llm_planner.understand.times.said import Said, together

__all__ = ["Moment", "Said", "find", "moment_of", "resolve", "together"]
