"""The one family of errors. Each surface (command line, HTTP, Slack) turns them into words once."""

from pathlib import Path


class MinutebookError(Exception):
    """Something the person can put right; `str()` of it says what it is and what to do."""


class SettingError(MinutebookError):
    """A setting in the environment is missing or cannot be used."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key


class UnreadablePaper(MinutebookError):
    """A file cannot be read as a paper. The other files are not affected."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ModelError(MinutebookError):
    """The embedding model is missing, damaged, or not the one the index was made with."""


class WriterProblem(MinutebookError):
    """The optional writer cannot be reached, or answers as no such service does."""


class HomeError(MinutebookError):
    """The home folder cannot be opened, is damaged, or was made by another version."""


class BackupProblem(MinutebookError):
    """A backup cannot be made there, or is damaged, or is none."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder}: {problem}")


class NotHeld(MinutebookError):
    """A paper, page, answer or file that was asked for is not held."""


class BadQuestion(MinutebookError):
    """A question or filter that cannot be used as it stands; names the field."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class KeyProblem(MinutebookError):
    """An API key that cannot be made or revoked as asked."""


class RuleProblem(MinutebookError):
    """A `minutebook.toml` that cannot be used as it stands; names the file and the key."""

    def __init__(self, file: object, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.key = key
