"""The settings of one process, read once from VINHDANH_* in the environment and passed down; nobody else reads it."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEGABYTE = 1024 * 1024


def default_data_dir() -> Path:
    """Where a program of this user keeps its data; for root, where a service does, since PostgreSQL must reach it."""
    if os.geteuid() == 0:
        return Path("/var/lib/vinhdanh")
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "vinhdanh"


class Settings(BaseSettings):
    """Everything an installation can set; each is VINHDANH_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="VINHDANH_", frozen=True, extra="ignore", env_ignore_empty=True)

    data_dir: Path = Field(
        default_factory=default_data_dir, description="Folder of the database, attachments and secrets."
    )
    database_url: Annotated[
        str | None,
        Field(
            description="SQLAlchemy URL of a PostgreSQL server; without it one is run in the data folder.", repr=False
        ),
    ] = None
    host: Annotated[str, Field(description="Address the web server listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(description="Port the web server listens on.", ge=0, le=65535)] = 8080
    base_url: Annotated[
        str | None, Field(description="Address people use, for links in letters; without it http://host:port.")
    ] = None
    proxies: Annotated[
        int, Field(description="How many reverse proxies stand before the web server and set X-Forwarded-*.", ge=0)
    ] = 0
    web_threads: Annotated[int, Field(description="Requests served at once by one web process.", ge=1, le=64)] = 8
    secret_key: Annotated[
        str | None,
        Field(
            description="Key that signs cookies; without it one is made and kept in the data folder.",
            repr=False,
            min_length=32,
        ),
    ] = None
    smtp_url: Annotated[
        str | None,
        Field(
            description="Mail server, smtp[s]://user:password@host:port; without it notices stay in the inbox.",
            repr=False,
        ),
    ] = None
    mail_from: Annotated[str, Field(description="Sender of the notices.")] = "vinhdanh@localhost"
    demo: Annotated[
        bool, Field(description="Fill an empty database with the demonstration and offer its accounts.")
    ] = False
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Field(description="What is logged, at least.")
    ] = "info"
    max_upload_bytes: Annotated[int, Field(description="Largest upload, in bytes.", ge=MEGABYTE)] = 20 * MEGABYTE

    @property
    def public_url(self) -> str:
        """The address people use, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.base_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def https(self) -> bool:
        """Whether people come over HTTPS, so that cookies may insist on it."""
        return urlsplit(self.public_url).scheme == "https"

    def shown(self) -> dict[str, str]:
        """Name to value, for people; what `repr` hides is masked."""
        hidden = {name for name, field in type(self).model_fields.items() if not field.repr}
        values = self.model_dump()
        return {name: "***" if name in hidden and value else str(value) for name, value in values.items()}


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the one set, else the one kept in the data folder, made at the first call.

    Processes that start together end up with the same key.
    """
    if settings.secret_key:
        return settings.secret_key
    kept = settings.data_dir / "secret"
    if not kept.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = kept.with_name(f"secret.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii")
