"""Keeps the processes of one installation alive: starts them, starts again what dies, and stops all together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PAUSE = 0.2
GRACE = 10.0
SHORTEST_LIFE = 2.0


@dataclass
class Child:
    """One kept process: a `vinhdanh` command."""

    name: str
    arguments: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    quick_ends: int = field(default=0)


class Supervisor:
    """Runs children until it is told to stop. `watch` is called between looks; it may restart what they need."""

    def __init__(self, children: Sequence[Child], environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._children = children
        self._environment = {**os.environ, **environment}
        self._say = say
        self._stopping = False

    def run(self, watch: Callable[[], None]) -> None:
        """Start every child and keep them all until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            for child in self._children:
                self._start(child)
            while not self._stopping:
                watch()
                for child in self._children:
                    self._look(child)
                time.sleep(PAUSE)
        finally:
            self._end()

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping = True

    def _start(self, child: Child) -> None:
        command = [sys.executable, "-m", "webapp.cli", *child.arguments]
        child.process = subprocess.Popen(command, env=self._environment, preexec_fn=_ends_with(os.getpid()))  # noqa: PLW1509
        child.started = time.monotonic()

    def _look(self, child: Child) -> None:
        if child.process is None or child.process.poll() is None or self._stopping:
            return
        self._say(f"{child.name} ended with {child.process.returncode}; starting it again")
        child.quick_ends = child.quick_ends + 1 if time.monotonic() - child.started < SHORTEST_LIFE else 0
        time.sleep(min(5.0, 0.2 * 2**child.quick_ends) if child.quick_ends else 0)
        self._start(child)

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ends_with(parent: int) -> Callable[[], None]:
    """A child ends when its supervisor dies, however it dies and even if it is dead before the child asks (Linux)."""
    libc = ctypes.CDLL(None)

    def ask() -> None:
        if hasattr(libc, "prctl"):
            libc.prctl(1, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask
