"""Reads Typst's markup and writes a PDF. Run by `pdf.make_pdf`.

    python -m tutor.typesetting.child FOLDER WITH PICTURES [FOLDER WITH FONTS]

A formula that crashes the typesetter, or a page that never ends, ends this process only.
"""

import re
import resource
import sys
from pathlib import Path

import typst

from tutor.typesetting.formulas import quoted

NO_CHINESE = 3  # exit status: the text has Chinese characters, and no font here has them
MAX_CPU_S = 20
MAX_MEMORY = 4 * 1024**3
HAN = re.compile("[\u3400-\u9fff]")
_CHINESE_FONT = re.compile(
    r"CJK SC|\bSC\b|Source Han|思源|WenKai|WenQuanYi|Fandol|SimSun|SimHei|Songti|PingFang|YaHei"
    r"|AR PL|Droid Sans Fallback",
    re.IGNORECASE,
)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    source = sys.stdin.buffer.read().decode("utf-8")
    fonts = typst.Fonts(font_paths=sys.argv[2:])
    chinese = sorted(name for name in fonts.families() if _CHINESE_FONT.search(name))
    if HAN.search(source) and not chinese:
        return NO_CHINESE
    families = ", ".join(map(quoted, ["Libertinus Serif", *_serif_first(chinese)[:1]]))
    formulas = ", ".join(map(quoted, ["New Computer Modern Math", *_serif_first(chinese)[:1]]))
    head = f"#set text(font: ({families},))\n#show math.equation: set text(font: ({formulas},))\n"
    folder = Path(sys.argv[1])
    main = folder / "main.typ"
    main.write_text(head + source, "utf-8")
    sys.stdout.buffer.write(typst.compile(main, root=folder, font_paths=fonts, format="pdf"))
    return 0


def _serif_first(families: list[str]) -> list[str]:
    return sorted(families, key=lambda name: ("Serif" not in name, "Mono" in name, name))


if __name__ == "__main__":
    sys.exit(main())
