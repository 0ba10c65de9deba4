"""Takes a PDF in the making and lets its tags say in which language each part is, and what is a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_Build = Callable[..., Iterator[Any]]


def tag_languages(tags: Any, boxes: Any) -> None:
    """Have the module that writes tags say more than it does: ``/Lang`` where HTML has ``lang``, ``/Note`` for notes.

    ``tags`` and ``boxes`` are ``weasyprint.pdf.tags`` and ``weasyprint.formatting_structure.boxes``; what one function
    there gives for a box is completed here. Done once in a process.
    """
    build: _Build = tags._build_box_tree
    if getattr(build, "says_languages", False):
        return
    pydyf = tags.pydyf

    def completed(box: Any, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        node = box.element
        is_whole = node is None or box.element_tag in ("html", "body") or isinstance(box, boxes.PageBox)
        for made in build(box, *rest):
            if not is_whole and box.element_tag == node.tag:
                if (language := node.get("lang")) and "Lang" not in made:
                    made["Lang"] = pydyf.String(language)
                if made["S"] == "/Span" and "footnote" in node.get("class", "").split() and node.get("id"):
                    made["S"], made["ID"] = "/Note", pydyf.String(node.get("id"))
            yield made

    completed.says_languages = True  # type: ignore[attr-defined]
    tags._build_box_tree = completed


def finished(document: Any, pdf: Any) -> None:
    """Have a PDF open with its bookmarks, and name each file that it holds once; for ``write_pdf(finisher=…)``."""
    if "Outlines" in pdf.catalog:
        pdf.catalog["PageMode"] = "/UseOutlines"
    if files := pdf.catalog.get("AF"):
        files[:] = list(dict.fromkeys(files))
