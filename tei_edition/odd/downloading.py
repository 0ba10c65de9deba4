"""Takes the address of a file and gives its bytes; a download that breaks off is taken up where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.request import Request

from tei_edition.files import LIMIT

SECONDS = 30.0
TIMES = 4
"""How often a file is asked for that breaks off."""

_PIECE = 1 << 16

Open = Callable[..., Any]
"""What opens a request, as ``urllib.request.urlopen`` does."""


def download(place: str, opened: Open) -> bytes:
    """Return the bytes at an address; raise OSError with a sentence.

    Where the server can, what broke off goes on from there, as long as the file is still the same one.
    """
    had, whole, mark = bytearray(), None, ""
    for _ in range(TIMES):
        headers = {"User-Agent": "tei-edition"}
        if had and mark:
            headers |= {"Range": f"bytes={len(had)}-", "If-Range": mark}
        try:
            with opened(Request(place, headers=headers), timeout=SECONDS) as stream:
                said = getattr(stream, "headers", None) or {}
                if not (had and getattr(stream, "status", 200) == 206):
                    had.clear()
                length, mark = said.get("Content-Length", ""), _strong(said.get("ETag", ""))
                whole = len(had) + int(length) if length.isdecimal() else None
                while piece := stream.read(_PIECE):
                    had += piece
                    if len(had) > LIMIT:
                        raise _TooLarge(f"“{place}” is larger than {LIMIT // 2**20} MiB; nothing was kept.")
        except _TooLarge:
            raise
        except (OSError, HTTPException) as error:
            if not had or getattr(error, "code", None):
                reason = getattr(error, "reason", None) or error
                raise OSError(f"“{place}” cannot be fetched: {reason}.") from None
            continue
        if whole is None or len(had) >= whole:
            return bytes(had)
    of = f" of {whole:,}" if whole else ""
    raise OSError(f"“{place}” broke off after {len(had):,}{of} bytes, {TIMES} times; nothing was kept.")


class _TooLarge(OSError):
    """Something that nobody wants to have in memory."""


def _strong(mark: str) -> str:
    """Return a mark by which a server knows one version of a file byte for byte, or nothing."""
    return mark if mark.startswith('"') else ""
