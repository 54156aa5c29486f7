"""The fonts reports are set in: Noto Sans for Latin, Cyrillic and Arabic, and a Chinese font of the system."""

from functools import cache
from pathlib import Path
from typing import Final

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import typst

from actionlines.problems import InputError, Problem, marked

CHINESE: Final = "Noto Sans CJK SC"
FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic", CHINESE)


def font_folders() -> tuple[Path, ...]:
    """Folders of the fonts that come with the package."""
    return tuple(Path(package.ROOT) / "files" for package in (fontpkg_noto_sans, fontpkg_noto_sans_arabic))


@cache
def typeset_fonts() -> typst.Fonts:
    """The fonts for typesetting: ours, then those of the system for Chinese and for scripts ours lack."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(folder) for folder in font_folders()])


def require_chinese() -> None:
    """Refuse to set Chinese text without a Chinese font.

    Raises:
        InputError: the system has no Noto Sans CJK.
    """
    if CHINESE not in typeset_fonts().families():
        raise InputError(
            [
                Problem(
                    marked("the report holds Chinese text, and no font for it is installed."),
                    {"font": CHINESE},
                    expected=marked("the font '%(font)s'; on Debian: apt install fonts-noto-cjk."),
                )
            ]
        )
