"""Settings: read from the environment, cast, and refused by name."""

from pathlib import Path

import pytest

from index.model_files import DEFAULT_MODEL
from minutebook.errors import SettingError
from minutebook.settings import Settings, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({}).home == Path(".minutebook")
    assert read_settings({}).model == DEFAULT_MODEL


def test_values_are_cast() -> None:
    settings = read_settings(
        {
            "MINUTEBOOK_HOME": "/srv/minutes",
            "MINUTEBOOK_PORT": "9000",
            "MINUTEBOOK_THREADS": "4",
            "MINUTEBOOK_OCR": "No",
            "MINUTEBOOK_LOG": "DEBUG",
            "MINUTEBOOK_JOBS": " 3 ",
        }
    )
    assert settings.home == Path("/srv/minutes")
    assert (settings.port, settings.threads, settings.jobs) == (9000, 4, 3)
    assert settings.ocr is False
    assert settings.log_level == 10


def test_an_empty_value_keeps_the_default() -> None:
    assert read_settings({"MINUTEBOOK_PORT": ""}).port == Settings().port


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("MINUTEBOOK_PORT", "http"),
        ("MINUTEBOOK_PORT", "65536"),
        ("MINUTEBOOK_PORT", "-1"),
        ("MINUTEBOOK_PORT", "８０"),
        ("MINUTEBOOK_JOBS", "0"),
        ("MINUTEBOOK_OCR", "perhaps"),
        ("MINUTEBOOK_LOG", "loud"),
        ("MINUTEBOOK_BACKEND", "abacus"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_key(key: str, value: str) -> None:
    with pytest.raises(SettingError, match=key) as refused:
        read_settings({key: value})
    assert refused.value.key == key
    assert value in str(refused.value)


def test_a_key_that_is_not_a_setting_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(SettingError, match="did you mean MINUTEBOOK_PORT"):
        read_settings({"MINUTEBOOK_PROT": "80"})


def test_other_programs_keys_are_left_alone() -> None:
    assert read_settings({"PATH": "/bin", "MINUTES": "5", "MINUTEBOOK_ALLOW_CUDA": "1"}) == Settings()


def test_secrets_are_read_and_never_shown() -> None:
    settings = read_settings({"SLACK_BOT_TOKEN": "xoxb-not-a-real-token"})
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.value == "xoxb-not-a-real-token"
    assert "not-a-real-token" not in f"{settings!r} {settings.slack_bot_token} {settings.slack_bot_token!r}"
