"""A released folder of contracts never changes: its digests are listed."""

from pathlib import Path

import pytest

from gateway.contracts import freeze

ROOT = Path(__file__).parents[2]


@pytest.fixture
def release(tmp_path):
    """Return a project with one released folder of two files, and its list."""
    folder = tmp_path / "xsd" / "school" / "1.0"
    folder.mkdir(parents=True)
    (folder / "school.xsd").write_text("<schema/>")
    (folder / "class.xsd").write_text("<schema/>")
    listing = tmp_path / "released.sha256"
    listing.write_text("# released\n")
    freeze.freeze(tmp_path, listing, ["xsd/school/1.0"])
    return tmp_path, listing, folder


def test_released_folders_are_as_they_were_released():
    assert freeze.differences(ROOT, ROOT / freeze.LISTING) == []


def test_untouched_release_has_no_differences(release):
    root, listing, _ = release
    assert freeze.differences(root, listing) == []


def test_changed_file_is_named(release):
    root, listing, folder = release
    (folder / "school.xsd").write_text("<schema version='2'/>")
    assert freeze.differences(root, listing) == ["xsd/school/1.0/school.xsd"]


def test_file_that_went_away_is_named(release):
    root, listing, folder = release
    (folder / "class.xsd").unlink()
    assert freeze.differences(root, listing) == ["xsd/school/1.0/class.xsd"]


def test_file_added_later_is_named(release):
    root, listing, folder = release
    (folder / "extra.xsd").write_text("<schema/>")
    assert freeze.differences(root, listing) == ["xsd/school/1.0/extra.xsd"]


def test_released_file_cannot_be_released_again_with_other_content(release):
    root, listing, folder = release
    (folder / "school.xsd").write_text("<schema version='2'/>")
    with pytest.raises(freeze.AlreadyReleased, match=r"xsd/school/1\.0/school\.xsd"):
        freeze.freeze(root, listing, ["xsd/school/1.0"])


def test_releasing_twice_changes_nothing(release):
    root, listing, _ = release
    before = listing.read_text()
    freeze.freeze(root, listing, ["xsd/school/1.0"])
    assert listing.read_text() == before
