"""Takes the elements of a page and says which part is the document and what in it is the site's own.

The rules, in this order: the document is in ``main`` or in what plays its role, and in the one ``article`` there that
holds most of its words; else in the body. Of that, navigation, forms and what pages hide are left out, and whatever is
named by one of the words of `CHROME`. Elements that hold no words of a document, such as scripts, never count.
"""

from __future__ import annotations

import re

from tei_edition.readers.html_tree import HEADINGS, Element

SILENT = frozenset(
    "script style template noscript iframe object embed audio video canvas svg math map head title noembed noframes "
    "datalist".split()
)
"""Elements whose characters are not words of a page."""
APPARATUS = frozenset("nav form button select input textarea dialog".split())
ROLES = frozenset("navigation banner contentinfo search complementary menu menubar toolbar dialog form alert".split())
CHROME = re.compile(
    r"(?:site|page|global|main|top|left|right)?[-_]?(?:nav(?:igation|bar|s)?|menu|header|footer|sidebar|masthead)|"
    r"breadcrumbs?|toc|skip(?:-?(?:link|to-?content|nav))?|(?:social|share|sharing|addthis)(?:[-_]\w+)*|"
    r"cookies?(?:[-_]\w+)*|advert(?:isement)?s?|ads?|banner|pager|pagination|toolbar|search-?(?:box|form|bar)|"
    r"related(?:[-_](?:posts|links|content|documents))?|comments?-?(?:area|form|list)?|widget|popup|modal|"
    r"visually-?hidden|sr-only|screen-?reader-?text|print-?(?:only|link)|noprint|no-print|citation-tools|metadata-tools"
)
"""Names of classes and ids of what belongs to a site."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def content(page: Element) -> Element:
    """Return the element that holds the document."""
    elements = list(page.elements())
    body = next((element for element in elements if element.tag == "body"), page)
    mains = [element for element in elements if element.tag == "main" or element.get("role") == "main"]
    outer = max(mains, key=_size, default=body)
    outer = outer if _size(outer) else body
    articles = [element for element in outer.elements() if element.tag == "article" or element.get("role") == "article"]
    best = max(articles, key=_size, default=outer)
    return best if 2 * _size(best) > _size(outer) else outer if _size(outer) else page


def is_chrome(element: Element) -> bool:
    """Say whether an element within the document is the site's own."""
    tag = element.tag
    if tag in SILENT or tag in APPARATUS or element.get("role").lower() in ROLES:
        return True
    if "hidden" in element.attributes or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style")):
        return True
    if tag in ("header", "footer", "aside", "div", "section", "ul", "ol", "p", "span", "a", "table", "td"):
        names = [*element.classes(), element.get("id").lower()]
        named = any(name and CHROME.fullmatch(name) for name in names)
        # What is called a header may hold the title of the document.
        titles = HEADINGS if tag == "header" else ("h1",)
        return named and not any(inner.tag in titles for inner in element.elements())
    return False


def _size(element: Element) -> int:
    """Count the characters of an element that are words of a page, its navigation apart."""
    total, waiting = 0, [element]
    while waiting:
        node = waiting.pop()
        for inner in node.inner:
            if not isinstance(inner, Element):
                total += len(inner.text) - inner.text.count(" ")
            elif not is_chrome(inner):
                waiting.append(inner)
    return total
