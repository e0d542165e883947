"""What sort of drive a file is on: a database on another machine's disk is kept in another way."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_NETWORK = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "ncpfs",
        "lustre",
        "glusterfs",
        "ceph",
        "gpfs",
        "davfs",
        "afpfs",
        "webdav",
        "ftp",
    )
)
_FUSE_NETWORK = (
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.rclone",
    "fuse.davfs",
    "fuse.smb",
    "fuse.s3fs",
)


def network_drive(path: Path) -> str | None:
    """What a network drive is called on which a file is or would be; None for a disk of this machine.

    None, too, where the system does not say. Links are followed.
    """
    if sys.platform == "win32":
        return _on_windows(path)
    real = Path(os.path.realpath(path))
    if sys.platform == "darwin":
        return _network_kind(_mounts_told(_told_by_mount()), real)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return _network_kind(_mounts_listed(mounts), real)


_MOUNTS = Path("/proc/self/mountinfo")


class _Mount(NamedTuple):
    """What is mounted where: the kind of file system, and the device or the server's name for it."""

    place: Path
    kind: str
    device: str


def _mounts_listed(mounts: str) -> Iterator[_Mount]:
    """The kernel's list of mounts (proc(5), mountinfo)."""
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        parts, (kind, device, *_) = fields.split(" "), [*rest.split(" "), "", ""]
        if len(parts) >= 5 and rest:
            place = parts[4].encode("utf-8", "surrogateescape").decode("unicode_escape")
            yield _Mount(Path(place), kind, device)


def _mounts_told(told: str) -> Iterator[_Mount]:
    """What `mount` prints on macOS: `//anna@school/home on /Volumes/home (smbfs, nodev, nosuid)`.

    A name may hold ` on ` itself: then the line is read in each way that it can be.
    """
    for line in told.splitlines():
        names, bracket, options = line.rpartition(" (")
        kind = options.removesuffix(")").split(",")[0].strip()
        start = names.find(_ON)
        while bracket and start >= 0:
            yield _Mount(Path(names[start + len(_ON) - 1 :]), kind, names[:start])
            start = names.find(_ON, start + 1)


_ON = " on /"


def _told_by_mount() -> str:
    # Imported here: a database is made or looked over, and that is seldom.
    import subprocess

    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape")


def _network_kind(mounts: Iterator[_Mount], path: Path) -> str | None:
    """The kind of the innermost mount that a path is in, if that is a network's; of two at one place the later hides."""
    found = _Mount(Path(), "", "")
    for mount in mounts:
        if path.is_relative_to(mount.place) and len(mount.place.parts) >= len(found.place.parts):
            found = mount
    kind = found.kind
    if kind in _NETWORK or kind.startswith(_FUSE_NETWORK):
        return kind
    # On macOS all that is in user space is of one kind; what another machine keeps is `user@machine:folder`.
    return kind if kind in _FUSE_ON_MACOS and ":" in found.device else None


_FUSE_ON_MACOS = ("macfuse", "osxfuse")


def _on_windows(path: Path) -> str | None:
    if sys.platform == "win32":
        import ctypes

        drive = path.absolute().drive
        if drive.startswith("\\\\"):
            return "network share"
        if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE:
            return "network drive"
    return None


_REMOTE = 4  # DRIVE_REMOTE
