"""A department of its own for each test: database, worker process and web server, and people in Chromium."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from waitress.server import create_server

from tests.browser.department import FLAGS, Department
from webapp.app import create_app
from workflows.definitions import load_bundle, shipped
from workflows.domain.calendar import LOCAL
from workflows.settings import Settings
from workflows.store.session import Database
from workflows.stories import prepare


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for the whole run."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("Chromium is missing: apt-get install -y --no-install-recommends chromium fonts-liberation2")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)


@pytest.fixture
def department(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Department]:
    """A department with its people and procedure and no dossier, on Monday 18/10/2021 at 08:00."""
    db = Database(database_url)
    prepare(db, load_bundle(shipped()), datetime(2021, 10, 18, 8, 0, tzinfo=LOCAL))
    with db.write() as tx:  # the demo's door shows twelve people; here everybody stands at it
        tx.exec_driver_sql("""update account set door = '{"group": "work"}' where door is null""")
    settings = Settings(data_dir=tmp_path, database_url=database_url, log_level="warning")
    web = create_server(create_app(settings, db), host="127.0.0.1", port=0, threads=4)
    serving = threading.Thread(target=web.run, daemon=True)
    serving.start()
    worker = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "worker"],
        env={**os.environ, "VINHDANH_DATABASE_URL": database_url, "VINHDANH_LOG_LEVEL": "error"},
    )
    try:
        made = Department(f"http://127.0.0.1:{web.effective_port}", db, browser)
        yield made
        assert made.complaints == []
    finally:
        for context in browser.contexts:
            context.close()
        worker.terminate()
        worker.wait(20)
        web.close()
        db.close()
