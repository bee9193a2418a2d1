"""What in a radiotherapy department's data cannot work as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hospital.radiotherapy import RadiotherapySite, TreatmentLinac, TreatmentProtocol
from intake.checks import open_names
from intake.quarantine import Warned


def warnings_of(site: RadiotherapySite, files: Mapping[str, str] | None = None) -> tuple[Warned, ...]:
    """Everything accepted that cannot work: linacs never open, protocols no linac can give, courses that follow nobody, patients named
    openly."""
    names = files or {}
    courses = names.get("courses", "courses")
    return (
        *_never_open(site, names.get("linacs", "linacs")),
        *_no_linac(site, names.get("protocols", "protocols")),
        *_following_nobody(site, courses),
        *open_names([course.patient for course in site.courses], courses),
    )


def _never_open(site: RadiotherapySite, file: str) -> Iterable[Warned]:
    opened = {row.linac for row in site.hours}
    for linac in site.linacs:
        if linac.id not in opened:
            yield Warned(file=file, text_id="linac_never_open", values={"linac": linac.id})


def _no_linac(site: RadiotherapySite, file: str) -> Iterable[Warned]:
    for protocol in site.protocols if site.linacs else ():
        if not any(_can_give(linac, protocol) for linac in site.linacs):
            yield Warned(file=file, text_id="no_linac", values={"protocol": protocol.id})


def _can_give(linac: TreatmentLinac, protocol: TreatmentProtocol) -> bool:
    return (
        protocol.techniques <= linac.techniques
        and protocol.energies <= linac.energies
        and (not protocol.allowed or linac.id in protocol.allowed)
    )


def _following_nobody(site: RadiotherapySite, file: str) -> Iterable[Warned]:
    known = {course.id for course in site.courses}
    for course in site.courses:
        if course.follows and course.follows not in known:
            values = {"course": course.id, "follows": course.follows}
            yield Warned(file=file, text_id="follows_nobody", values=values)
