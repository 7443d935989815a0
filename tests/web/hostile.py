"""The procedure with hostile words wherever an admin writes words for people; each place gets another one."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from tests.unit.safety.corpus import payloads
from workflows.definitions import Bundle, load_files

MARK = "«x»"
"""Stands before each payload, so that a page can be asked whether it shows one."""
WORDS = frozenset({"vi", "en", "legal", "title", "text", "note"})
NAME = re.compile(r'( name=")([^"]+)(")')
DOCUMENTATION = re.compile(r"(<bpmn:documentation>)([^<]+)(<)")
LEGAL = re.compile(r'(name="legalBasis" value=")([^"]+)(")')
LABEL = re.compile(r'( label="|<decision id="\w+" name=")([^"]+)(")')
DESCRIPTION = re.compile(r"(<description>)([^<]+)(<)")
TOML_WORD = re.compile(r'^(.*\b(?:vi|en|text|title) = ")((?:[^"\\]|\\.)*)(".*)$', re.MULTILINE)
TOML_EACH = re.compile(r'(\b(?:vi|en|text|title) = ")((?:[^"\\]|\\.)*)(")')


class Hostile:
    """Adds the payloads to words, in turn."""

    def __init__(self) -> None:
        self._payloads = itertools.cycle(payload.text for payload in payloads("labels"))

    def word(self, word: str) -> str:
        """A word with the next payload behind it; what is filled later takes no braces."""
        payload = next(self._payloads)
        return f"{word} {MARK}{payload}" if "{" not in word + payload else word

    def bundle(self, files: Mapping[str, bytes]) -> Bundle:
        """The same bundle with hostile words."""
        return load_files({path: self._file(path, content) for path, content in files.items()})

    def _file(self, path: str, content: bytes) -> bytes:
        if path.endswith(".ui.json"):
            return json.dumps(self._words(json.loads(content)), ensure_ascii=False).encode()
        text = content.decode() if path.endswith((".bpmn", ".dmn", ".toml")) else ""
        if path.endswith(".bpmn"):
            return self._diagram(text).encode()
        if path.endswith(".dmn"):
            return self._marked_up(self._marked_up(text, LABEL), DESCRIPTION).encode()
        if path == "bundle.toml" or path.startswith("movements/"):
            return TOML_EACH.sub(lambda found: found[1] + self._toml(found[2]) + found[3], text).encode()
        return content

    def _words(self, told: Any, key: str = "") -> Any:
        if isinstance(told, dict):
            return {name: self._words(each, name) for name, each in told.items()}
        if isinstance(told, list):
            return [self._words(each) for each in told]
        return self.word(told) if isinstance(told, str) and key in WORDS else told

    def _diagram(self, text: str) -> str:
        named = "\n".join(self._line(line) for line in text.split("\n"))
        return self._marked_up(self._marked_up(named, DOCUMENTATION), LEGAL)

    def _line(self, line: str) -> str:
        of_people = re.match(
            r"\s*<bpmn:(\w*Task|\w*Event|\w*Gateway|callActivity|sequenceFlow|process|participant) ", line
        )
        return self._marked_up(line, NAME) if of_people else line

    def _marked_up(self, text: str, pattern: re.Pattern[str]) -> str:
        return pattern.sub(lambda found: found[1] + self._escaped(found[2]) + found[3], text)

    def _escaped(self, word: str) -> str:
        return word + escape(self.word(""), {'"': "&quot;"})

    def _toml(self, word: str) -> str:
        return word + json.dumps(self.word("{" if "{" in word else ""), ensure_ascii=False)[1:-1].removeprefix("{")


def strange(tree: Any) -> Iterator[str]:
    """What of a page came out of a payload instead of standing there as text."""
    yield from tree.xpath("//*[@*[starts-with(name(), 'on')]]/@*")
    yield from tree.xpath("//@href[starts-with(translate(., 'JAVSCRIPT ', 'javscript'), 'javascript:')]")
    yield from (
        each.tag for each in tree.xpath("//iframe | //style | //script[not(@src)] | //svg[@onload] | //img[@src='x']")
    )
    addresses = "//@action | //@formaction | //@href | //@src | //@*[starts-with(name(), 'hx-')]"
    yield from (each for each in tree.xpath(addresses) if "example.org" in each)
    yield from tree.xpath("//link[@href='//x']/@href | //@srcdoc | //@autofocus")
