"""Which files an ingest is about: the PDFs in the folders given, by their hash, with the rule of their folder."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import rulebook
from index.rulebook import Rule, Rulebook, nearest_rule


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in words."""

    path: str
    reason: str


@dataclass
class Plan:
    """By path, the folder of each file, its hash, and its folder's rule; and what of the folders cannot be used.

    `idle_rules` are those that fit no file.
    """

    roots: dict[str, Path] = field(default_factory=dict)
    rules: dict[str, Rule | None] = field(default_factory=dict)
    idle_rules: tuple[str, ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)


def plan_of(paths: Sequence[Path], home: Path) -> Plan:
    """What an ingest of these files and folders is about. Raises RuleProblem where a `minutebook.toml` is at fault."""
    plan = Plan()
    # What a home says of its files is another matter than what a folder does, though it may have papers in it.
    books = {home.resolve(): Rulebook()}
    fitted: set[Rule | None] = set()
    for given in paths:
        root = given if given.is_dir() else given.parent
        files = sorted(file for file in given.rglob("*") if _is_pdf(file)) if given.is_dir() else [given]
        for file in files:
            path = file.relative_to(root).as_posix()
            if path != (text := path.encode("utf-8", "replace").decode()):
                plan.failed.append(Failure(text, "its name is not written in UTF-8; give it another"))
                continue
            if path in plan.roots and plan.roots[path] != root.resolve():
                plan.failed.append(Failure(path, f"two folders hold a file of this name; this one is {file}"))
                continue
            plan.roots[path] = root.resolve()
            plan.rules[path] = nearest_rule(root.resolve() / path, books)
            fitted.add(plan.rules[path])
            try:
                plan.hashes[path] = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError as error:
                plan.failed.append(Failure(path, f"cannot be opened: {error.strerror}"))
    roots = [given.resolve() for given in paths if given.is_dir()]
    plan.idle_rules = tuple(
        f"{folder / rulebook.FILE_NAME}: “{rule.files}”"
        for folder, book in books.items()
        for rule in book.rules
        if rule not in fitted and any(folder.is_relative_to(root) for root in roots)
    )
    return plan


def _is_pdf(file: Path) -> bool:
    return file.suffix.lower() == ".pdf" and not file.name.startswith(".") and file.is_file()


def gone_from(held: dict[str, sqlite3.Row], paths: Sequence[Path], plan: Plan) -> list[str]:
    """Files once read from a folder now given that are no longer in it."""
    folders = {str(path.resolve()) for path in paths if path.is_dir()}
    return sorted(path for path, row in held.items() if row["root"] in folders and path not in plan.roots)
