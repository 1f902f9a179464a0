"""
What Google's Lighthouse says of the pages on which buyers arrive, as seen by a slow phone.

    make run            # in another terminal
    make lighthouse     # installs Lighthouse into var/lighthouse the first time (Node 18, 185 MB)

Each page is looked at three times, and the middle of each figure counts: the score for speed
depends on how busy the machine is.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from storefront.config.environment import ROOT, read_environment
from tests.browser.screens import ARGUMENTS, CHROMIUM

PACKAGE = "lighthouse@12.8.2"
TIMES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# A page is found by the first link to it on another.
PAGES = {
    "home": "",
    "list": "shop/",
    "product": "@shop/",
    "story": "@stories/",
    "basket": "basket/",
}
# A basket is its buyer's own and asks not to be indexed, which Lighthouse counts as a fault.
NOT_ASKED = {"basket": ["is-crawlable"]}
# Once in some twenty times Chromium records nothing, and Lighthouse asks to be started again.
TRIES = 3
LINE = "{:<14}{:>6}{:>6}{:>6}{:>6}{:>8}{:>8}{:>7}{:>7}{:>6}"


def main(origin: str = "http://127.0.0.1:8000") -> int:
    """Print a line a page and language, and what costs points; return how many pages lose any."""
    program = _program(read_environment().var_dir / "lighthouse")
    print(LINE.format("page", "speed", "acc.", "best", "seo", "LCP s", "FCP s", "TBT", "CLS", "kB"))
    losing = 0
    for language in ("en", "hi"):
        for name, where in PAGES.items():
            address = f"{origin}/{language}/{where}"
            if where.startswith("@"):
                address = origin + _first_link(f"{origin}/{language}/", where[1:])
            left_out = NOT_ASKED.get(name, [])
            reports = [_look(program, address, left_out) for _ in range(TIMES)]
            losing += _tell(f"{name} {language}", reports)
    return losing


def _program(folder: Path) -> Path:
    program = folder / "node_modules" / ".bin" / "lighthouse"
    npm = shutil.which("npm")
    if not program.exists():
        if npm is None:
            sys.exit(
                "Lighthouse needs Node 18 or newer with npm. On Debian: apt install nodejs npm"
            )
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE],
            env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"},
            check=True,
        )
    return program


def _first_link(home: str, listed: str) -> str:
    with urllib.request.urlopen(home + listed) as page:
        found = re.search(rf'<h3><a href="(/../{listed}[^"]+)"', page.read().decode())
    assert found, f"nothing is listed at {listed}"
    return found[1]


def _look(program: Path, address: str, left_out: list[str]) -> dict[str, Any]:
    flags = " ".join(["--headless=new", *ARGUMENTS])
    command = [str(program), address, "--quiet", "--output=json", "--form-factor=mobile"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    command += [f"--skip-audits={audit}" for audit in left_out]
    environment = os.environ | {"CHROME_PATH": CHROMIUM or ""}
    for _ in range(TRIES):
        done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True)
        if done.returncode == 0:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
    sys.exit(f"Lighthouse cannot look at {address}: {done.stderr.decode()[-500:]}")


def _tell(name: str, reports: list[dict[str, Any]]) -> bool:
    """Print the middle figures of a page, and the audits that cost points; return if any did."""
    scores = [_middle(each["categories"][key]["score"] for each in reports) for key in CATEGORIES]

    def figure(audit: str) -> float:
        return _middle(each["audits"][audit]["numericValue"] for each in reports)

    seconds = [figure(f"{paint}-contentful-paint") / 1000 for paint in ("largest", "first")]
    shown = [f"{score * 100:.0f}" for score in scores] + [f"{value:.2f}" for value in seconds]
    shown += [f"{figure('total-blocking-time'):.0f}", f"{figure('cumulative-layout-shift'):.3f}"]
    print(LINE.format(name, *shown, f"{figure('total-byte-weight') / 1000:.0f}"), flush=True)
    failed = {
        reference["id"]
        for key in CATEGORIES
        for reference in reports[0]["categories"][key]["auditRefs"]
        if reference["weight"]
        and (reports[0]["audits"][reference["id"]]["score"] or 0) < 0.9
        and reports[0]["audits"][reference["id"]]["scoreDisplayMode"] in {"binary", "numeric"}
    }
    for audit in sorted(failed):
        print(f"    {audit}: {reports[0]['audits'][audit]['title']}")
    return min(scores) < 1


def _middle(values: Any) -> float:
    return float(statistics.median(values))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
