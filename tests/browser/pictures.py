"""Pictures of every screen, light and dark, wide and on a phone: `python -m tests.browser.pictures [folder]`.

Starts the dashboard on an empty store, loads the sample and walks through; `docs/screens` by default.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, ROOT, browser_path, free_port, wait_until_healthy
from tests.browser.waiting import compared, load_sample, settled

SIZES = {"desk": (1280, 900), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 256  # enough for a calm screen, and small enough to keep in the repository


@contextmanager
def dashboard(home: Path) -> Iterator[str]:
    """The dashboard over an empty store: its address."""
    port = free_port()
    server = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "dashboard", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "SKILLPROOF_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def walk(page: Page, address: str, take: Callable[[str], None]) -> None:
    """Every screen once."""
    page.goto(address)
    settled(page, page.get_by_role("button", name="Try the sample applicants"))
    take("1-verify-empty")
    load_sample(page, address)
    take("1-verify")
    page.get_by_role("button", name="Open candidate").nth(2).click()
    settled(page, page.get_by_text("required verified"))
    take("3-candidate")
    page.get_by_role("button", name="Evidence").first.click()
    settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
    take("4-evidence")
    page.keyboard.press("Escape")
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").nth(3).click()
    settled(page, page.get_by_text("Changed after it was signed"))
    take("3-candidate-altered")
    page.locator(".st-key-picked-evidence").get_by_role("button", name="Evidence").first.click()
    settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
    take("4-evidence-altered")
    for number, name in ((2, "candidates"), (6, "coverage"), (7, "jobs"), (8, "trust")):
        page.goto(f"{address}/{name}")
        settled(page, page.get_by_role("heading", level=1))
        take(f"{number}-{name}")
    compared(page, address, "Ada Example", "Bruno Muster", "Carla Beispiel", "Dmitri Sample")
    take("5-compare")


def save(page: Page, file: Path) -> None:
    """What the window shows, in few colours."""
    page.wait_for_timeout(700)  # charts draw themselves after the rerun
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def main(folder: Path) -> None:
    """Take all pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        for scheme in SCHEMES:
            for name, (width, height) in SIZES.items():
                store = Path(home) / f"{scheme}-{name}"
                with dashboard(store) as address:
                    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                    walk(page, address, lambda screen: save(page, folder / f"{screen}-{scheme}-{name}.png"))  # noqa: B023 - called at once
                    page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screens")
