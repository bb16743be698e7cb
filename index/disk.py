"""What is written is on the disk before anything vouches for it, as far as the system keeps its word (fsync(2))."""

import os
from pathlib import Path


def sync_file(file: Path) -> None:
    """Has the system write a file's bytes to the disk. Raises OSError."""
    with file.open("rb+" if os.name == "nt" else "rb") as opened:  # Windows syncs only what may be written
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Makes what was named, renamed or removed in a folder outlast a power cut. Raises OSError."""
    if os.name == "nt":  # a folder cannot be opened there, and the file system does this itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
