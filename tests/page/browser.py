"""A real browser to hold our pages against: Debian's Chromium, without a window and without a network."""

import base64
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PHONE = (360, 740)
DESKTOP = (1280, 900)
A4 = (210 / 25.4, 297 / 25.4)
LETTER = (8.5, 11.0)

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
)


def require_chromium() -> tuple[str, str]:
    """The paths of Chromium and its driver; what reads its PDFs has to be there as well.

    Where they are not: skip the test, saying why; fail where no test may be skipped.
    """
    found = shutil.which("chromium"), shutil.which("chromedriver")
    try:
        import selenium.webdriver  # noqa: F401
    except ImportError:
        found = (None, None)
    if found[0] and found[1] and shutil.which("pdftotext"):
        return found[0], found[1]
    reason = (
        "chromium, chromedriver, pdftotext or selenium is not installed, so no page is opened in a browser"
    )
    if os.environ.get("CI") or os.environ.get("FASTI_TEST_CHROMIUM"):
        pytest.fail(reason)
    pytest.skip(reason)


class Browser:
    """A browser with one window; `driver` is Selenium's."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(
        self, path: Path, size: tuple[int, int] = DESKTOP, *, dark: bool = False, scripting: bool = True
    ) -> None:
        """Open a file in a window of this size; nothing of what was said before is kept."""
        self.command("Emulation.setScriptExecutionDisabled", value=not scripting)
        width, height = size
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        self.command("Emulation.setTouchEmulationEnabled", enabled=width < 500)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])
        self.driver.get("about:blank")
        self.console()
        self.requests()
        self.driver.get(path.as_uri())

    def command(self, method: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(method, parameters)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script in the page returns; the page's policy does not bind it."""
        return self.driver.execute_script(script, *arguments)

    def console(self) -> list[str]:
        """What the browser has complained of since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that were asked for since this was last asked, without those within the page."""
        sent = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        addresses = (
            each["params"]["request"]["url"] for each in sent if each["method"] == "Network.requestWillBeSent"
        )
        return [address for address in addresses if not address.startswith(("data:", "about:", "chrome:"))]

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        """Write what is seen as a PNG; `whole` is the page from top to bottom."""
        shot = self.command("Page.captureScreenshot", captureBeyondViewport=whole, format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def print(self, path: Path, paper: tuple[float, float] = A4) -> None:
        """Print to a PDF on this paper (inches)."""
        width, height = paper
        done = self.command(
            "Page.printToPDF",
            paperWidth=width,
            paperHeight=height,
            printBackground=False,
            transferMode="ReturnAsBase64",
        )
        path.write_bytes(base64.b64decode(done["data"]))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own, with nothing from any other."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    binary, driver = require_chromium()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = binary
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        opened = Chrome(options=options, service=ChromeService(driver))
        try:
            yield Browser(opened)
        finally:
            opened.quit()
