"""What was worked out once and holds as long as its key: bounded, safe between threads, the oldest dropped first."""

import functools
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from workflows.rules.vocabulary import FactType, Vocabulary

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """At most `size` entries; reading takes no lock, as a dictionary's own reading is safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """The entry, if it is still here."""
        return self._entries.get(key)

    def put(self, key: K, value: V) -> V:
        """Keep an entry, and give it back."""
        with self._lock:
            self._entries[key] = value
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return value


class Edition:
    """Stands for the content of a vocabulary: equal vocabularies have the same one."""


_seen: Kept[int, tuple[Vocabulary, int, Edition]] = Kept(64)


def edition(vocabulary: Vocabulary) -> Edition:
    """The edition of a vocabulary, known at once by identity, else by content; do not change a vocabulary in use."""
    seen = _seen.get(id(vocabulary))
    if seen is not None and seen[0] is vocabulary and seen[1] == len(vocabulary):
        return seen[2]
    return _seen.put(id(vocabulary), (vocabulary, len(vocabulary), _of_content(frozenset(vocabulary.items()))))[2]


@functools.lru_cache(256)
def _of_content(_content: frozenset[tuple[str, FactType]]) -> Edition:
    return Edition()
