"""The modes of a Windows console: whether lines are edited, keys echoed, escape sequences obeyed."""

import ctypes
import sys
from collections.abc import Mapping

INPUT, OUTPUT = -10, -11
"""How the system calls a program's own console, where keys come from and where text goes."""


def console_modes() -> dict[int, int]:
    """The modes of both sides of the console; a side that is a file or a pipe has none."""
    modes: dict[int, int] = {}
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.GetStdHandle.restype = ctypes.c_void_p
        for side in (INPUT, OUTPUT):
            mode = ctypes.c_ulong()
            if kernel.GetConsoleMode(ctypes.c_void_p(kernel.GetStdHandle(side)), ctypes.byref(mode)):
                modes[side] = mode.value
    return modes


def set_console_modes(modes: Mapping[int, int]) -> None:
    """Put sides of the console into modes that they had; one that is gone is left alone."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.GetStdHandle.restype = ctypes.c_void_p
        for side, mode in modes.items():
            kernel.SetConsoleMode(ctypes.c_void_p(kernel.GetStdHandle(side)), ctypes.c_ulong(mode))
