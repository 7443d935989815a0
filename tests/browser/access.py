"""What a page is looked at for: axe-core's findings, width, keys of the bundle, words of the other language."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from webapp.layout import catalogue
from webapp.layout.language import translations

AXE = Path(__file__).parents[2] / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = frozenset({"serious", "critical"})
DESK, PHONE = 1440, 390
KEY = re.compile(r"\b[a-z]{2,}_[a-z0-9_]{2,}\b")
"""A name of the bundle or the database, which no page shows to people but as an account's or a unit's (class mono)."""
TEXTS = """() => {
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    if (text && !walk.currentNode.parentElement.closest('script, .mono, code, textarea, svg')) said.push(text);
  }
  for (const each of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title'])
      if (each.getAttribute(name)) said.push(each.getAttribute(name));
  return said;
}"""


def findings(page: Page) -> list[str]:
    """The serious and critical findings of axe-core, each with its first places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [
        f"{each['id']}: {[node['html'][:150] for node in each['nodes'][:3]]}"
        for each in violations
        if each["impact"] in SERIOUS
    ]


def too_wide(page: Page) -> list[str]:
    """That the page itself scrolls sideways, and what sticks out."""
    wide: list[str] = page.evaluate(
        """() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          const beyond = e => e.getBoundingClientRect().right > root.clientWidth + 1;
          const out = [...document.querySelectorAll('body *')].filter(beyond);
          return out.slice(0, 4).map(e => 'sticks out: ' + e.outerHTML.slice(0, 120));
        }"""
    )
    return wide


def strange_words(page: Page, locale: str) -> list[str]:
    """Keys of the bundle, and texts of the catalogue in the other language."""
    said: list[str] = page.evaluate(TEXTS)
    keys = sorted({text for text in said if KEY.search(text)})
    return [
        *(f"key: {text[:120]}" for text in keys),
        *(f"language: {text}" for text in sorted(set(said) & other(locale))),
    ]


@cache
def other(locale: str) -> frozenset[str]:
    """The texts of the catalogue that must not stand on a page in `locale`."""
    texts = {text for text in catalogue.messages() if isinstance(text, str) and len(text) > 3}
    pairs = {text: translations("vi").gettext(text) for text in texts}
    foreign = {said for text, said in pairs.items() if text != said} if locale == "en" else set(pairs)
    return frozenset(foreign - (set(pairs) if locale == "en" else set(pairs.values())))
