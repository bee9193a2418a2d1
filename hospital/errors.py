"""Every error a person can meet, drawn once.

CaretableError                 has a text id and values; its sentence exists in every language
├── BadInput                   a value from outside is wrong: where, expected, found, what to do
│   └── UnknownId              an id that stands for nothing here
├── BadSettings                a setting is unknown or out of range
├── NotAllowed                 this person may not do this
├── Conflict                   somebody else changed it first; carries what differs
├── WrongState                 the thing is not in a state in which this can be done
├── PlanRefused                verification found broken rules; carries the matches
└── Unavailable                a part the product needs (database, broker) does not answer
"""

from __future__ import annotations

from typing import Any

from hospital.texts import say


class CaretableError(Exception):
    """Base of all errors shown to people.

    ``text_id`` names an entry ``errors.<text_id>`` of the catalogues; ``values`` fill its placeholders.
    """

    def __init__(self, text_id: str, **values: Any) -> None:
        self.text_id = text_id
        self.values = values
        super().__init__(text_id, values)

    def sentence(self, language: str = "en") -> str:
        """The error in words a person can act on."""
        return say(f"errors.{self.text_id}", language, **self.values)

    def __str__(self) -> str:
        return self.sentence("en")


class BadInput(CaretableError):
    """A value from outside is wrong. Values: where, expected, found."""


class UnknownId(BadInput):
    """An id that stands for nothing here. Values: kind, id."""


class BadSettings(CaretableError):
    """A setting is unknown, missing or out of range."""


class NotAllowed(CaretableError):
    """The person's role does not include this action."""


class Conflict(CaretableError):
    """Somebody else changed the same thing first."""


class WrongState(CaretableError):
    """The thing exists but is not in a state in which this can be done."""


class PlanRefused(CaretableError):
    """Verification found broken hard rules; ``matches`` says which."""

    def __init__(self, text_id: str, *, matches: tuple[Any, ...] = (), **values: Any) -> None:
        self.matches = matches
        super().__init__(text_id, **values)


class Unavailable(CaretableError):
    """A part the product needs (database, broker, solver) does not answer."""
