"""Refused rows and warnings: what stands where, what was expected, what was found. Sentences come from the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of
from types import MappingProxyType
from typing import Any

from hospital.texts import say
from intake.cells import shown
from intake.fields import label

_TEXT_IDS = frozenset({"codes", "unit", "kind", "other"})
"""Values of refusals that are themselves texts of the catalogues."""


class Refused(ValueError):
    """Inside intake only: this cell or row is not usable. ``text_id`` is an entry of ``intake.expected``."""

    def __init__(self, text_id: str, found: object = None, *, field: str = "", **values: Any) -> None:
        self.text_id = text_id
        self.found = found
        self.field = field
        self.values = values
        super().__init__(text_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """One row that was set aside: the first thing wrong with it. The other rows of its file went on.

    ``row`` is the number a spreadsheet shows; ``field`` the column's name in the schema ("" = the row as a whole); ``text_id`` with
    ``values`` says what was expected; ``found`` is cut short and safe to show.
    """

    file: str
    kind: str
    row: int
    field: str
    text_id: str
    found: str
    values: Mapping[str, Any] = of(default_factory=lambda: MappingProxyType({}))

    def field_name(self, language: str = "en") -> str:
        """The column as a person of that language reads it."""
        return label(self.kind, self.field, language) if self.field else say("intake.whole_row", language)

    def expected(self, language: str = "en") -> str:
        """What should have stood there."""
        values = _said(self.values, language)
        return say(f"intake.expected.{self.text_id}", language, **values)

    def sentence(self, language: str = "en") -> str:
        """The whole refusal in one sentence."""
        return say(
            "intake.refused_row",
            language,
            file=self.file,
            row=self.row,
            field=self.field_name(language),
            expected=self.expected(language),
            found=self.found or say("intake.nothing", language),
        )

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; ``RefusedRow(**as_dict())`` gives it back."""
        return {name: dict(self.values) if name == "values" else getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something accepted that a person should look at: the entry ``intake.warned.<text_id>``."""

    file: str
    text_id: str
    row: int = 0
    values: Mapping[str, Any] = of(default_factory=lambda: MappingProxyType({}))

    def sentence(self, language: str = "en") -> str:
        """The warning in words."""
        values = _said(self.values, language)
        return say(f"intake.warned.{self.text_id}", language, file=self.file, row=self.row, **values)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; ``Warned(**as_dict())`` gives it back."""
        return {name: dict(self.values) if name == "values" else getattr(self, name) for name in self.__slots__}


def refused_row(problem: Refused, *, file: str, kind: str, row: int, field: str = "") -> RefusedRow:
    """The problem with its place."""
    return RefusedRow(
        file=file,
        kind=kind,
        row=row,
        field=problem.field or field,
        text_id=problem.text_id,
        found=shown(problem.found),
        values=problem.values,
    )


def _said(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The values as a reader of the language says them: some are ids of texts, never what a file held."""
    return {key: say(value, language) if key in _TEXT_IDS else value for key, value in values.items()}
