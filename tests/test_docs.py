"""What the documentation promises: commands, rules and settings are described, and README shows real output."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shlex
from pathlib import Path

import click
import pytest
from conftest import ROOT
from lxml import html
from test_cli import verbs

from tei_edition import encode, read, render, tei
from tei_edition.cli import commands, main
from tei_edition.edition import Edition
from tei_edition.finding import Finding

COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
FINDINGS = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROSE = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "bench").glob("*.md"))]


@pytest.mark.parametrize("words", verbs())
def test_every_command_and_option_is_described(words: str) -> None:
    """docs/commands.md has a chapter for each command that names all its options, and no other."""
    command = verbs()[words]
    chapter = re.search(rf"^## {words}$(.*?)(?=^## |\Z)", COMMANDS, re.M | re.S)
    assert chapter, f"docs/commands.md has no chapter “{words}”"
    choices = [item for item in command.params if isinstance(item, click.Option)]
    options = {name for item in choices for name in item.opts if name.startswith("--")}
    told = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", chapter[1]))
    everywhere = {"--format", "--json", "--output", "--excerpt", "--quiet", "--verbose", "--help"}
    assert options - everywhere <= told <= options
    assert everywhere <= set(re.findall(r"--[a-z]+", COMMANDS.partition("\n## encode\n")[0]))


def test_every_chapter_is_a_command() -> None:
    """docs/commands.md describes no command that there is not."""
    chapters = set(re.findall(r"^## (.+)$", COMMANDS, re.M)) - {"What they print"}
    assert chapters == set(verbs())


def examples() -> list[str]:
    """Return every line of the documentation that calls the program."""
    lines = (line.strip() for path in PROSE for line in path.read_text(encoding="utf-8").splitlines())
    typed = (line for line in lines if line.startswith("tei-edition "))
    calls = {line.partition("  #")[0].partition(" > ")[0].strip() for line in typed}
    return sorted(call for call in calls if "[" not in call and "FOLDER" not in call)


@pytest.mark.parametrize("call", examples())
def test_every_example_is_a_call(call: str) -> None:
    """The examples name commands and options that there are."""
    words = shlex.split(call)[1:]
    group: click.Command = commands
    context = click.Context(commands)
    while isinstance(group, click.Group):
        name, command, words = group.resolve_command(context, words)
        assert command, name
        group = command
    group.make_context("tei-edition", words)


def words_of(node: ast.expr) -> set[str]:
    """Return the strings that an expression may be: a constant, either side of a condition, the first of a tuple."""
    if isinstance(node, ast.Tuple) and node.elts:
        return words_of(node.elts[0])
    if isinstance(node, ast.IfExp):
        return words_of(node.body) | words_of(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def assigned(target: ast.expr, value: ast.expr) -> set[str]:
    """Return the strings that an assignment gives to something called ``rule``."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
        return {word for name, item in pairs for word in assigned(name, item)}
    named = getattr(target, "id", None) or getattr(target, "attr", "")
    return words_of(value) if named == "rule" else set()


def complains(node: ast.FunctionDef) -> bool:
    """Say whether a function returns complaints: a rule, what it says, and a hint."""
    return node.returns is not None and "Complaint" in ast.unparse(node.returns)


def rules() -> set[str]:
    """Return the ids of all rules: those that the code reports, and those of the Schematron.

    A rule is what is handed to a parameter named ``rule`` of any function, assigned to a variable of this name, or
    returned by a function of this name, alone or as the first part of a complaint.
    """
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tei_edition").rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    places: dict[str, set[int]] = {}
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            names = [item.arg for item in node.args.args if item.arg != "self"]
            if "rule" in names:
                places.setdefault(node.name, set()).add(names.index("rule"))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            found |= {word for item in node.keywords if item.arg == "rule" for word in words_of(item.value)}
            for place in places.get(called, ()):
                found |= words_of(node.args[place]) if len(node.args) > place else set()
        elif isinstance(node, ast.FunctionDef) and (node.name.strip("_") == "rule" or complains(node)):
            answers = (item.value for item in ast.walk(node) if isinstance(item, ast.Return) and item.value)
            found |= {word for answer in answers for word in words_of(answer)}
        elif isinstance(node, ast.Assign):
            found |= assigned(node.targets[0], node.value)
    schematron = ROOT / "schema" / "tei_edition.sch"
    if schematron.exists():
        tests = re.findall(r"<(?:\w+:)?(?:assert|report)\b[^>]*", schematron.read_text(encoding="utf-8"))
        found |= {key for test in tests for key in re.findall(r"\bid=\"([^\"]+)\"", test)}
    return {word for word in found if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)}


def test_every_rule_is_described() -> None:
    """docs/findings.md has a row for each rule, and for nothing else."""
    described, there = re.findall(r"^\| `([a-z0-9-]+)` \|", FINDINGS, re.M), rules()
    assert sorted(described) == sorted(set(described))
    assert there - set(described) == set()
    assert set(described) - there == set()


def test_every_setting_is_described() -> None:
    """The guide describes every setting of edition.toml, of a document, of a bracket profile, and every decision."""
    from tei_edition import edition, suppressions
    from tei_edition.encoding.decisions import KINDS
    from tei_edition.encoding.profiles import PROFILES, Profile

    settings = {*edition._WORDS, *edition._OTHER} - {"responsible", "document", "profile", "accept", "styles"}
    settings |= {*edition.Document.__dataclass_fields__, *edition.Responsible.__dataclass_fields__}
    settings -= {"translation_of", "original", "translations"}  # written as translation-of, found by the toolkit
    settings |= set(suppressions.Acceptance.__dataclass_fields__) - {"at"}
    settings |= {*Profile.__dataclass_fields__, *KINDS, *PROFILES}
    assert {name for name in settings if f"`{name}`" not in GUIDE} == set()
    table = GUIDE.partition("\n| as | for |\n")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z-]+)`", table, re.M)) == set(KINDS)
    for header in (
        "[[accept]]",
        "[[responsible]]",
        "[[document]]",
        "`translation-of`",
        "[styles]",
        "[profile.",
        "[[decision]]",
        "[speakers]",
        "[delegations]",
    ):
        assert header in GUIDE


def test_every_field_of_a_front_matter_is_described() -> None:
    """The guide names every field that a front matter may have."""
    from tei_edition.transcript import FIELDS

    page_only = {"related-abstract"}
    assert {name for name in FIELDS if f"`{name}`" not in GUIDE} == page_only


def modules() -> list[str]:
    """Return the names of all modules of the package, but for the one that runs the command line."""
    paths = (path.relative_to(ROOT).with_suffix("") for path in sorted((ROOT / "tei_edition").rglob("*.py")))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths if path.name != "__main__"]


@pytest.mark.parametrize("name", modules())
def test_docstrings_show_what_comes_out(name: str) -> None:
    """Every module says in its first sentence what it does, and the examples in its docstrings are true."""
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


def blocks(word: str) -> list[str]:
    """Return the fenced blocks of README of one kind."""
    return re.findall(rf"^```{word}\n(.*?)^```$", README, re.M | re.S)


def test_readme_shows_what_comes_out(update: bool) -> None:
    """The line in README is one of the sample edition; its TEI and its two views are what the toolkit makes of it."""
    (line, *views), (markup,) = blocks("text"), blocks("xml")
    edition, found = Edition.load(ROOT), list[Finding]()
    document = next(item for item in edition.documents if line in item.source.read_text(encoding="utf-8"))
    transcript = read(document.source, report=found.append, reader=document.reader)
    tree = encode(transcript, report=found.append, edition=edition, document=document)
    start = f"{line.split()[0]} "
    made = next(row.strip() + "\n" for row in tei.to_bytes(tree).decode().splitlines() if f"<p>{start}" in row)
    shown = [seen(render(tree, view, report=found.append), start) for view in ("reading", "diplomatic")]
    assert line in render(tree, "transcript", report=found.append)
    if update:
        text = README.replace(f"```xml\n{markup}```", f"```xml\n{made}```")
        for title, old, new in zip(("reading", "diplomatic"), views, shown, strict=True):
            head, middle, tail = text.partition(f"the {title} view:\n")
            text = head + middle + tail.replace(f"```text\n{old}```", f"```text\n{new}```", 1)
        (ROOT / "README.md").write_text(text, encoding="utf-8")
    else:
        assert [markup, *views] == [made, *shown]


def seen(page: str, start: str) -> str:
    """Return the paragraph of a page that begins so, as a reader sees it."""
    root = html.document_fromstring(page)
    return next(text + "\n" for node in root.iter("p") if (text := node.text_content()).startswith(start))


def test_every_finding_of_the_sample_is_described() -> None:
    """No rule that the sample edition brings up is missing from docs/findings.md."""
    found = list[Finding]()
    edition = Edition.load(ROOT)
    for document in edition.documents:
        transcript = read(document.source, report=found.append, reader=document.reader)
        encode(transcript, report=found.append, edition=edition, document=document)
    assert {finding.rule for finding in found} <= set(re.findall(r"^\| `([a-z0-9-]+)` \|", FINDINGS, re.M))


def encoded_rows() -> list[tuple[str, str, str | None]]:
    """Return the first code of either cell of the tables on brackets in docs/encodings.md, where both have markup.

    With them comes the profile: the table on the Leiden conventions has its own.
    """
    text = (ROOT / "docs" / "encodings.md").read_text(encoding="utf-8")
    chapter = text.partition("\n## Square brackets\n")[2].partition("\n## ")[0]
    return [
        (*row, "leiden" if section.startswith("The Leiden") else None)
        for section in chapter.split("\n### ")
        for row in re.findall(r"^\| `([^`]+)`[^|]*\| `(<[^`]+)`", section, re.M)
    ]


@pytest.mark.parametrize(("words", "markup", "profile"), encoded_rows())
def test_brackets_become_what_the_tables_say(words: str, markup: str, profile: str | None, tmp_path: Path) -> None:
    """docs/encodings.md shows what the toolkit does; … stands for anything."""
    file = tmp_path / "words.txt"
    file.write_text(f"They met.\n\n{words}\n\nThey left.\n", encoding="utf-8")
    tree = encode(read(file, report=print), report=print, edition=Edition.load(ROOT), profile=profile)
    made = re.sub(r' resp="[^"]*"', "", tei.to_bytes(tree).decode().partition("<body")[2])
    assert re.search(re.escape(markup).replace("…", ".*?"), made), made


def test_the_commands_of_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What README tells to type works, line after line, and so does its Python."""
    monkeypatch.chdir(tmp_path)
    chapter = README.partition("\n## The verbs\n")[2].partition("\n## ")[0]
    lines = [line.strip().partition("  #")[0].strip() for line in chapter.splitlines() if line.startswith("    ")]
    for line in lines:
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
        elif words[:2] == ["tei-edition", "schema"]:
            continue  # the TEI's own source is not part of the repository; tests/test_odd.py compiles with it
        else:
            if "letter.txt" in words and not Path("letter.txt").exists():
                monkeypatch.chdir(tmp_path)
                Path("letter.txt").write_bytes(Path("letters/sources/letter.txt").read_bytes())
            assert words[0] == "tei-edition"
            assert main(words[1:]) == 0, line
    assert sum(line.startswith("tei-edition") for line in lines) == 10
    (program,) = blocks("python")
    scope: dict[str, object] = {}
    exec(compile(program, "README.md", "exec"), scope)
    assert "<article" in str(scope["page"])
