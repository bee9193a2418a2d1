"""How much a file may hold before it is refused unread: a hospital's month is far below each of these."""

MAX_BYTES = 25_000_000
"""Largest upload."""
MAX_UNPACKED = 200_000_000
"""Largest sum of a workbook's parts once unpacked."""
MAX_MEMBERS = 1_000
"""Most parts in a workbook."""
MAX_RATIO = 200
"""Largest unpacked / packed size of a workbook above ``RATIO_FROM`` bytes."""
RATIO_FROM = 10_000_000
MAX_ROWS = 200_000
"""Most rows in a table."""
MAX_COLUMNS = 500
"""Most columns in a table."""
MAX_CELL = 32_767
"""Most characters in a cell (Excel's own limit)."""
MAX_TEXT = 2_000
"""Most characters in a text that is kept."""
MAX_ID = 100
"""Most characters in an id."""
