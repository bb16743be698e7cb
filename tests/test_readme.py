"""The README is true: its commands exist and parse, its paths are there, its settings are the settings."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from minutebook.cli import app
from minutebook.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", README, flags=re.MULTILINE | re.DOTALL))
MADE_LATER = (".venv", ".minutebook")  # by setup and by ingest
SETUP_KEYS = {"MINUTEBOOK_ALLOW_CUDA", "MINUTEBOOK_PYTHON"}  # read by scripts/setup, not by minutebook
COMMANDS: Any = typer.main.get_command(app)


def shown() -> list[list[str]]:
    """Every `minutebook …` in a code block or a code span, as arguments."""
    lines = [line.strip().removeprefix("$ ") for block in BLOCKS for line in block.splitlines()] + SPANS
    calls = [re.match(r"(?:\.venv[/\\](?:bin|Scripts)[/\\])?minutebook (.+)", line) for line in lines]
    return [shlex.split(call[1], comments=True) for call in calls if call]


def test_it_shows_commands_at_all() -> None:
    assert {call[0] for call in shown()} >= {"ingest", "ask", "serve", "evaluate"}


@pytest.mark.parametrize("arguments", shown(), ids=" ".join)
def test_every_command_shown_parses(arguments: list[str]) -> None:
    name, *rest = arguments
    assert name in COMMANDS.commands
    context = typer.Context(COMMANDS.commands[name], info_name=name)
    # The parser alone: it knows the options and how many words there may be, and does not look for ~/papers.
    _, left_over, _ = COMMANDS.commands[name].make_parser(context).parse_args(rest)
    assert not left_over


def test_every_command_is_told_of() -> None:
    assert set(COMMANDS.commands) == {call[0] for call in shown()}


def test_the_two_commands_come_first_and_can_be_run() -> None:
    commands = [line.split()[0] for line in BLOCKS[0].splitlines()]
    assert commands == ["scripts/demo", "scripts/test"]
    assert README.index("scripts/demo") < 400, "they belong at the top of the page"
    for command in commands:
        assert os.access(ROOT / command, os.X_OK)
    assert "scripts/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["scripts/demo", "scripts/setup", "scripts/test", "scripts/check", ".ci/run"])
def test_every_script_is_sound_to_the_shell(script: str) -> None:
    done = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "set -euo pipefail" in (ROOT / script).read_text(encoding="utf-8")


def test_the_demo_refuses_what_it_does_not_know() -> None:
    done = subprocess.run([ROOT / "scripts" / "demo", "--loud"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("usage:")


def test_every_path_mentioned_is_there() -> None:
    paths = {span.split()[0].replace("\\", "/") for span in [*SPANS, *re.findall(r"`([^`\n]+)`", ARCHITECTURE)]}
    paths = {path for path in paths if re.fullmatch(r"[\w.-]+/[\w./-]*", path) and not path.startswith(MADE_LATER)}
    paths |= {link for link in re.findall(r"\]\(([^)]+)\)", README + ARCHITECTURE) if "://" not in link}
    assert len(paths) > 6
    assert not {path for path in paths if not (ROOT / path).exists()}


def test_the_rooms_of_the_architecture_hold_the_files_it_names() -> None:
    for room, text in re.findall(r"^\*\*(\w+)\*\* (.*?)(?=^\*\*|^##)", ARCHITECTURE, re.MULTILINE | re.DOTALL):
        assert (ROOT / room / "__init__.py").exists()
        for name in re.findall(r"`(\w+\.py)`", text):
            assert (ROOT / room / name).exists(), f"{room}/{name}"


def test_the_settings_told_of_are_the_settings() -> None:
    told = set(re.findall(r"\b(?:MINUTEBOOK|SLACK)_[A-Z_]+\b", README)) - SETUP_KEYS
    assert told == {each.metadata["key"] for each in fields(Settings)}


def test_the_help_of_the_command_line_is_there() -> None:
    done = subprocess.run([sys.executable, "-m", "minutebook", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ingest" in done.stdout
