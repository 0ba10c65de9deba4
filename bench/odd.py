"""Takes the TEI's own customizations, compiles them here, and prints where the verdicts differ from the TEI's schemas.

``python bench/odd.py TEI COPIES FOLDER…``: TEI is a folder with ``p5subset.xml`` and ``tei_*.odd`` beside ``tei_*.rng``
(and ``.isosch``), the folders hold TEI files, of which so many broken copies are judged as well, and as many that are
grown from either grammar. ``--jing``: by jing.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from copy import deepcopy
from pathlib import Path

from grown import grown
from lxml import etree
from relaxng import broken, judged

from tei_edition import schematron
from tei_edition.finding import Finding, as_text, unheard
from tei_edition.odd import compile_odd
from tei_edition.opened import Opened
from tei_edition.relaxng import Schema
from tei_edition.tei import parse


def documents(folders: list[Path], copies: int) -> dict[Path, etree._Element]:
    """Return the TEI files of folders and broken copies of them, by a name that says what was done."""
    found: dict[Path, etree._Element] = {}
    for file in sorted(file for folder in folders for file in folder.rglob("*.xml")):
        root = parse(file.read_bytes(), file, unheard)
        if root is not None:
            found[file] = root
    chance, sources = random.Random(22), list(found.items())
    for number in range(copies if sources else 0):
        file, root = chance.choice(sources)
        copy = deepcopy(root)
        if len(copy):
            found[Path(f"{number}-{broken(copy, chance)}-{file.name}")] = copy
    return found


def harvest(rng: bytes, many: int) -> dict[Path, etree._Element]:
    """Return documents that a grammar accepts, and as many broken copies, by a name that says what was done."""
    chance = random.Random(22)
    found: dict[Path, etree._Element] = {}
    for number, root in enumerate(grown(etree.fromstring(rng), many, chance)):
        found[Path(f"{number}-grown.xml")] = root
        copy = deepcopy(root)
        found[Path(f"{number}-grown-{broken(copy, chance)}.xml")] = copy
    return found


def grammars(odd: Path, rng: bytes, texts: dict[Path, etree._Element], *, by_jing: bool) -> Counter[str]:
    """Return how often the compiled grammar and the one beside the ODD agree, and print where they do not."""
    numbers: Counter[str] = Counter()
    if by_jing:
        verdicts = _by_jing(odd, rng, texts)
    else:
        own, theirs = Schema.read(rng, odd.with_suffix(".rng"), trusted=True), Schema.load(odd.with_suffix(".rng"))
        verdicts = {
            file: (own.validate(root, file=file), theirs.validate(root, file=file)) for file, root in texts.items()
        }
    for file, (here, there) in verdicts.items():
        numbers["documents"] += 1
        numbers["valid"] += not there
        numbers["verdicts differ"] += bool(here) != bool(there)
        numbers["places differ"] += [_place(one) for one in here] != [_place(one) for one in there]
        if bool(here) != bool(there):
            print(f"  {odd.stem} {file}: {[*map(_words, here[:2])]} here, {[*map(_words, there[:2])]} there")
    return numbers


def _by_jing(odd: Path, rng: bytes, texts: dict[Path, etree._Element]) -> dict[Path, tuple[list[int], list[int]]]:
    jing = [str(Path(sys.executable).with_name("pyjing"))]
    with tempfile.TemporaryDirectory() as place:
        schema = Path(place) / "own.rng"
        schema.write_bytes(rng)
        files = {Path(place) / f"{number}.xml": file for number, file in enumerate(texts)}
        for path, file in files.items():
            path.write_bytes(etree.tostring(texts[file], encoding="utf-8"))
        own, theirs = (judged(jing, one, list(files)) for one in (schema, odd.with_suffix(".rng")))
        return {file: (own.get(str(path), []), theirs.get(str(path), [])) for path, file in files.items()}


def _place(finding: Finding | int) -> object:
    return finding if isinstance(finding, int) else (finding.xpath, finding.rule)


def _words(finding: Finding | int) -> str:
    return f"line {finding}" if isinstance(finding, int) else as_text(finding).replace("\n", " ")


def rules(odd: Path, sch: bytes, texts: dict[Path, etree._Element]) -> Counter[str]:
    """Return how often the compiled rules and those of the ``.isosch`` beside the ODD find the same."""
    here, there = (asserted(etree.fromstring(data)) for data in (sch, odd.with_suffix(".isosch").read_bytes()))
    for context, kind, test in sorted((there - here) | (here - there)):
        print(
            f"  {odd.stem} only {'there' if (context, kind, test) in there else 'here'}: {context} {kind} {test[:90]}"
        )
    numbers = Counter({"assertions": len(there), "assertions differ": len(here ^ there)})
    own, theirs = schematron.rules(sch), schematron.rules(odd.with_suffix(".isosch").read_bytes())
    for file, root in texts.items():
        here, there = (Counter((one.xpath, one.message) for one in _tried(each, file, root)) for each in (own, theirs))
        numbers["documents"] += 1
        numbers["findings"] += there.total()
        numbers["findings differ"] += (here - there).total() + (there - here).total()
        if here != there:
            print(f"  {odd.stem} {file}: only here {[*(here - there)][:2]}, only there {[*(there - here)][:2]}")
    return numbers


def asserted(schema: etree._Element) -> set[tuple[str, str, str]]:
    """Return what a Schematron schema asserts: context, whether to assert or report, and the test."""
    return {
        (_plain(node.getparent().get("context")), etree.QName(node).localname, _plain(node.get("test")))  # type: ignore[union-attr]
        for node in schema.iter("{*}assert", "{*}report")
    }


def _plain(expression: str | None) -> str:
    return "".join((expression or "").split())


def _tried(each: schematron.Rules, file: Path, root: etree._Element) -> list[Finding]:
    opened = Opened(file, root)
    each.check(opened)
    return opened.close()


def main(tei: Path, copies: int, folders: list[Path], *, by_jing: bool) -> None:
    """Print one row for each customization that has a schema beside it."""
    texts = documents(folders, copies)
    found: list[Finding] = []
    for odd in sorted(tei.glob("*.odd")):
        compiled = compile_odd(odd, tei=tei / "p5subset.xml", report=found.append)
        if odd.with_suffix(".rng").exists():
            print(f"{odd.stem} grammar", dict(grammars(odd, compiled.rng, texts, by_jing=by_jing)), flush=True)
            for whose, rng in (("here", compiled.rng), ("there", odd.with_suffix(".rng").read_bytes())):
                own = harvest(rng, copies // 4)
                print(f"{odd.stem} grown {whose}", dict(grammars(odd, compiled.rng, own, by_jing=by_jing)), flush=True)
        if odd.with_suffix(".isosch").exists():
            print(f"{odd.stem} rules", dict(rules(odd, compiled.sch, texts)), flush=True)
    print(*map(as_text, found), sep="\n")


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if one != "--jing"]
    main(Path(arguments[0]), int(arguments[1]), [*map(Path, arguments[2:])], by_jing="--jing" in sys.argv)
