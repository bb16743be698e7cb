"""What a `minutebook.toml` may say, which files its rules are about, and how it says what is wrong with it."""

from pathlib import Path

import pytest

from index.filters import GROUP_NAME
from index.rulebook import FILE_NAME, Rule, nearest_rule, read_rulebook, rule_as_kept, rule_from
from minutebook import options
from minutebook.errors import RuleProblem


def book(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return folder / FILE_NAME


@pytest.mark.parametrize(
    ("files", "path", "fits"),
    [
        ("closed/**", "closed/a.pdf", True),
        ("closed/**", "closed/2024/a.pdf", True),
        ("closed/**", "open/closed/a.pdf", False),
        ("closed/", "closed/a.pdf", True),
        ("closed", "open/closed/a.pdf", True),
        ("closed", "disclosed/a.pdf", False),
        ("**/closed/**", "open/closed/2024/a.pdf", True),
        ("**/closed/**", "closed/a.pdf", True),
        ("Closed/**", "closed/A.PDF", True),
        ("*exempt*.pdf", "2024/06/exempt appendix.pdf", True),
        ("2024/*exempt*.pdf", "2024/06/exempt.pdf", False),
        ("2024/**/exempt.pdf", "2024/exempt.pdf", True),
        ("2024/**/exempt.pdf", "2024/a/b/exempt.pdf", True),
        ("minutes-202?.pdf", "minutes-2024.pdf", True),
        ("minutes-202?.pdf", "minutes-202/.pdf", False),
        ("a.pdf", "axpdf", False),
        ("a[1].pdf", "a[1].pdf", True),
        ("**", "any/where.pdf", True),
        ("ünï/**", "ÜNÏ/a.pdf", True),
    ],
)
def test_which_files_a_rule_is_about(files: str, path: str, fits: bool) -> None:
    assert Rule(files, "exempt", (), "", "").fits(path) is fits


def test_the_first_rule_that_fits_counts_and_a_nearer_file_before_one_above(tmp_path: Path) -> None:
    book(
        tmp_path,
        '[[rules]]\nfiles = "sub/open/**"\nclassification = "public"\n'
        '[[rules]]\nfiles = ["sub/**", "x.pdf"]\nclassification = "exempt"\ngroup = ["Audit", "audit"]\n',
    )
    book(tmp_path / "sub" / "near", '[[rules]]\nfiles = "a.pdf"\nclassification = "public"\n')
    books: dict[Path, object] = {}

    def said(path: str) -> tuple[str, tuple[str, ...]] | None:
        rule = nearest_rule(tmp_path / path, books)  # type: ignore[arg-type]
        return (rule.classification, rule.groups) if rule else None

    assert said("sub/open/a.pdf") == ("public", ())
    assert said("sub/a.pdf") == ("exempt", ("audit",))
    assert said("sub/near/a.pdf") == ("public", ())
    assert said("sub/near/b.pdf") == ("exempt", ("audit",)), "no rule of the nearer file fits"
    assert said("y.pdf") is None


def test_who_is_in_a_group(tmp_path: Path) -> None:
    file = book(
        tmp_path,
        '[groups.audit]\nslack_users = ["U0AAA", "U0BBB"]\n[groups."Cabinet"]\nslack_users = "U0BBB"\n[groups.none]\n',
    )
    read = read_rulebook(file, groups=True)
    assert read.groups_of("U0AAA") == ("audit",)
    assert read.groups_of("U0BBB") == ("audit", "cabinet")
    assert read.groups_of("U0CCC") == read.groups_of("u0aaa") == ()


def test_no_file_says_nothing(tmp_path: Path) -> None:
    assert read_rulebook(tmp_path / FILE_NAME, groups=True).rule_for("a.pdf") is None


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[[rules]\n", "", "is not TOML"),
        ("[[rule]]\n", "rule", "did you mean rules?"),
        ("rules = 3\n", "rules", "[[rules]]"),
        ("rules = [3]\n", "rules[1]", "[[rules]]"),
        ('[[rules]]\nfile = "a"\nclassification = "exempt"\n', "rules[1].file", "did you mean files?"),
        ('[[rules]]\nfiles = "a"\n', "rules[1].classification", 'must be "public" or "exempt"'),
        ('[[rules]]\nfiles = "a"\nclassification = ["exempt"]\n', "rules[1].classification", "must be"),
        ('[[rules]]\nfiles = "a"\nclassification = "unsure"\n', "rules[1].classification", "not 'unsure'"),
        ('[[rules]]\nclassification = "exempt"\n', "rules[1].files", "must be words"),
        ('[[rules]]\nfiles = []\nclassification = "exempt"\n', "rules[1].files", "must say which files"),
        ('[[rules]]\nfiles = "/a"\nclassification = "exempt"\n', "rules[1].files", "must be a path below"),
        ('[[rules]]\nfiles = "../a"\nclassification = "exempt"\n', "rules[1].files", "must be a path below"),
        ("[[rules]]\nfiles = 'a\\b'\nclassification = \"exempt\"\n", "rules[1].files", "with / between folders"),
        ('[[rules]]\nfiles = "a"\nclassification = "public"\ngroup = "x"\n', "rules[1].group", "leave it out"),
        ('[[rules]]\nfiles = "a"\nclassification = "exempt"\ngroup = "|"\n', "rules[1].group", "cannot be a group"),
        ('[[rules]]\nfiles = "a"\nclassification = "exempt"\nreason = 3\n', "rules[1].reason", "words in quotes"),
        ("groups = 3\n", "groups", "[groups.NAME]"),
        ("[groups]\naudit = 3\n", "groups.audit", "[groups.audit]"),
        ('[groups.audit]\nusers = ["U0AAA"]\n', "groups.audit.users", "did you mean slack_users?"),
        ('[groups.audit]\nslack_users = ["@ann"]\n', "groups.audit.slack_users", "Copy member ID"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_the_key(tmp_path: Path, text: str, key: str, words: str) -> None:
    file = book(tmp_path, text)
    with pytest.raises(RuleProblem) as caught:
        read_rulebook(file, groups=True)
    assert caught.value.key == key
    assert str(file) in str(caught.value)
    assert words in str(caught.value)


def test_a_folder_does_not_say_who_is_in_a_group(tmp_path: Path) -> None:
    file = book(tmp_path, '[groups.audit]\nslack_users = ["U0AAA"]\n')
    with pytest.raises(RuleProblem, match="of the home alone"):
        read_rulebook(file, groups=False)


def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(RuleProblem, match="cannot be read"):
        read_rulebook(tmp_path / FILE_NAME, groups=True)


def test_a_rule_is_kept_whole() -> None:
    rule = Rule("a/**", "exempt", ("audit", "x"), "why — so", "minutebook.toml, rules[1]")
    assert rule_from(rule_as_kept(rule)) == rule
    assert rule_from(rule_as_kept(None)) is None


def test_the_command_line_knows_the_same_names() -> None:
    assert options.GROUP_NAME.pattern == GROUP_NAME.pattern
