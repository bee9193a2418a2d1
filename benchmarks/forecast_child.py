"""One cold run of what `caretable forecast series` calls, timed from the start of its process to its last written line."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """File, output and mode ("usual" or "quick") are the words after the module's name."""
    file, out, mode = sys.argv[1:4]
    from forecasting.forecast import forecast
    from forecasting.reading import read_panel
    from forecasting.table import forecast_table

    made = forecast(read_panel(Path(file)), 12, season=12, is_quick=mode == "quick")
    forecast_table(made).write_csv(out)
    found = {"seconds": _alive(), "mb": _peak_mb(), "has_statsmodels": "statsmodels" in sys.modules}
    print(json.dumps(found))


def _peak_mb() -> float:
    """The most memory held; read here, because what measures elsewhere brings the solver along."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    line = next(line for line in status.read_text(encoding="ascii", errors="replace").splitlines() if "VmHWM" in line)
    return int(line.split()[1]) * 1024 / 1e6


def _alive() -> float:
    """Seconds since this process began, the interpreter's own start included where the system tells it."""
    stat = Path("/proc/self/stat")
    if not stat.is_file():
        return time.process_time()
    began = int(stat.read_text(encoding="ascii").rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - began


if __name__ == "__main__":
    main()
