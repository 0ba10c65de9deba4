"""docs/ci.md and .pre-commit-hooks.yaml: their examples are sound, and the commands they name do what is said."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from lxml import etree

from tei_edition.cli import main

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES: dict[str, Any] = {
    name: yaml.safe_load(text) for name, text in re.findall(r"^```yaml ([\w-]+)\n(.*?)^```$", PAGE, re.M | re.S)
}
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a new edition that is encoded."""
    assert main(["new", str(tmp_path / "letters"), "--quiet"]) == 0
    monkeypatch.chdir(tmp_path / "letters")
    monkeypatch.setenv("CI_COMMIT_SHORT_SHA", "5f0c1e7d")
    assert main(["encode", "--quiet"]) == 0
    return tmp_path / "letters"


def called(command: str, *more: str) -> int:
    """Run a command as a shell would, and return its exit code."""
    words = shlex.split(command.replace("$CI_COMMIT_SHORT_SHA", "5f0c1e7d"))
    assert words[0] == "tei-edition"
    return main([*words[1:], *more])


def break_something(edition: Path) -> str:
    """Put a mistake into the document; return its name as the edition sees it."""
    (file,) = (edition / "xml").glob("*.xml")
    text = file.read_text(encoding="utf-8")
    assert "<p>" in text
    file.write_text(text.replace("<p>", "<p><gapp/>", 1), encoding="utf-8")
    return file.relative_to(edition).as_posix()


def test_the_examples_are_there() -> None:
    """The page has one example for each system."""
    assert list(EXAMPLES) == ["pre-commit", "github", "gitlab"]


def test_the_github_example_runs(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its commands pass on a sound edition, and annotate a broken one; what is uploaded has been written."""
    steps = EXAMPLES["github"]["jobs"]["validate"]["steps"]
    commands = [step["run"] for step in steps if step.get("run", "").startswith("tei-edition")]
    assert [called(command) for command in commands] == [0, 0]
    name = break_something(edition)
    capsys.readouterr()
    assert [called(command) for command in commands] == [1, 1]
    assert f"::error file={name},line=" in capsys.readouterr().out
    (upload,) = (step["with"] for step in steps if "upload-sarif" in step.get("uses", ""))
    results = json.loads(Path(upload["sarif_file"]).read_bytes())["runs"][0]["results"]
    assert [item["ruleId"] for item in results if item["level"] == "error"] == ["element-not-allowed"]
    assert all(step.get("if") == "always()" for step in steps[-2:])


def test_the_gitlab_example_runs(edition: Path) -> None:
    """Its command writes the tests and the pages that it names as artifacts, and fails where tests do."""
    job = EXAMPLES["gitlab"]["validate"]
    (command,) = (line for line in job["script"] if line.startswith("tei-edition"))
    tests = Path(job["artifacts"]["reports"]["junit"])
    assert called(command) == 0
    assert etree.parse(tests).getroot().get("failures") == "0"
    break_something(edition)
    assert called(command) == 1
    assert etree.parse(tests).getroot().get("failures") == "1"
    for folder in job["artifacts"]["paths"]:
        assert (edition / folder / "index.html").is_file()
        assert folder in job["cache"]["paths"]


@pytest.mark.parametrize("hook", [*HOOKS, *EXAMPLES["pre-commit"]["repos"][0]["hooks"]], ids=lambda hook: hook["name"])
def test_a_hook_passes_and_stops(hook: dict[str, Any], edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hook is called with the files that are committed, or with none."""
    files = [path.as_posix() for path in sorted(Path("xml").rglob("*.xml"))]
    named = files if hook.get("pass_filenames", True) else []
    assert called(hook["entry"], *named) == 0
    name = break_something(edition)
    capsys.readouterr()
    assert called(hook["entry"], *named) == 1
    assert capsys.readouterr().out.startswith(f"{name}:")
    assert "types" in hook or all(re.search(hook["files"], file) for file in [*files, "edition.toml"])


def test_a_baseline_as_the_page_says(edition: Path) -> None:
    """An old corpus passes with the list of what it has, and fails by what is new."""
    break_something(edition)
    first, second = re.findall(r"^    (tei-edition .*)$", PAGE.partition("\n## An old corpus\n")[2], re.M)
    assert called(first) == 1
    assert called(second) == 0
    break_something(edition)
    assert called(second) == 1
