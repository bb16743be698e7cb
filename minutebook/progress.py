"""How far an ingest has come, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from minutebook.printing import plain


class Bars:
    """A bar a stage for people; a line a stage where standard error is a file. Satisfies `index.build.Progress`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            TextColumn("{task.description:<10}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", style="dim", markup=False),
            console=console,
            disable=not console.is_terminal,
        )
        self._stage: TaskID | None = None

    def __enter__(self) -> "Bars":
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def stage(self, name: str, total: int) -> None:
        """Begins a stage of `total` steps."""
        if not self._console.is_terminal:
            self._console.print(f"{name}: {total}")
        self._end_stage()
        self._stage = self._bars.add_task(name, total=total, note="")

    def advance(self, by: int = 1, note: str = "") -> None:
        """Takes `by` steps; `note` says what at."""
        if self._stage is not None:
            self._bars.update(self._stage, advance=by, note=plain(note)[:60])

    @contextmanager
    def paused(self) -> Iterator[None]:
        """No bars for as long as the block lasts, so that a question can be asked."""
        self._bars.stop()
        try:
            yield
        finally:
            self._bars.start()

    def _end_stage(self) -> None:
        if self._stage is not None:
            self._bars.update(self._stage, note="")
