"""What each area's door needs beside its tables: the site they fill, its settings, and what to look at in the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hospital.dialysis import DialysisSettings, DialysisSite
from hospital.pharmacy import Pharmacy, PharmacySettings
from hospital.radiotherapy import RadiotherapySite
from hospital.sites import ImagingSite, SiteSettings
from intake import dialysis, pharmacy, radiotherapy
from intake.checks import warnings_of
from intake.fields import Table
from intake.quarantine import Warned
from intake.schema import tables_of
from intake.settings import read_settings, settings_toml


@dataclass(frozen=True, kw_only=True)
class AreaFiles:
    """An area's door. ``site`` is made of ``settings`` and one tuple a table; ``look`` tells what in it cannot work, given the files'
    names by kind."""

    tables: Mapping[str, Table]
    site: type[Any]
    settings: type[Any]
    read_settings: Callable[[bytes, str], Any]
    settings_toml: Callable[[Any], str]
    look: Callable[[Any, Mapping[str, str]], tuple[Warned, ...]]


_AREAS: Mapping[str, AreaFiles] = {
    "imaging": AreaFiles(
        tables=tables_of("imaging"),
        site=ImagingSite,
        settings=SiteSettings,
        read_settings=read_settings,
        settings_toml=settings_toml,
        look=warnings_of,
    ),
    "radiotherapy": AreaFiles(
        tables=tables_of("radiotherapy"),
        site=RadiotherapySite,
        settings=SiteSettings,
        read_settings=read_settings,
        settings_toml=settings_toml,
        look=radiotherapy.warnings_of,
    ),
    "dialysis": AreaFiles(
        tables=tables_of("dialysis"),
        site=DialysisSite,
        settings=DialysisSettings,
        read_settings=dialysis.read_settings,
        settings_toml=dialysis.settings_toml,
        look=dialysis.warnings_of,
    ),
    "orders": AreaFiles(
        tables=tables_of("orders"),
        site=Pharmacy,
        settings=PharmacySettings,
        read_settings=pharmacy.read_settings,
        settings_toml=pharmacy.settings_toml,
        look=pharmacy.warnings_of,
    ),
}


def files_of(area: str) -> AreaFiles:
    """The area's door. Raises BadInput naming the known areas."""
    tables_of(area)
    return _AREAS[area]
