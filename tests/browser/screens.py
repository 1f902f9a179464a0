"""The browser and the screens; knows nothing of the shop."""

import shutil

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
PHONE, DESKTOP = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
# What is left of a desk's screen at 400 % (WCAG 1.4.10), and at 200 %.
SMALLEST, TWICE = {"width": 320, "height": 640}, {"width": 640, "height": 450}
