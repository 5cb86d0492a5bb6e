"""Freeze released folders of contracts: `python -m gateway.contracts.freeze xsd/common/1.0 ...`.

A released folder never changes. The list of digests proves it: a line per file, as sha256sum
writes them.
"""

import argparse
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTING = "tests/contracts/released.sha256"


class AlreadyReleased(Exception):
    """A released file would get another digest: a change needs a new version folder."""


def main() -> None:
    """Add the given folders to the list of released ones."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("folder", nargs="+", help="released folder, from the project root")
    folders = [str(folder).rstrip("/") for folder in arguments.parse_args().folder]
    freeze(ROOT, ROOT / LISTING, folders)


def freeze(root: Path, listing: Path, folders: Iterable[str]) -> None:
    """Add digests of every file in `folders`; raise AlreadyReleased when a listed one differs."""
    released = read(listing)
    found = {name: item for folder in folders for name, item in _digests(root, folder).items()}
    changed = [name for name, item in found.items() if released.get(name, item) != item]
    if changed:
        raise AlreadyReleased(", ".join(sorted(changed)))
    added = [f"{item}  {name}" for name, item in sorted(found.items()) if name not in released]
    with listing.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in added)


def differences(root: Path, listing: Path) -> list[str]:
    """Name every file of a released folder that changed, went away or was added."""
    released = read(listing)
    folders = {name.rpartition("/")[0] for name in released}
    found = {name: item for folder in folders for name, item in _digests(root, folder).items()}
    names = sorted(released.keys() | found.keys())
    return [name for name in names if released.get(name) != found.get(name)]


def read(listing: Path) -> Mapping[str, str]:
    """Return digests by path; lines that begin with `#` are remarks."""
    lines = listing.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {name: item for item, name in pairs}


def _digests(root: Path, folder: str) -> dict[str, str]:
    files = [path for path in sorted((root / folder).rglob("*")) if path.is_file()]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


if __name__ == "__main__":
    main()
