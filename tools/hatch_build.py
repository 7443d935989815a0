"""Builds the pages and ships the diagrams whenever hatchling makes a wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Artefacts(BuildHookInterface[Any]):
    """Calls tools/frontend.py, and packs bpmn/ as workflows/definitions/shipped, where `definitions` looks second."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Hatchling's entry: `version` is "standard" for a wheel and "editable" for a checkout in use."""
        tools = Path(self.root) / "tools"
        sys.path.insert(0, str(tools))
        import frontend  # noqa: PLC0415  # importable only after the line above

        if frontend.SOURCES.joinpath("package-lock.json").is_file():
            frontend.build(say=self.app.display_info)
        if version == "standard":
            build_data["force_include"][str(Path(self.root) / "bpmn")] = "workflows/definitions/shipped"
