"""What a column is: its type, whether it must be there, its limits. Names and meanings for people stand in the catalogues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hospital.texts import say


class FieldType(StrEnum):
    """How a cell is read."""

    ID = "id"
    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    MOMENT = "moment"
    DAY = "day"
    TIME = "time"
    WEEKDAYS = "weekdays"
    WINDOWS = "windows"
    IDS = "ids"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column. ``attribute`` is the field of the hospital type it fills (the same name unless said).

    ``refers_to`` is the kind of table whose id stands here. ``unit`` is min, h or t. ``low`` and ``high`` bound a number, both included.
    ``codes`` names a list of ``intake.codes``. A date without a time counts as its midnight, or with ``is_end`` as the day's end.
    """

    name: str
    type: FieldType
    attribute: str = ""
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    unit: str = ""
    low: float = 0
    high: float = 0
    codes: str = ""
    refers_to: str = ""
    is_end: bool = False
    example: str = ""

    @property
    def target(self) -> str:
        """The attribute of the hospital type."""
        return self.attribute or self.name


def column(name: str, type: FieldType, aliases: str = "", **rest: Any) -> Field:
    """A column with its other names written as one text, separated by a bar."""
    return Field(name=name, type=type, aliases=tuple(word for word in aliases.split("|") if word), **rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One kind of file. ``attribute`` is the field of the area's site it fills, ``key`` the columns that may not repeat together.

    ``kind`` is unique over all areas; ``file`` is what it is called in a folder (the kind unless said). ``make`` turns a row's values into
    values of ``type``, where that takes more than naming them.
    """

    kind: str
    area: str = "imaging"
    file: str = ""
    attribute: str
    type: type
    aliases: tuple[str, ...]
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    make: Callable[[Table, dict[str, Any]], tuple[Any, ...]] | None = None

    @property
    def file_name(self) -> str:
        """Its name in a folder or workbook."""
        return self.file or self.kind

    def field(self, name: str) -> Field:
        """The column of that name. Raises KeyError."""
        return next(field for field in self.fields if field.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """All column names in order."""
        return tuple(field.name for field in self.fields)


def label(kind: str, field: str, language: str) -> str:
    """A column's heading in a language: the name itself in English, the hospital's word in Chinese."""
    return say(f"intake.column.{kind}.{field}", language)


def meaning(kind: str, field: str, language: str) -> str:
    """What a column means, with unit and default, in one sentence."""
    return say(f"intake.meaning.{kind}.{field}", language)
