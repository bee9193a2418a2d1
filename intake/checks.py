"""What only the whole site can answer: accepted, but worth a person's look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from hospital.requests import Examination, Request
from hospital.resources import Scanner
from hospital.sites import ImagingSite
from intake.quarantine import Warned

SEDATION = "sedation"
"""The scanner feature that a sedated patient needs."""
_PERSONAL = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]|[\u3400-\u9fff·]{2,6}")
"""A resident identity number, or a name in Chinese characters."""


def warnings_of(site: ImagingSite, files: Mapping[str, str] | None = None) -> tuple[Warned, ...]:
    """Everything accepted that cannot work as it stands: requests no scanner can take, scanners never open, roles nobody has."""
    names = files or {}
    return (
        *_never_open(site, names.get("scanners", "scanners")),
        *_nobody(site, names.get("examinations", "examinations")),
        *request_warnings(site, names.get("requests", "requests")),
    )


def _never_open(site: ImagingSite, file: str) -> Iterable[Warned]:
    opened = {window.scanner for window in site.opening}
    for scanner in site.scanners:
        if scanner.id not in opened:
            yield Warned(file=file, text_id="never_open", values={"scanner": scanner.id})


def _nobody(site: ImagingSite, file: str) -> Iterable[Warned]:
    roles = {shift.role for shift in site.shifts}
    needed = {role for examination in site.examinations for role in examination.staff}
    for role in sorted(needed - roles):
        yield Warned(file=file, text_id="nobody_has_role", values={"role": role})


def request_warnings(site: ImagingSite, file: str) -> Iterable[Warned]:
    """One warning for each kind of wish that no scanner fits, with the first request and their number; others about single requests."""
    catalogue = {examination.id: examination for examination in site.examinations}
    impossible: dict[tuple[str, bool, str], list[str]] = {}
    fits: dict[tuple[str, bool, str], bool] = {}
    for request in site.requests:
        examination = catalogue.get(request.examination)
        if examination is None:
            continue
        wish = (request.examination, request.is_sedated, request.site)
        if wish not in fits:
            fits[wish] = any(can_take(scanner, examination, request) for scanner in site.scanners)
        if not fits[wish]:
            impossible.setdefault(wish, []).append(request.id)
        elif _is_too_short(request, examination):
            yield Warned(file=file, text_id="span_too_short", values={"request": request.id})
    for (examination_id, is_sedated, _), ids in impossible.items():
        text_id = "no_scanner_sedated" if is_sedated else "no_scanner"
        values = {"request": ids[0], "count": len(ids), "examination": examination_id}
        yield Warned(file=file, text_id=text_id, values=values)
    yield from _open_patients(site, file)


def open_names(patients: Iterable[str], file: str) -> Iterable[Warned]:
    """One warning where patients look like names or identity numbers: the product wants pseudonyms."""
    named = [patient for patient in patients if _PERSONAL.fullmatch(patient)]
    if named:
        yield Warned(file=file, text_id="not_pseudonym", values={"request": named[0], "count": len(named)})


def _open_patients(site: ImagingSite, file: str) -> Iterable[Warned]:
    """The same, told by the first request."""
    for warned in open_names([request.patient for request in site.requests], file):
        first = next(request.id for request in site.requests if request.patient == warned.values["request"])
        yield replace(warned, values={**warned.values, "request": first})


def can_take(scanner: Scanner, examination: Examination, request: Request) -> bool:
    """True where modality, field strength, features and site of the scanner suit the request."""
    needed = examination.features | ({SEDATION} if request.is_sedated else set())
    return (
        scanner.modality == examination.modality
        and scanner.field_strength_t >= examination.min_field_strength_t
        and needed <= scanner.features
        and request.site in ("", scanner.site)
    )


def _is_too_short(request: Request, examination: Examination) -> bool:
    """True where the examination cannot lie between earliest and latest, or in none of the windows."""
    needed = timedelta(minutes=request.minutes or examination.median_min)
    if request.latest is not None and request.latest < request.earliest:
        return True
    return bool(request.windows) and all(end - start < needed for start, end in request.windows)
