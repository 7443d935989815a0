"""Papers and notices as values, before anybody keeps or sends them."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be kept; `content` are its bytes."""

    kind: str
    title: str
    filename: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told."""

    login: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper that is kept: to which instance it belongs, and what proves that its bytes are the same."""

    number: str
    kind: str
    title: str
    sha256: str

    def told(self) -> dict[str, object]:
        """Number, title and digest as a template shows them."""
        return {"number": self.number, "title": self.title, "sha256": self.sha256}
