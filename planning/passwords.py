"""Passwords and session tokens: Argon2id hashes and hashed random tokens, so that a stolen database opens nothing."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hospital.errors import BadInput

MIN_LENGTH = 8
MAX_LENGTH = 128
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """The Argon2id hash to keep. Raises BadInput for a password too short or too long."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise BadInput("password_length", expected=f"{MIN_LENGTH}-{MAX_LENGTH}", found=len(password))
    return _HASHER.hash(password)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))


def is_right(password: str, kept: str | None) -> bool:
    """True if the password belongs to the hash; takes as long where there is no account (``kept`` None)."""
    try:
        return _HASHER.verify(kept or _nobodys_hash(), password[: 4 * MAX_LENGTH]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def random_password() -> str:
    """A password for a sample account: 16 letters and digits that are easy to tell apart."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))


def new_token() -> str:
    """A session token of 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
