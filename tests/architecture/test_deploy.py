from __future__ import annotations

import re
from pathlib import Path

import pytest

from planning.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
SERVICES = ("dashboard", "worker", "postgres", "redis", "proxy")
SHIPPED = [path for path in (ROOT / "deploy").rglob("*") if path.is_file()]


def service(name: str) -> str:
    """The lines of one service, with those it shares."""
    body = COMPOSE.split(f"\n  {name}:\n", 1)[1].split("\n\n", 1)[0]
    shared = COMPOSE.split("x-caretable:", 1)[1].split("\nservices:", 1)[0]
    return body + (shared if "*caretable" in body else "")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_only_real_settings_are_set(path: Path) -> None:
    """What we ship to be installed sets no setting that the product would refuse."""
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8")))
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields}


def test_no_password_has_a_default() -> None:
    """A hospital that forgot to choose a password is told so; it never runs with ours."""
    uses = re.findall(r"\$\{\w*PASSWORD[^}]*\}", COMPOSE)
    assert len(uses) >= 2
    assert [use for use in uses if ":?" not in use] == []
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    assert re.findall(r"^\w*PASSWORD=.+$", example, re.MULTILINE) == []


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_locked_down(name: str) -> None:
    """Who breaks into one part of the product finds nothing to write to and no rights."""
    lines = service(name)
    assert "read_only: true" in lines
    assert "cap_drop: [ALL]" in lines
    assert "no-new-privileges:true" in lines
    has_user = "user:" in lines or "USER" in (ROOT / "deploy" / f"{name}.Dockerfile").read_text(encoding="utf-8")
    assert has_user


def test_one_port_is_open() -> None:
    """From the network only the encrypted pages can be reached."""
    assert re.findall(r"ports: (.+)", COMPOSE) == ['["443:8443"]']


def test_the_database_and_the_broker_see_no_network() -> None:
    """Patients' data has no way out of the database's network."""
    assert "internal: true" in COMPOSE
    for name in ("postgres", "redis"):
        assert "networks: [inside]" in service(name)


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy" / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_every_unit_is_an_ordinary_user(unit: Path) -> None:
    """On the hospital's server the product runs without the administrator's rights."""
    text = unit.read_text(encoding="utf-8")
    for line in ("User=caretable", "NoNewPrivileges=true", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert f"\n{line}\n" in text
