"""Keys: made once, kept as digests, revoked at once; and who may listen where."""

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.keys import FILE_NAME, SCOPES, Keys
from minutebook.cli import app
from minutebook.errors import HomeError, KeyProblem, SettingError
from minutebook.serving import address_of, rules_from
from minutebook.settings import Settings, read_settings

CLI = CliRunner()


def test_a_key_is_found_until_it_is_revoked(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    assert not keys.any_in_use()
    secret = keys.make("intranet", ["search", "ask"])
    found = keys.find(secret)
    assert found is not None
    assert (found.name, found.scopes) == ("intranet", ("ask", "search"))
    assert keys.find(secret + "x") is None
    elsewhere = Keys(tmp_path)  # as another process would
    elsewhere.revoke("intranet")
    assert keys.find(secret) is None
    assert not keys.any_in_use()
    assert keys.make("intranet") != secret


def test_nothing_kept_is_a_key(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    secrets = [keys.make(f"key {n}") for n in range(3)]
    keys.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"key 0" in kept
    assert len(set(secrets)) == 3
    for secret in secrets:
        assert len(secret) >= 43  # 256 bits, six to a letter
        assert secret.encode() not in kept
        assert secret.removeprefix("mb_").encode() not in kept


def test_the_file_of_keys_is_for_its_owner_alone(tmp_path: Path) -> None:
    Keys(tmp_path).close()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "scopes"),
    [("", ["ask"]), (" x", ["ask"]), ("a\nb", ["ask"]), ("x" * 61, ["ask"]), ("x", []), ("x", ["asks"])],
)
def test_a_key_that_cannot_be_made_is_refused(tmp_path: Path, name: str, scopes: list[str]) -> None:
    with pytest.raises(KeyProblem):
        Keys(tmp_path).make(name, scopes)  # type: ignore[arg-type]


def test_a_name_is_one_keys_at_a_time(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    keys.make("x")
    with pytest.raises(KeyProblem, match="already"):
        keys.make("x")
    with pytest.raises(KeyProblem, match="no key named"):
        keys.revoke("y")


def test_a_key_shows_the_day_of_its_last_use(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    secret = keys.make("x")
    assert keys.all()[0].used is None
    keys.find(secret)
    assert keys.all()[0].used is not None


def test_the_commands_make_list_and_revoke(tmp_path: Path) -> None:
    home = ["--home", str(tmp_path), "--json"]
    made = json.loads(CLI.invoke(app, ["keys", "make", "prometheus", "--scope", "metrics", *home]).stdout)
    assert made["scopes"] == ["metrics"]
    assert Keys(tmp_path).find(made["key"]) is not None
    listed = CLI.invoke(app, ["keys", "list", *home]).stdout
    assert made["key"] not in listed
    assert [key["name"] for key in json.loads(listed)["keys"]] == ["prometheus"]
    assert CLI.invoke(app, ["keys", "revoke", "prometheus", *home]).exit_code == 0
    assert Keys(tmp_path).find(made["key"]) is None
    assert json.loads(CLI.invoke(app, ["keys", "list", *home]).stdout)["keys"][0]["revoked"]


def test_a_scope_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    done = CLI.invoke(app, ["keys", "make", "x", "--scope", "all", "--home", str(tmp_path)])
    assert done.exit_code == 2
    assert not (tmp_path / FILE_NAME).exists()


def test_without_a_key_only_this_machine_is_answered(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert address_of("localhost", settings) == "127.0.0.1"
    assert address_of("::1", settings) == "::1"
    for host in ("0.0.0.0", "192.0.2.7", "minutes.example"):
        with pytest.raises(SettingError, match="no keys to keep anyone out"):
            address_of(host, settings)
    keys = Keys(tmp_path)
    keys.make("x")
    assert address_of("0.0.0.0", settings) == "0.0.0.0"
    keys.revoke("x")
    with pytest.raises(SettingError):
        address_of("0.0.0.0", settings)


def test_the_rules_are_those_of_the_settings(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "MINUTEBOOK_HOME": str(tmp_path),
            "MINUTEBOOK_PUBLIC_URL": "https://minutes.example/papers",
            "MINUTEBOOK_HOSTS": "minutes.internal, minutes",
            "MINUTEBOOK_ORIGINS": "https://intranet.example https://intranet.example:8443",
            "MINUTEBOOK_WITHOUT_KEY": "ask, search",
        }
    )
    rules = rules_from(settings, "127.0.0.1")
    assert {"localhost", "minutes.example", "minutes.internal", "minutes"} <= rules.hosts
    assert not rules.any_address
    assert rules.origins == ("https://intranet.example", "https://intranet.example:8443")
    assert rules.without_key == {"ask", "search"}
    assert rules_from(settings, "0.0.0.0").any_address


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("MINUTEBOOK_ORIGINS", "*"),
        ("MINUTEBOOK_ORIGINS", "https://intranet.example/page"),
        ("MINUTEBOOK_ORIGINS", "intranet.example"),
        ("MINUTEBOOK_HOSTS", "https://minutes.example"),
        ("MINUTEBOOK_HOSTS", "*"),
        ("MINUTEBOOK_WITHOUT_KEY", "exempt"),
        ("MINUTEBOOK_WITHOUT_KEY", "everything"),
        ("MINUTEBOOK_AT_ONCE", "0"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(key: str, value: str) -> None:
    with pytest.raises(SettingError, match=key):
        read_settings({key: value})


def test_nothing_may_be_open_without_a_key() -> None:
    assert read_settings({"MINUTEBOOK_WITHOUT_KEY": "nothing"}).without_key == ()
    assert read_settings({}).without_key is None


def test_a_file_of_keys_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database, and longer than the head of one is" * 10)
    with pytest.raises(HomeError, match=FILE_NAME):
        Keys(tmp_path)


def test_scopes_are_kept_in_one_order(tmp_path: Path) -> None:
    Keys(tmp_path).make("x", SCOPES[::-1])
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("SELECT scopes FROM keys").fetchone() == (" ".join(SCOPES),)
