"""The wheel: what it holds, and that it works in an empty environment from another folder."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

BIN = "Scripts" if sys.platform == "win32" else "bin"


def run(*call: str | Path, cwd: Path) -> str:
    """Run a command in a folder and return what it prints; a failure shows what it said."""
    answer = subprocess.run([str(word) for word in call], cwd=cwd, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, f"{call}: {answer.stdout}{answer.stderr}"
    return answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without network or isolation."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an empty environment that borrows the libraries of this one; give its command."""
    pytest.importorskip("pip", reason="pip is not installed")
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    python = folder / BIN / Path(sys.executable).name
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index")
    run(*pip, wheel, cwd=folder)
    target = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    # A folder that a .pth file names has its own .pth files ignored, so the checkout does not come in by this door.
    borrowed = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (Path(target) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    where = run(python, "-c", "import tei_edition; print(tei_edition.__file__)", cwd=folder)
    assert Path(where.strip()).is_relative_to(target)
    return folder / BIN / "tei-edition"


def test_the_wheel_holds_what_the_package_needs(wheel: Path) -> None:
    """Every module, stylesheet and schema is in the wheel, and what explains the rules; nothing of the edition."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tei_edition").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    beside = {
        f"tei_edition/{path.relative_to(ROOT).as_posix()}"
        for room in ("xslt", "schema")
        for path in (ROOT / room).rglob("*")
        if path.is_file()
    } | {"tei_edition/docs/findings.md"}
    assert package | beside <= names
    assert {"tei_edition/xslt/base.xsl", "tei_edition/schema/tei_edition.rng"} <= names
    others = {name for name in names - package - beside if ".dist-info/" not in name}
    assert not others


def test_the_command_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    """A new edition goes through every stage with what the wheel holds."""
    assert run(installed, "--version", cwd=tmp_path).startswith("tei-edition ")
    run(installed, "new", "letters", cwd=tmp_path)
    letters = tmp_path / "letters"
    run(installed, "encode", cwd=letters)
    (tei,) = (letters / "xml").glob("*.xml")
    run(installed, "validate", cwd=letters)
    run(installed, "render", "--view", "diplomatic", cwd=letters)
    assert (letters / "build" / "diplomatic" / f"{tei.stem}.html").stat().st_size > 1000
    run(installed, "render", tei, "--view", "transcript", "--to", tmp_path, cwd=tmp_path)
    assert (tmp_path / f"{tei.stem}.txt").exists()
