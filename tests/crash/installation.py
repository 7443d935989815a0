"""One installation as an office runs it, `vinhdanh run` with web, worker and database, whose processes are killed."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeVar

from sqlalchemy import text

from workflows.store.embedded import attach, database_url, processes_on, read_pid_file, socket_folder
from workflows.store.session import Database, DatabaseUnavailable, enqueue

Target = Literal["client", "run", "web", "worker", "postmaster", "backend"]
Found = TypeVar("Found")

PATIENCE = 120.0
LOOK = 0.02
LAST_WORKER = "select coalesce(max(id), 0) from procrastinate_workers"
DELAYED = "select count(*) from procrastinate_jobs where status = 'todo' and scheduled_at > now()"
LONG_SILENT = """update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 hour'
where id < (select max(id) from procrastinate_workers)"""
DUE_NOW = "update procrastinate_jobs set scheduled_at = now() where status = 'todo' and scheduled_at > now()"


class Installation:
    """`vinhdanh run` on a folder of its own; every wait looks at a condition and gives up after two minutes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = database_url(socket_folder(folder))
        self.db = Database(self.url, pool_size=1)
        self._port = free_port()
        self._run: subprocess.Popen[bytes] | None = None
        self._worker = 0

    @property
    def page(self) -> str:
        """The address of the pages."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def said(self) -> str:
        """What the processes wrote."""
        return (self.folder / "said.log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start everything; it takes its time until it works."""
        environment = {**os.environ, "VINHDANH_DATA_DIR": str(self.folder), "VINHDANH_PORT": str(self._port)}
        with (self.folder / "said.log").open("ab") as log:
            self._run = subprocess.Popen(
                [sys.executable, "-m", "webapp.cli", "run", "--no-demo"], env=environment, stdout=log, stderr=log
            )

    def stop(self) -> None:
        """Stop everything in good order."""
        self.db.close()
        if self._run and self._run.poll() is None:
            self._run.terminate()
            self._run.wait(PATIENCE)

    def kill(self, target: Target, chance: random.Random) -> None:
        """Kill -9 one process; a killed `run` is started again, as systemd does, the rest is its own business."""
        os.kill(until(lambda: self._pid(target, chance)), signal.SIGKILL)
        if target == "run" and self._run is not None:
            self._run.wait(PATIENCE)
            self.start()

    def is_whole(self) -> bool:
        """Whether the database answers, the pages are served and a worker has come."""
        self._still_runs()
        with socket.socket() as attempt:
            listens = attempt.connect_ex(("127.0.0.1", self._port)) == 0
        return listens and bool(self.ask(LAST_WORKER))

    def tend(self) -> None:
        """Let the time pass after which a silent worker counts as dead and a failed job is tried again."""
        self._still_runs()
        last = self.ask(LAST_WORKER) or 0
        if last > self._worker or self.ask(DELAYED):
            with suppress(DatabaseUnavailable), self.db.write() as tx:
                tx.execute(text(LONG_SILENT))
                tx.execute(text(DUE_NOW))
                enqueue(tx, "reap", timestamp=0)
                self._worker = last

    def ask(self, question: str) -> int | None:
        """One number out of the database; nothing while it is away."""
        try:
            with self.db.read() as tx:
                return tx.execute(text(question)).scalar()
        except DatabaseUnavailable:
            return None

    def _still_runs(self) -> None:
        assert self._run is not None
        assert self._run.poll() is None, f"vinhdanh run ended with {self._run.returncode}"

    def _pid(self, target: Target, chance: random.Random) -> int | None:
        assert self._run is not None
        if target == "run":
            return self._run.pid
        if target in {"web", "worker"}:
            return child(self._run.pid, target)
        if not (child(self._run.pid, "web") and attach(self.folder)):
            return None  # while it is still preparing the database, `run` ends with it
        postmaster = int(read_pid_file(self.folder / "pgdata")[0])
        if target == "postmaster":
            return postmaster
        backends = sorted(pid for pid in processes_on(self.folder / "pgdata") if "[local]" in command(pid))
        return chance.choice(backends) if backends else None


def until(look: Callable[[], Found | None]) -> Found:
    """What `look` finds, as soon as it finds something that is true."""
    ends = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < ends, "it did not happen within two minutes"
        time.sleep(LOOK)
    return found


def child(parent: int, name: str) -> int | None:
    """The process of the command `name` that `parent` started."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            status = (process / "status").read_text(encoding="utf-8")
            if f"PPid:\t{parent}\n" in status and command(int(process.name)).split()[-1:] == [name]:
                return int(process.name)
    return None


def command(pid: int) -> str:
    """The command line of a process; nothing once it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ").strip()
    return ""


def left_over(folder: Path) -> list[str]:
    """The command lines of the processes that still work for the installation in `folder`."""
    mark = f"VINHDANH_DATA_DIR={folder}".encode()
    found = [command(pid) for pid in processes_on(folder / "pgdata")]
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append(command(int(process.name)))
    return [each for each in found if each]


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])
