"""What sort of drive a file is on: a database on another machine's disk is kept in another way."""

import sys
from pathlib import Path

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

    None, too, where the system does not say: on macOS.
    """
    if sys.platform == "win32":
        return _on_windows(path)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return _named(mounts, path.absolute())


_MOUNTS = Path("/proc/self/mountinfo")


def _named(mounts: str, path: Path) -> str | None:
    """The network drive of a path by the kernel's list of mounts (proc(5), mountinfo)."""
    found, kind = Path(), ""
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        if len(parts := fields.split(" ")) < 5 or not rest:
            continue
        place = Path(parts[4].encode("utf-8", "surrogateescape").decode("unicode_escape"))
        if path.is_relative_to(place) and len(place.parts) >= len(found.parts):
            found, kind = place, rest.split(" ")[0]
    return kind if kind in _NETWORK or kind.startswith(_FUSE_NETWORK) else None


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
