"""Makes the README's picture: loads the demonstration, signs in as its commendation officer, takes the inbox.

python tools/screenshot.py     (needs the tools for development and Chromium: ./run setup)
"""

import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from webapp.app import create_app
from workflows.definitions import load_bundle, shipped
from workflows.settings import Settings
from workflows.store import schema
from workflows.store.embedded import Embedded
from workflows.store.session import Database
from workflows.stories import load_demo

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "inbox.png"
WHO = "chuyen_vien"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def take(address: str) -> None:
    """Take the picture from the application at `address`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900}, locale="vi-VN")
        page.goto("/")
        page.click(f"button[value={WHO}]")
        page.goto("/inbox?queue=mine")
        page.wait_for_load_state("networkidle")
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    """Run everything that the picture needs, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="vinhdanh-picture-") as folder:
        Path(folder).chmod(0o711)
        with Embedded(Path(folder) / "data", fsync=False) as server:
            schema.upgrade(server.url)
            settings = Settings(data_dir=Path(folder) / "data", database_url=server.url)
            db = Database(server.url)
            load_demo(db, settings, load_bundle(shipped()), print)
            web = create_server(create_app(settings, db), host="127.0.0.1", port=0)
            threading.Thread(target=web.run, daemon=True).start()
            take(f"http://127.0.0.1:{web.effective_port}")
            web.close()


if __name__ == "__main__":
    main()
