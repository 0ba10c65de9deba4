"""Takes a book and gives the cover of its EPUB: a drawing with the title, and the page that shows it."""

from __future__ import annotations

import textwrap
from html import escape

from tei_edition.book.parts import Book
from tei_edition.epub.pages import frame
from tei_edition.phrases import phrase


def cover_page(book: Book) -> str:
    """Return the page that shows the cover."""
    words = f"{phrase('Cover', book.spoken)}: {book.title}"
    image = f'<img src="cover.svg" alt="{escape(words)}" lang="{escape(book.spoken)}" role="doc-cover"/>'
    return frame(book.title, book.language, f'<body class="cover"><section epub:type="cover">{image}</section></body>')


def cover(book: Book) -> str:
    """Return the cover as a drawing: the title in lines that fit, between two rules."""
    lines = textwrap.wrap(book.title, 18)
    size = 110 if len(lines) < 5 else 84 if len(lines) < 8 else 64
    if size < 110:
        lines = textwrap.wrap(book.title, 1900 // size)
    rows, y = [], 560 - size * len(lines[:9]) // 2
    for line in lines[:9]:
        y += int(size * 1.2)
        rows.append((line, size, y))
    for line in textwrap.wrap(book.subtitle, 42)[:3]:
        y += 75
        rows.append((line, 48, y))
    people = ", ".join(dict.fromkeys(name for _, name in book.responsible))
    for number, line in enumerate(textwrap.wrap(people, 44)[:2]):
        rows.append((line, 44, 1480 + 60 * number))
    drawn = "".join(f'<text x="600" y="{at}" font-size="{size}">{escape(line)}</text>' for line, size, at in rows)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1800" viewBox="0 0 1200 1800" '
        f'role="img" aria-labelledby="t"><title id="t">{escape(book.title)}</title>'
        '<rect width="1200" height="1800" fill="#f5f1e7"/>'
        '<g stroke="#8a2a1c" fill="none"><path d="M90 90H1110V1710H90Z" stroke-width="6"/>'
        '<path d="M110 110H1090V1690H110Z" stroke-width="2"/></g>'
        f'<g fill="#1f1c18" font-family="serif" text-anchor="middle">{drawn}</g></svg>\n'
    )
