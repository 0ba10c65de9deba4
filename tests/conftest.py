"""What all tests share: the option ``--update``, the material outside the repository, a list for findings."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tei_edition.finding import Finding

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"

settings.register_profile("steady", derandomize=True)
settings.register_profile("fuzz", derandomize=False)
# A run that others wait for looks at the same examples each time; FUZZ=1 looks for new ones.
settings.load_profile("fuzz" if os.environ.get("FUZZ") else "steady")


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests a cache folder of their own, apart from what the user keeps; let Ctrl-C work."""
    # Started in the background, a shell lets its children ignore Ctrl-C, which some tests send.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = tempfile.mkdtemp(prefix="tei-edition-cache-")
    os.environ["XDG_CACHE_HOME"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update``: write expected texts anew in place of comparing them."""
    parser.addoption("--update", action="store_true", help="write what is expected anew, from what comes out")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Say whether expected texts are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of material to measure against, or skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the material to measure against (../shared/data) is not here")
    return SHARED


@pytest.fixture
def findings() -> list[Finding]:
    """Return an empty list; hand its ``append`` to a stage as ``report``."""
    return []


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
