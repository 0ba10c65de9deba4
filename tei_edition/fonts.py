"""Takes the text of a page and gives the fonts it is set in: rules for the style, and the files they name."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import NamedTuple

FAMILY = "Edition Serif"
"""Latin with all its diacritics, Cyrillic, Greek: Noto Serif, of the package fontpkg-noto-serif (OFL)."""


class Script(NamedTuple):
    """A script that has a font of its own, taken only where it is written: fonts of that kind are large."""

    family: str
    letters: re.Pattern[str]
    """What shows that a page has it: its letters or, where it shares these with others, its language."""
    package: str
    file: str
    is_variable: bool = True
    """Whether the file has the bold letters too."""


_HAN = re.compile(r"[\u2e80-\u303f\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_KANA = re.compile(r'[\u3040-\u30ff\u31f0-\u31ff\uff65-\uff9f]|\blang="ja\b')
_HANGUL = re.compile(r'[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]|\blang="ko\b')
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_HEBREW = re.compile(r"[\u0590-\u05ff\ufb1d-\ufb4f]")

SCRIPTS = (
    Script("Edition Han Simplified", _HAN, "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", False),
    Script("Edition Han Traditional", _HAN, "pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf", False),
    Script("Edition Japanese", _KANA, "pylopdf_fonts_jp", "NotoSerifJP-Regular.otf", False),
    Script("Edition Korean", _HANGUL, "pylopdf_fonts_ko", "NotoSerifKR-Regular.otf", False),
    Script("Edition Naskh", _ARABIC, "pylopdf_fonts_ar", "NotoNaskhArabic-Variable.ttf"),
    Script("Edition Hebrew", _HEBREW, "pylopdf_fonts_he", "NotoSerifHebrew-Variable.ttf"),
)
"""Noto Serif and Naskh, of packages under the OFL; print.css says in which order the families are tried."""

_SERIF = ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf", "files/NotoSerif-Italic[wdth,wght].ttf")
_WEIGHTS = ("400", "700")


def faces(text: str) -> tuple[str, dict[str, Path]]:
    """Return the ``@font-face`` rules that a text needs, and the file of each name in them.

    Fonts come from packages of Python, so that a page looks the same everywhere; one that is not installed is left
    to the fonts of the machine.
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
    for weight in _WEIGHTS:
        add(FAMILY, package, upright, style="normal", weight=weight)
        add(FAMILY, package, italic, style="italic", weight=weight)
    for script in SCRIPTS:
        if script.letters.search(text):
            for weight in _WEIGHTS if script.is_variable else ("normal",):
                add(script.family, script.package, script.file, weight=weight)
    return "\n".join(rules), files


def _file(package: str, name: str) -> Path | None:
    """Return a file of an installed package, without importing it."""
    found = importlib.util.find_spec(package)
    for folder in (found.submodule_search_locations if found else None) or ():
        path = Path(folder, name)
        if path.is_file():
            return path
    return None
