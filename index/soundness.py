"""Whether a home is sound: its SQLite file whole, and the word and vector files of its generation readable."""

import sqlite3

from index.derived import audiences_in, derived_folder, is_complete, spoilt_in, words_folder
from index.store import Store
from index.vectors import Vectors
from index.words import Words
from minutebook.errors import HomeError


def damage(store: Store) -> tuple[str, ...]:
    """What SQLite finds wrong with its file (https://sqlite.org/pragma.html, quick_check); nothing when it is whole."""
    try:
        found = [row[0] for row in store.connection.execute("PRAGMA quick_check(20)")]
        loose = store.connection.execute("PRAGMA foreign_key_check").fetchall()
    except (sqlite3.DatabaseError, HomeError) as error:
        return (str(error),)
    return tuple(each for each in found if each != "ok") + tuple(f"{row[0]} without its {row[2]}" for row in loose)


def stale(store: Store) -> tuple[str, ...]:
    """Which of this generation's derived files are missing or cannot be read; the next question rebuilds them."""
    folder = derived_folder(store.home, store.generation)
    if not is_complete(folder, store.meta("made") or ""):
        return (f"{folder} is missing or was cut off",)
    found = [f"{file} is not as it was written" for file in spoilt_in(folder)]
    if found:
        return tuple(found)
    words = [(words_folder(folder, audience), Words.open) for audience in audiences_in(store.connection)]
    for file, open_it in (*words, (folder / "vectors.faiss", Vectors.open)):
        try:
            open_it(file)
        except HomeError as error:
            found.append(str(error))
    return tuple(found)
