"""Columns of a pharmacy's files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hospital import pharmacy as words
from intake.fields import FieldType, Table, column
from intake.quarantine import Refused
from intake.records import Record

MOST = 1_000_000_000
ITEM = column(
    "item",
    FieldType.ID,
    "药品编码|药品代码|药品|物资编码|品种|drug|drug_code|item_id|sku|code|material",
    is_required=True,
    example="D001",
)
SUPPLIER = column(
    "supplier", FieldType.ID, "供应商编码|供应商|供货单位|配送企业|vendor|supplier_id", is_required=True, example="S1"
)
UNITS = column(
    "units",
    FieldType.NUMBER,
    "数量|发药量|出库数量|消耗量|用量|最小单位数量|qty|quantity|amount|issued|consumption|value",
    is_required=True,
    low=-MOST,
    high=MOST,
    example="120",
)


def _item(table: Table, record: Record) -> tuple[Any, ...]:
    if "criticality" in record:
        record["criticality"] = words.Criticality(record["criticality"])
    return (table.type(**record),)


def _delivery(table: Table, record: Record) -> tuple[Any, ...]:
    """Nothing is received before it is ordered. Raises Refused."""
    received = record.get("received")
    if received is not None and received < record["ordered"]:
        other, limit = "intake.column.drug_deliveries.ordered", record["ordered"].isoformat()
        raise Refused("not_before", received.isoformat(), field="received", other=other, limit=limit)
    return (table.type(**record),)


SUPPLIERS = Table(
    kind="drug_suppliers",
    area="orders",
    file="suppliers",
    attribute="suppliers",
    type=words.Supplier,
    aliases=("供应商", "供货单位", "配送企业", "supplier", "vendors"),
    key=("id",),
    fields=(
        column("id", FieldType.ID, "供应商编码|编码|编号|供应商|supplier|vendor", is_required=True, example="S1"),
        column("name", FieldType.TEXT, "供应商名称|名称|supplier name", example="国药"),
        column("order_days", FieldType.WEEKDAYS, "订货日|接单日|下单日|order day", example="Mon"),
        column("delivery_days", FieldType.WEEKDAYS, "送货日|配送日|到货日|delivery day", example="Mon"),
        column("least_value", FieldType.NUMBER, "起送金额|起送额|最低订单金额|minimum order", high=MOST, example="500"),
        column("promised_days", FieldType.WHOLE, "承诺天数|到货天数|交货期|lead time|lead_days", high=365, example="3"),
    ),
)
ITEMS = Table(
    kind="drug_items",
    area="orders",
    file="items",
    attribute="items",
    type=words.StockItem,
    aliases=("药品", "药品目录", "品种", "物资", "item", "drugs", "catalogue"),
    key=("id",),
    make=_item,
    fields=(
        column("id", FieldType.ID, "药品编码|药品代码|编码|编号|item|drug|code|sku", is_required=True, example="D001"),
        column("name", FieldType.TEXT, "药品名称|通用名|名称|品名|drug name|item name", example="阿莫西林胶囊 0.25g"),
        column("name_en", FieldType.TEXT, "英文名|英文名称|english name", example="Amoxicillin 250 mg"),
        column("unit", FieldType.TEXT, "最小单位|单位|unit of issue", example="粒"),
        column("group", FieldType.TEXT, "药理分类|分类|类别|class|category", example="抗感染"),
        replace(SUPPLIER, refers_to="drug_suppliers"),
        column(
            "pack_units",
            FieldType.NUMBER,
            "包装量|包装数量|每包数量|包装规格|转换系数|pack_size|pack size|units per pack",
            is_required=True,
            low=0.001,
            high=MOST,
            example="24",
        ),
        column("price", FieldType.NUMBER, "包装价|单价|进价|价格|unit price|cost", high=MOST, example="8.5"),
        column("criticality", FieldType.CODE, "重要性|VED|VED分类|分级|criticality class", codes="ved", example="E"),
        column(
            "least_packs", FieldType.WHOLE, "起订量|最小订货量|起订包数|least order|moq", low=1, high=MOST, example="1"
        ),
        column("most_packs", FieldType.WHOLE, "库位容量|最大库存|上限|storage|max stock", high=MOST, example="0"),
        column(
            "shelf_life_days", FieldType.WHOLE, "到货效期|效期天数|有效期天数|shelf life", high=36500, example="540"
        ),
        column("substitute", FieldType.ID, "替代药品|替代品|可替代|alternative"),
    ),
)
LOTS = Table(
    kind="drug_lots",
    area="orders",
    file="stock",
    attribute="lots",
    type=words.StockLot,
    aliases=("库存", "批次库存", "批号库存", "现有库存", "lots", "stock on hand", "inventory"),
    fields=(
        replace(ITEM, refers_to="drug_items"),
        column("lot", FieldType.TEXT, "批号|生产批号|批次|batch|lot number", example="240311"),
        replace(UNITS, aliases=(*UNITS.aliases, "库存", "库存数量", "现存量", "stock", "on hand"), low=0),
        column(
            "expires",
            FieldType.DAY,
            "有效期|失效日期|效期|有效期至|expiry|expiry_date|expiration",
            example="2027-03-31",
        ),
    ),
)
DELIVERIES = Table(
    kind="drug_deliveries",
    area="orders",
    file="deliveries",
    attribute="deliveries",
    type=words.Delivery,
    aliases=("到货", "采购记录", "采购订单", "入库", "delivery", "purchase orders", "lead_times"),
    make=_delivery,
    fields=(
        column("order", FieldType.ID, "订单号|采购单号|单号|order_id|po", is_required=True, example="PO1"),
        replace(ITEM, refers_to="drug_items"),
        replace(SUPPLIER, is_required=False),
        column(
            "ordered",
            FieldType.DAY,
            "订货日期|下单日期|采购日期|order date|ordered_on",
            is_required=True,
            example="2026-02-02",
        ),
        column("received", FieldType.DAY, "到货日期|入库日期|收货日期|received date|received_on", example="2026-02-05"),
        column(
            "packs",
            FieldType.NUMBER,
            "包数|到货包数|件数|packs_received|num packs",
            is_required=True,
            high=MOST,
            example="10",
        ),
    ),
)
ISSUES = Table(
    kind="drug_issues",
    area="orders",
    file="issues",
    attribute="issues",
    type=words.Issue,
    aliases=("发药", "出库", "消耗", "用量", "发药记录", "issue", "consumption", "usage", "demand"),
    fields=(
        replace(ITEM, refers_to="drug_items", aliases=(*ITEM.aliases, "series", "名称")),
        column(
            "day",
            FieldType.DAY,
            "日期|发药日期|出库日期|月份|周|date|week|month|period|issued_on",
            is_required=True,
            example="2026-02-02",
        ),
        UNITS,
        column("ward", FieldType.TEXT, "病区|科室|领药科室|department", example="ICU"),
    ),
)
IN_ORDER = (SUPPLIERS, ITEMS, LOTS, DELIVERIES, ISSUES)
"""A pharmacy's kinds of files, in the order in which they are read."""
