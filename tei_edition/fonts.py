"""Takes the text of a page and gives the fonts it is set in: rules for the style, and the files they name."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

FAMILY = "Edition Serif"
"""Latin with all its diacritics, Cyrillic, Greek: Noto Serif, of the package fontpkg-noto-serif (OFL)."""

HAN = {"zh-cn": "Edition Han Simplified", "zh-tw": "Edition Han Traditional"}
"""Chinese: Noto Serif SC and TC, of the packages pylopdf-fonts-zh-cn and pylopdf-fonts-zh-tw (OFL)."""

_SERIF = ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf", "files/NotoSerif-Italic[wdth,wght].ttf")
_HAN_FILES = {
    "zh-cn": ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"),
    "zh-tw": ("pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf"),
}
_HAN_LETTER = re.compile(r"[\u2e80-\u303f\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_TRADITIONAL = re.compile(r"zh-(?:hant|tw|hk|mo)", re.IGNORECASE)


def faces(text: str) -> tuple[str, dict[str, Path]]:
    """Return the ``@font-face`` rules that a text needs, and the file of each name in them.

    Fonts come from packages of Python, so that a page looks the same everywhere; one that is not installed is left
    to the fonts of the machine. Those for Chinese are large, and taken only where there is Chinese.
    """
    rules: list[str] = []
    files: dict[str, Path] = {}

    def add(family: str, package: str, name: str, **how: str) -> None:
        path = _file(package, name)
        if path is None:
            return
        key = next((key for key, known in files.items() if known == path), f"font/{len(files)}{path.suffix}")
        files[key] = path
        also = "".join(f" font-{what}: {value};" for what, value in how.items())
        rules.append(f'@font-face {{ font-family: "{family}"; src: url("{key}");{also} }}')

    package, upright, italic = _SERIF
    for weight in ("400", "700"):
        add(FAMILY, package, upright, style="normal", weight=weight)
        add(FAMILY, package, italic, style="italic", weight=weight)
    if _HAN_LETTER.search(text):
        for kind in ("zh-tw", "zh-cn") if _TRADITIONAL.search(text) else ("zh-cn", "zh-tw"):
            add(HAN[kind], *_HAN_FILES[kind])
    return "\n".join(rules), files


def _file(package: str, name: str) -> Path | None:
    """Return a file of an installed package, without importing it."""
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations if found else None) or ():
        path = Path(folder, name)
        if path.is_file():
            return path
    return None
