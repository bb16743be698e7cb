"""What a `minutebook.toml` says: which files are closed and to whom, and which Slack users belong to a group."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from index.filters import GROUP_NAME
from minutebook.errors import RuleProblem

FILE_NAME = "minutebook.toml"
#: Nobody writes so much by hand.
LONGEST = 1_000_000

Said = Literal["public", "exempt"]
_STARS = {"*": "[^/]*", "?": "[^/]"}
_SLACK_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Files whose path below the rule's own folder fits `files` are so; `where` names the rule to a person."""

    files: str
    classification: Said
    groups: tuple[str, ...]
    reason: str
    where: str

    def fits(self, path: str) -> bool:
        """Whether the rule is about that file."""
        return bool(_pattern(self.files).fullmatch(path))


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One file's rules, in its order, and the groups of each Slack user that it names."""

    rules: tuple[Rule, ...] = ()
    slack: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def rule_for(self, path: str) -> Rule | None:
        """The first rule that fits the path, which is relative to the folder of the file."""
        return next((rule for rule in self.rules if rule.fits(path)), None)

    def groups_of(self, slack_user: str) -> tuple[str, ...]:
        """The groups that a Slack user belongs to."""
        return dict(self.slack).get(slack_user, ())


def read_rulebook(file: Path, *, groups: bool) -> Rulebook:
    """The rulebook in a file; an empty one where there is none. `groups` says whether it may name who is in a group.

    Raises RuleProblem, which names the file and the key.
    """
    try:
        if not file.is_file():
            return Rulebook()
        text = file.read_bytes()[:LONGEST].decode()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleProblem(file, "", f"cannot be read ({error})") from error
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleProblem(file, "", f"is not TOML ({error})") from error
    _only(file, "", told, ("rules", "groups"))
    if "groups" in told and not groups:
        raise RuleProblem(
            file,
            "groups",
            "who is in a group is said in the minutebook.toml of the home alone: whoever may put papers into a folder "
            "may not say who sees them; move it there",
        )
    rules = told.get("rules", [])
    if not isinstance(rules, list):
        raise RuleProblem(file, "rules", "each rule begins with a line [[rules]]")
    return Rulebook(tuple(_rules(file, rules)), _slack(file, told.get("groups", {})))


def nearest_rule(file: Path, books: dict[Path, Rulebook]) -> Rule | None:
    """The rule for a PDF from the `minutebook.toml` of its own folder, or else of the nearest folder above with one
    that fits. `books` keeps what was read, by folder. Raises RuleProblem."""
    for folder in file.parents:
        if folder not in books:
            books[folder] = read_rulebook(folder / FILE_NAME, groups=False)
        rule = books[folder].rule_for(file.relative_to(folder).as_posix())
        if rule is not None:
            return rule
    return None


def rule_as_kept(rule: Rule | None) -> str | None:
    """A rule as a column has it."""
    return json.dumps(asdict(rule), ensure_ascii=False) if rule else None


def rule_from(kept: str | None) -> Rule | None:
    """The rule in a column."""
    if kept is None:
        return None
    fields = json.loads(kept)
    return Rule(**{**fields, "groups": tuple(fields["groups"])})


def group_name(name: str) -> str:
    """The name as groups are called: in small letters. Raises ValueError for one that cannot be a group's."""
    small = " ".join(name.lower().split())
    if not GROUP_NAME.fullmatch(small):
        raise ValueError(
            f"{name!r} cannot be a group's name: up to 40 of a-z, 0-9, space, dot, dash and underscore, beginning and "
            "ending with a letter or figure"
        )
    return small


def _rules(file: Path, rules: Sequence[Any]) -> Sequence[Rule]:
    found = []
    for number, told in enumerate(rules, 1):
        key = f"rules[{number}]"
        if not isinstance(told, dict):
            raise RuleProblem(file, key, "each rule begins with a line [[rules]]")
        _only(file, key, told, ("files", "classification", "group", "reason"))
        said: Said = told.get("classification", "")
        if said not in get_args(Said):
            raise RuleProblem(file, f"{key}.classification", f'must be "public" or "exempt", not {said!r}')
        named = _words(file, f"{key}.group", told.get("group", []))
        groups = tuple(sorted({_group(file, f"{key}.group", each) for each in named}))
        if groups and said == "public":
            raise RuleProblem(file, f"{key}.group", "is for exempt files: a public one is for everybody; leave it out")
        reason = told.get("reason", "")
        if not isinstance(reason, str):
            raise RuleProblem(file, f"{key}.reason", "must be words in quotes")
        patterns = _words(file, f"{key}.files", told.get("files"))
        if not patterns:
            raise RuleProblem(file, f"{key}.files", 'must say which files, such as "closed/**"')
        for pattern in patterns:
            if pattern.startswith("/") or "\\" in pattern or ".." in pattern.split("/") or not pattern.strip():
                raise RuleProblem(
                    file, f"{key}.files", f"{pattern!r} must be a path below {file.parent}, with / between folders"
                )
            found.append(Rule(pattern, said, groups, reason, f"{file}, {key}"))
    return found


def _slack(file: Path, groups: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(groups, dict):
        raise RuleProblem(file, "groups", "each group begins with a line [groups.NAME]")
    members: dict[str, set[str]] = {}
    for name, told in groups.items():
        key = f"groups.{name}"
        group = _group(file, key, name)
        if not isinstance(told, dict):
            raise RuleProblem(file, key, f"begins with a line [groups.{name}]")
        _only(file, key, told, ("slack_users",))
        for user in _words(file, f"{key}.slack_users", told.get("slack_users", [])):
            if not _SLACK_USER.fullmatch(user):
                raise RuleProblem(
                    file,
                    f"{key}.slack_users",
                    f"{user!r} is not a member's id, which begins with U or W; Slack shows it in their profile, "
                    "under More, Copy member ID",
                )
            members.setdefault(user, set()).add(group)
    return tuple((user, tuple(sorted(its))) for user, its in sorted(members.items()))


def _group(file: Path, key: str, name: str) -> str:
    try:
        return group_name(name)
    except ValueError as error:
        raise RuleProblem(file, key, str(error)) from None


def _words(file: Path, key: str, told: Any) -> tuple[str, ...]:
    """A word, or a list of words, as a tuple."""
    words = [told] if isinstance(told, str) else told
    if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise RuleProblem(file, key, 'must be words in quotes, or a list of them: ["one", "two"]')
    return tuple(words)


def _only(file: Path, key: str, told: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in told:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise RuleProblem(file, f"{key}.{name}".lstrip("."), f"there is no such key; {meant}")


def _pattern(files: str) -> re.Pattern[str]:
    """A glob as a pattern over a whole path, as in a .gitignore: `*` and `?` stay within a folder, `**` does not, what
    names a folder means all in it, and what has no / is looked for in every folder. Capitals do not count: a folder is
    not closed the less for how it is spelt."""
    parts = ["(?:[^/]+/)*"] if "/" not in files.rstrip("/") else []
    for part in files.strip("/").split("/"):
        if part == "**":
            parts.append("(?:[^/]+/)*")
            continue
        parts.append("".join(_STARS.get(letter) or re.escape(letter) for letter in part) + "/")
    joined = "".join(parts)
    whole = joined + "[^/]+" if joined.endswith("*") else joined.removesuffix("/")
    return re.compile(f"{whole}(?:/.+)?", re.IGNORECASE | re.DOTALL)
