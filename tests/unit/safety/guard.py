"""What a payload must not do in this process: run Python, open what is not its own, reach the net, start a program."""

import sys
from pathlib import Path
from types import CodeType
from typing import Any, Self

FORBIDDEN = frozenset(
    "os.system os.exec os.posix_spawn os.spawn os.fork socket.connect socket.getaddrinfo "
    "socket.bind urllib.Request http.client.connect ftplib.connect smtplib.connect pickle.find_class ctypes.dlopen "
    "webbrowser.open".split()
)
TYPESETTER = "workflows.connectors.typesetter"


class Guard:
    """Listens to what Python audits; `heard` is what was forbidden since it was armed."""

    def __init__(self, *forbidden: Path) -> None:
        self._forbidden = {str(path) for path in forbidden}
        self._armed = False
        self.heard: list[str] = []
        sys.addaudithook(self._hear)

    def __enter__(self) -> Self:
        self.heard.clear()
        self._armed = True
        return self

    def __exit__(self, *_: object) -> None:
        self._armed = False

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._armed and (event in FORBIDDEN or self._is_forbidden(event, arguments)):
            self.heard.append(f"{event} {str(arguments)[:200]}")

    def _is_forbidden(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            return str(arguments[0]) in self._forbidden or str(arguments[0]).startswith(
                ("/etc/passwd", "/proc/self/env")
            )
        if event == "exec":
            return isinstance(arguments[0], CodeType) and arguments[0].co_filename.startswith("<string")
        return event == "subprocess.Popen" and TYPESETTER not in str(arguments[1])
