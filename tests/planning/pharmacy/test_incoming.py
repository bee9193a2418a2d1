"""Files of a pharmacy on their way in, and an order from the forecast to the shelf list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hospital.errors import Conflict, WrongState
from hospital.pharmacy import Step, Usage
from intake.usage import wide_csv
from planning.actors import SYSTEM, Actor, Role
from planning.app import Application
from planning.commands import ApplyUpload, CreateSite, StageUpload
from planning.jobs import Solved
from planning.pharmacy.asked import AcceptOrder, ExportOrder, MonthReport, PharmacyPage, RequestForecast
from planning.pharmacy.incoming import merged
from planning.queries import AuditLog
from planning.settings import Settings
from storage.bootstrap import open_application
from tests.planning.pharmacy.small import TODAY, pharmacy

SUPPLIERS = "id,name,promised_days\nS1,国药,3\n"
ITEMS = "id,name,name_en,supplier,pack_units,price,criticality\nAMX,阿莫西林,Amoxicillin,S1,24,18.5,V\nVIC,维生素C,Vitamin C,S1,100,4.2,D\n"
STOCK = "item,lot,units\nAMX,A1,90\nVIC,V1,4100\n"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Application]:
    """A product with an empty database."""
    application = open_application(Settings(home=tmp_path))
    yield application
    application.close()


@pytest.fixture
def buyer(app: Application) -> Actor:
    """A buyer in a new hospital."""
    site = app.execute(SYSTEM, CreateSite("North", "北院", "Zhou", "long-enough-1", "Asia/Shanghai"))
    return Actor("id-b", "Bai", Role.SCHEDULER, site.id)


def put(app: Application, buyer: Actor, name: str, text: str) -> int:
    """Upload and apply a file; the number of rows or series stored."""
    view = app.execute(buyer, StageUpload("", name, text.encode(), area="orders"))
    assert view.refused == ()
    app.execute(buyer, ApplyUpload(view.id))
    return int(view.num_new + view.num_changed)


def filled(app: Application, buyer: Actor) -> None:
    """A pharmacy of two items by four files, its issues wide."""
    assert put(app, buyer, "suppliers.csv", SUPPLIERS) == 1
    assert put(app, buyer, "items.csv", ITEMS) == 2
    assert put(app, buyer, "stock.csv", STOCK) == 2
    usage = pharmacy().usage
    rows = [usage.items.index("AMX"), usage.items.index("VIC")]
    two = Usage(items=("AMX", "VIC"), first_day=usage.first_day, step=Step.DAY, units=usage.units[rows])
    assert put(app, buyer, "issues.csv", wide_csv(two)) == 2


def forecast(app: Application, buyer: Actor) -> None:
    """Ask for a forecast and do its job as a worker does."""
    job_id = app.execute(buyer, RequestForecast())
    lease = app.jobs.claim(job_id, "test", 60.0)
    assert lease is not None
    work = app.jobs.work(lease)
    found = Solved.from_json(Solved.from_forecast(work.problem.run(), seconds=1.0, seed=work.seed).as_json())
    assert app.jobs.complete(job_id, lease.fence, found).state == "done"


def test_from_files_to_an_order(app: Application, buyer: Actor) -> None:
    """Four files, one forecast, one accepted order: what was ordered is under way, the log says who, and it cannot be ordered twice."""
    filled(app, buyer)
    forecast(app, buyer)
    view = app.ask(buyer, PharmacyPage())
    assert (view.number, view.num_items, view.is_old) == (1, 2, False)
    assert [line.item for line in view.ordered][:1] == ["AMX"]
    assert app.execute(buyer, AcceptOrder(1, {"AMX": 7}, "as agreed")) == len(view.ordered)
    after = app.ask(buyer, PharmacyPage())
    assert after.accepted is not None
    assert after.accepted.by == "Bai"
    assert next(line for line in after.lines if line.item == "AMX").packs == 7
    with pytest.raises(WrongState):
        app.execute(buyer, AcceptOrder(1))
    entry = next(row for row in app.ask(SYSTEM.in_site(buyer.site_id), AuditLog()) if row.command == "AcceptOrder")
    assert entry.reason in ("as agreed", "")
    forecast(app, buyer)
    line = next(line for line in app.ask(buyer, PharmacyPage()).lines if line.item == "AMX")
    assert line.under_way == 7 * 24


def test_files_of_an_order(app: Application, buyer: Actor) -> None:
    """The order and the month's report come in every format that is promised."""
    filled(app, buyer)
    forecast(app, buyer)
    assert app.ask(buyer, ExportOrder("csv")).content.decode("utf-8-sig").splitlines()[1].startswith("AMX")
    assert app.ask(buyer, ExportOrder("xlsx")).content[:2] == b"PK"
    assert app.ask(buyer, MonthReport("pdf")).content[:4] == b"%PDF"
    assert app.ask(buyer, MonthReport("xlsx")).content[:2] == b"PK"
    assert b"<html" in app.ask(buyer, MonthReport("html")).content[:200].lower()


def test_new_stock_makes_a_forecast_old(app: Application, buyer: Actor) -> None:
    """After the shelf was counted anew nobody accepts an order made for the shelf before."""
    filled(app, buyer)
    forecast(app, buyer)
    put(app, buyer, "stock.csv", "item,lot,units\nAMX,A1,35\n")
    assert app.ask(buyer, PharmacyPage()).is_old
    with pytest.raises(Conflict):
        app.execute(buyer, AcceptOrder(1))
    forecast(app, buyer)
    stock = {line.item: line.stock for line in app.ask(buyer, PharmacyPage()).lines}
    assert stock == {"AMX": 35.0, "VIC": 0.0}


def test_a_later_file_is_laid_over_the_series() -> None:
    """Yesterday's file corrects three days and adds two; the days before stay."""
    old = Usage(items=("A", "B"), first_day=TODAY, step=Step.DAY, units=np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]))
    new = Usage(
        items=("B", "C"), first_day=TODAY + timedelta(days=3), step=Step.DAY, units=np.array([[9.0, 10], [11, 12]])
    )
    found = merged(old, new)
    assert found.items == ("A", "B", "C")
    assert found.units.tolist() == [[1, 2, 3, 4, 0], [5, 6, 7, 9, 10], [0, 0, 0, 11, 12]]
    weekly = Usage(items=("A",), first_day=TODAY, step=Step.WEEK, units=np.array([[40.0, 41]]))
    assert merged(old, weekly) is weekly


def test_a_forecast_every_night(tmp_path: Path) -> None:
    """After three in the morning a new day's forecast is queued once, by nobody's hand; before that, and without data, none is."""
    times = [datetime(2026, 3, 3, 1, 30, tzinfo=UTC)]
    app = open_application(Settings(home=tmp_path), clock=lambda: times[0])
    site = app.execute(SYSTEM, CreateSite("North", "北院", "Zhou", "long-enough-1", "Asia/Shanghai"))
    buyer = Actor("id-b", "Bai", Role.SCHEDULER, site.id)
    assert app.jobs.queue_nightly() == 0
    filled(app, buyer)
    forecast(app, buyer)
    times[0] = datetime(2026, 3, 3, 18, 59, tzinfo=UTC)
    assert app.jobs.queue_nightly() == 0
    times[0] = datetime(2026, 3, 3, 19, 1, tzinfo=UTC)
    assert app.jobs.queue_nightly() == 1
    times[0] = datetime(2026, 3, 3, 19, 5, tzinfo=UTC)
    assert app.jobs.queue_nightly() == 0
    app.close()
