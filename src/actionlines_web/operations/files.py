"""The files of a site, beside its database: uploads, its own wording, the generated key."""

import shutil
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.base import CommandError

NAME: Final = "files.tar"
_KEY: Final = "secret-key"


def _places() -> dict[str, Path]:
    """What is kept, by its name in the archive; the database's own files are not among them."""
    folder = Path(settings.DATA_DIR)
    return {
        "media": Path(settings.MEDIA_ROOT),
        "messages": Path(settings.MESSAGES_DIR),
        "replies": Path(settings.REPLIES_DIR),
        _KEY: folder / _KEY,
    }


def _objects() -> Any:
    """The storage of the uploads where they lie in a bucket, or None."""
    return default_storage if hasattr(default_storage, "names_and_sizes") else None


def size_of_files() -> int:
    """Bytes of everything that is kept."""
    objects = _objects()
    in_bucket = sum(size for _, size in objects.names_and_sizes()) if objects is not None else 0
    return in_bucket + sum(path.stat().st_size for _, path in _found())


def pack_files(target: Path) -> int:
    """Write all files into an archive; returns how many.

    It is called after the database was written: a file that the database names is there, unless its owner deleted it
    in between.
    """
    number = 0
    with tarfile.open(target, "w") as archive:
        for name, path in _found():
            try:
                archive.add(path, arcname=name, recursive=False)
            except FileNotFoundError:
                continue
            number += 1
        objects = _objects()
        if objects is not None:
            number += _pack_objects(archive, objects)
    return number


def _pack_objects(archive: tarfile.TarFile, objects: Any) -> int:
    number = 0
    for name, _ in objects.names_and_sizes():
        try:
            with objects.open(name) as file:
                member = tarfile.TarInfo(f"media/{name}")
                member.size = file.size
                archive.addfile(member, file)
        except FileNotFoundError:
            continue
        number += 1
    return number


def unpack_files(source: Path, moment: datetime) -> tuple[int, list[Path]]:
    """Put the files of an archive in place; what stood there is moved aside. Returns how many, and what was moved.

    Everything is unpacked before anything is moved, so that a full disk changes nothing.
    """
    places = _places()
    aside = f".before-{moment:%Y%m%dT%H%M%S}"
    fresh = Path(settings.DATA_DIR) / f".restoring{aside}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    try:
        number = _extract(source, fresh, set(places))
        moved = []
        for name, place in places.items():
            new = fresh / name
            if name == "media" and _objects() is not None:
                _put_objects(new)
                continue
            if not new.exists() or (name == _KEY and _same(new, place)):
                continue
            if place.exists():
                old = place.with_name(place.name + aside)
                place.rename(old)
                moved.append(old)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(str(new), str(place))
        return number, moved
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put_objects(folder: Path) -> None:
    """Put every file below a folder into the bucket, over what stands there under its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            default_storage.delete(name)
            with path.open("rb") as file:
                default_storage.save(name, File(file))


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _extract(source: Path, target: Path, known: set[str]) -> int:
    number = 0
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                inside = not name.is_absolute() and ".." not in name.parts and name.parts[0] in known
                if not (member.isreg() and inside):
                    raise CommandError(f"{source.name} holds {member.name!r}, which no backup does")
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                handle = archive.extractfile(member)
                with path.open("wb") as copy:
                    shutil.copyfileobj(handle, copy)  # type: ignore[arg-type] - a regular file has one
                path.chmod(0o600 if member.name == _KEY else 0o644)
                number += 1
    except tarfile.TarError as error:
        raise CommandError(f"{source.name} cannot be read: {error}") from error
    return number


def _found() -> Iterator[tuple[str, Path]]:
    for name, place in _places().items():
        if place.is_file():
            yield name, place
        elif place.is_dir():
            if name == "media" and _objects() is not None:
                continue
            for path in sorted(place.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    yield f"{name}/{path.relative_to(place).as_posix()}", path
