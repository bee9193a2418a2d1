from __future__ import annotations

import pytest

from hospital.sites import ImagingSite
from tests.intake.sites import small_site


@pytest.fixture
def site() -> ImagingSite:
    """Two scanners, one catalogue entry each, three requests, one appointment."""
    return small_site()
