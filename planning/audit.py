"""The audit log's rows: what a command was, and the hash chain that shows every later edit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel

from hospital.changes import change_to_json
from planning.actors import Actor
from planning.commands import Command
from planning.ports import UnitOfWork
from planning.rows import AuditEntry
from planning.views import ChainCheck

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST = 500


def details_of(command: Command) -> dict[str, Any]:
    """The command's fields as JSON, secrets left out, long texts and lists cut."""
    said: dict[str, Any] = {}
    for field in fields(command):  # type: ignore[arg-type]
        if not field.metadata.get("secret"):
            said[field.name] = _plain(getattr(command, field.name))
    return said


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, BaseModel):
        return change_to_json(value)  # type: ignore[arg-type]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in list(value.items())[:_LONGEST]}
    if isinstance(value, list | tuple | frozenset | set):
        return [_plain(item) for item in list(value)[:_LONGEST]]
    return storable(str(value)[:_LONGEST])


def storable(text: str) -> str:
    """The text with NUL characters and halves of characters shown as U+FFFD: every database keeps it."""
    return UNSTORABLE.sub("\ufffd", text)


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over the row (its own hash left out) and so over every row before it."""
    said = {field.name: getattr(entry, field.name) for field in fields(entry) if field.name != "hash"}
    said["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write_row(
    work: UnitOfWork,
    actor: Actor,
    command: str,
    *,
    at: datetime,
    details: Mapping[str, Any],
    reason: str = "",
    refusal: str | None = None,
    before: str = "",
    after: str = "",
) -> None:
    """Appends one row to the log of the actor's site, in the same transaction as what it tells of."""
    number, previous = work.audit.head(actor.site_id)
    entry = AuditEntry(
        site_id=actor.site_id,
        number=number + 1,
        at=at,
        account_id=actor.account_id,
        name=actor.name,
        role=actor.role.value,
        command=command,
        details=dict(details),
        reason=storable(reason),
        is_refused=refusal is not None,
        refusal=refusal or "",
        before=before,
        after=after,
        previous=previous,
        hash="",
    )
    work.audit.append(replace(entry, hash=hash_of(entry)))


def verify_chain(entries: Sequence[AuditEntry], head: tuple[int, str] | None = None) -> ChainCheck:
    """Whether the rows (oldest first) follow each other without a gap or an edit; ``head`` is the number and hash the
    last must have."""
    previous, number = "", 0
    for entry in entries:
        if entry.number != number + 1 or entry.previous != previous or entry.hash != hash_of(entry):
            return ChainCheck(is_whole=False, num_rows=len(entries), broken_at=number + 1)
        previous, number = entry.hash, entry.number
    if head is not None and head != (number, previous):
        return ChainCheck(is_whole=False, num_rows=len(entries), broken_at=number + 1)
    return ChainCheck(is_whole=True, num_rows=len(entries))
