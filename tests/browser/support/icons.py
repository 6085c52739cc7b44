"""Draws the icons of the app anew, from the pictures in static/img.

python -m tests.browser.support.icons
"""

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ROOT
from tests.browser.support.chromium import launch_options

FOLDER = ROOT / "static" / "img"
DRAWN = {  # picture and size in pixels; Apple's has no transparent corners
    "icon-180.png": ("icon-maskable.svg", 180),
    "icon-192.png": ("favicon.svg", 192),
    "icon-512.png": ("favicon.svg", 512),
    "icon-maskable-512.png": ("icon-maskable.svg", 512),
}


def main() -> None:
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(**launch_options()).new_page()
        for name, (picture, size) in DRAWN.items():
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(
                f"<style>body {{ margin: 0 }} svg {{ display: block; width: {size}px }}</style>"
                + (FOLDER / picture).read_text("utf-8")
            )
            page.screenshot(path=FOLDER / name, omit_background=True)


if __name__ == "__main__":
    main()
