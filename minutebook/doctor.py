"""Whether everything is there that answers need, and what to do where it is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.tokens import examine_tokens
from index.rulebook import FILE_NAME, read_rulebook
from index.soundness import damage, stale
from index.store import Store
from ingest.ocr import ocr_available
from minutebook.errors import HomeError, ModelError, RuleProblem, SettingError, WriterProblem
from minutebook.installed import Check
from minutebook.opening import embedder_for, reranker_for, writer_for
from minutebook.settings import Settings

#: Bytes of free disk below which an ingest may not be able to finish.
LITTLE_SPACE = 1_000_000_000


def examine(settings: Settings) -> Iterator[Check]:
    """Looks at one thing after another: the model, OCR, the disk, the home, and Slack. Needs the libraries."""
    yield from _model(settings)
    yield _reranker(settings)
    yield _tesseract(settings)
    yield _disk(settings.home)
    yield from _home(settings)
    yield _writer(settings)
    yield from _rules(settings.home / FILE_NAME)
    yield from _slack(settings)


def _model(settings: Settings) -> Iterator[Check]:
    """Loads the model, which checks the SHA-256 of its files, and sees whether it can embed."""
    try:
        embedder = embedder_for(settings)
        dimension = embedder.embed(["the minutes of the last meeting"]).shape[1]
    except ModelError as error:
        yield Check("Model", "do", str(error))
        return
    yield Check("Model", "fine", f"{embedder.name}, {dimension} dimensions, {settings.backend}")
    try:
        made_with = Store(settings.home).meta("model")
    except HomeError:
        return
    if made_with and made_with != embedder.name:
        words = (
            f"the papers were indexed with {made_with}; set MINUTEBOOK_MODEL back, or run: minutebook ingest --rebuild"
        )
        yield Check("Model of the index", "do", words)


def _reranker(settings: Settings) -> Check:
    """Loads the reranker, where one is set, and lets it read a passage."""
    try:
        reranker = reranker_for(settings)
    except ModelError as error:
        return Check("Reranker", "do", str(error))
    return Check("Reranker", "fine", reranker.name if reranker else "none set; MINUTEBOOK_RERANKER names one")


def _writer(settings: Settings) -> Check:
    """Asks the optional writer, where one is set, for a word."""
    try:
        writer = writer_for(settings)
        if writer is None:
            return Check("Writer", "fine", "none set; every answer is in the papers' own words")
        writer.reply("Say ready.", "Are you ready?")
    except (SettingError, WriterProblem) as error:
        return Check("Writer", "do", str(error))
    return Check("Writer", "fine", f"{writer.name}; questions and what is quoted are sent to {settings.writer_url}")


def _rules(file: Path) -> Iterator[Check]:
    """The home's rules for folders and its groups, where there are any."""
    if not file.exists():
        return
    try:
        book = read_rulebook(file, groups=True)
    except RuleProblem as error:
        yield Check(FILE_NAME, "do", str(error))
        return
    words = f"{len(book.rules)} rules (from the next ingest on), {len(book.slack)} Slack users in groups"
    yield Check(FILE_NAME, "fine", words)


def _slack(settings: Settings) -> Iterator[Check]:
    """Asks Slack whether it takes the tokens, and what they lack."""
    keys = (settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token)
    for found in examine_tokens(*(key.value if key else None for key in keys)):
        yield Check(found.key, found.state, found.words)


def _tesseract(settings: Settings) -> Check:
    found = ocr_available()
    if found:
        return Check("Tesseract", "fine", found)
    words = "not installed, so scanned pages cannot be read; on Debian or Ubuntu: apt install tesseract-ocr"
    if not settings.ocr:
        return Check("Tesseract", "note", f"{words} (MINUTEBOOK_OCR is off)")
    return Check("Tesseract", "do", f"{words}; or set MINUTEBOOK_OCR=no")


def _disk(home: Path) -> Check:
    place = home.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    words = f"{free / 1e9:.1f} GB free at {place}"
    return Check("Disk", "do", f"{words}; make room") if free < LITTLE_SPACE else Check("Disk", "fine", words)


def _home(settings: Settings) -> Iterator[Check]:
    try:
        store = Store(settings.home)
    except HomeError as error:
        yield Check("Home", "do", str(error))
        return
    damaged = damage(store)
    if damaged:
        words = f"the file in {settings.home} is damaged ({'; '.join(damaged)}); restore it, or move it away and ingest"
        yield Check("Home", "do", words)
        return
    if not store.generation:
        yield Check("Home", "do", f"{settings.home}: no papers yet; run: minutebook ingest FOLDER")
        return
    counts = store.counts()
    held = ", ".join(f"{number} {name}" for name, number in counts.items() if name != "unread")
    yield Check("Home", "fine", f"{settings.home}, generation {store.generation}: {held}")
    out_of_date = stale(store)
    if out_of_date:
        yield Check("Index", "do", f"{'; '.join(out_of_date)}; the next `minutebook ask` or `serve` makes it anew")
    else:
        yield Check("Index", "fine", f"of generation {store.generation}, words and vectors")
    if counts["unread"]:
        words = f"{counts['unread']} could not be read, so nothing is found on them; `minutebook ingest` names them"
        yield Check("Unread pages", "note", words)
