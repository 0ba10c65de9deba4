"""Takes a saved page of the Wilson Center Digital Archive; gives a transcript, or says why it is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tei_edition.readers import abstract_last, citation_first, labelled, listing
from tei_edition.readers.page import Page
from tei_edition.transcript import Transcript


class Layout(NamedTuple):
    """One way in which the archive's pages are laid out."""

    recognise: Callable[[Page], str]
    """Returns the layout's name, or nothing."""
    cut: Callable[[Page, str], Transcript]
    sentence: str


LAYOUTS = (
    Layout(labelled.recognise, labelled.cut, "L3: all metadata under labels, before the text"),
    Layout(citation_first.recognise, citation_first.cut, "L1, L1b: abstract and citation before the text"),
    Layout(listing.recognise, listing.cut, "L5: a list of documents, each with date, title and abstract"),
    Layout(abstract_last.recognise, abstract_last.cut, "L2, L4, L4b: date and title first, abstract after the text"),
)
"""The layouts in the order in which they are tried; a page is known by what it says, never by its file's name."""


def digital_archive(page: Page) -> Transcript | str:
    """Return the transcript of a page of the Digital Archive, or a sentence that says why it is none."""
    for layout in LAYOUTS:
        if name := layout.recognise(page):
            return layout.cut(page, name)
    return (
        "The file has neither “get citation”, nor the labels “Citation:” and “Contents:”, nor a list of dated "
        "records, nor a date and title above the archive's “Document Information”."
    )
