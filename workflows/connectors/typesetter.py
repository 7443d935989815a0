"""The process that sets one template: reads a folder, writes a PDF to standard output, or why there is none."""

import sys
from pathlib import Path

import typst


def main() -> None:
    """Arguments: the root folder (templates and data.json), the template's name, the folder of fonts."""
    root, template, fonts = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    try:
        pdf = typst.compile(
            str(root / template),
            root=str(root),
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"data": (root / "data.json").read_text(encoding="utf-8")},
            pdf_standards=["a-3a"],
            package_path=str(root),
            package_cache_path=str(root),
        )
    except typst.TypstError as error:
        sys.exit(error.message)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
