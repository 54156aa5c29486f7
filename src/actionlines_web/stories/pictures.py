"""Pictures of stories, drawn anew: what is given out was made here and holds nothing but the picture."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from actionlines.problems import InputError, Problem, marked

KINDS: Final = ("JPEG", "PNG", "WEBP")
LIMIT_BYTES: Final = 8 * 1024**2
MOST_PIXELS: Final = 40_000_000
LEAST_WIDTH: Final = 320
LARGEST: Final = (1600, 1200)
_QUALITY: Final = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with its size in pixels."""

    data: bytes
    width: int
    height: int


def drawn(data: bytes, name: str) -> Picture:
    """The picture as a JPEG no larger than LARGEST, upright, without what a camera noted of place and owner.

    Raises:
        InputError: it is too large or too small, of another kind, or broken.
    """
    if len(data) > LIMIT_BYTES:
        raise _refused(
            marked("the picture is too large."), name, marked("at most %(most)d MB."), LIMIT_BYTES // 1024**2
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(data), formats=KINDS)
            if opened.width * opened.height > MOST_PIXELS:
                raise _refused(
                    marked("the picture is too large."), name, marked("at most %(most)d million pixels."), 40
                )
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise _refused(
            marked("the file is no picture that can be read."), name, marked("a JPEG, PNG or WebP picture.")
        ) from error
    if upright.width < LEAST_WIDTH:
        raise _refused(
            marked("the picture is too small."), name, marked("at least %(most)d pixels wide."), LEAST_WIDTH
        )
    # What is transparent becomes white.
    made = Image.new("RGB", upright.size, "white")
    made.paste(upright, mask=upright.getchannel("A"))
    made.thumbnail(LARGEST)
    out = BytesIO()
    made.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(out.getvalue(), made.width, made.height)


def _refused(template: str, name: str, expected: str, most: int = 0) -> InputError:
    return InputError([Problem(template, {"most": most}, name, column="picture", expected=expected)])
