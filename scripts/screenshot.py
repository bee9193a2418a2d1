"""Make docs/images/imaging.{en,zh}.png from a running Caretable.

    .venv/bin/python scripts/screenshot.py http://127.0.0.1:8050 scheduler PASSWORD

Needs the development set-up (`make setup-dev`) and Chromium. Take it on the sample hospital only: never with real patients.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
VIEW = {"width": 1440, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 60_000
SETTLED_MS = 3_000


def main() -> None:
    """Log in, and photograph the Imaging page in both languages."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("address")
    words.add_argument("name")
    words.add_argument("password")
    said = words.parse_args()
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("Chromium was not found; install it (Debian, Ubuntu: apt-get install chromium).")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = program.new_context(viewport=VIEW).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script("localStorage.setItem('caretable.tour', 'off')")
        log_in(page, said.address, said.name, said.password)
        for language in ("en", "zh"):
            photograph(page, said.address, language, IMAGES / f"imaging.{language}.png")
        program.close()


def log_in(page: Page, address: str, name: str, password: str) -> None:
    """Enter as that person."""
    page.goto(f"{address}/login")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click(".login-enter")
    page.wait_for_selector(".rail .place")


def photograph(page: Page, address: str, language: str, image: Path) -> None:
    """The Imaging page in that language, once its appointments are drawn."""
    page.goto(f"{address}/imaging")
    page.wait_for_selector(".vis-item")
    if page.get_attribute(f"#language-{language}", "aria-pressed") != "true":
        page.click(f"#language-{language}")
        page.wait_for_selector(f"#language-{language}[aria-pressed=true]")
    page.wait_for_selector(".vis-item")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=str(image))
    print(image)


if __name__ == "__main__":
    main()
