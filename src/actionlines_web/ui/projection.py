"""Two equal-area map projections: Equal Earth for the world, Lambert's azimuthal for the surroundings of a country.

Both keep areas true, so no country looks larger than it is. The azimuthal one is centred on what is shown, so
that neither the 180th meridian nor a pole is an edge of the picture.
"""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Final, Self

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius, IUGG

# B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", IJGIS 33 (2019), equations 7 to 9.
_A1: Final = 1.340264
_A2: Final = -0.081106
_A3: Final = 0.000893
_A4: Final = 0.003796
_HALF_ROOT_3: Final = sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The Equal Earth coordinates of a place in degrees, for a sphere of radius 1.

    x runs from -2.7066 to 2.7066 (east positive), y from -1.3174 to 1.3174 (north positive).
    """
    theta = asin(_HALF_ROOT_3 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = 9 * _A4 * square * sixth + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    x = radians(longitude) * cos(theta) / (_HALF_ROOT_3 * slope)
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return x, y


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection around one place (J. P. Snyder, "Map projections", 1987, p. 185).

    Attributes:
        longitude, latitude: the centre, in degrees.
    """

    longitude: float
    latitude: float

    @classmethod
    def around(cls, places: list[tuple[float, float]]) -> Self:
        """Centred in the middle of (longitude, latitude) places, also where they lie on both sides of 180°."""
        x = y = z = 0.0
        for longitude, latitude in places:
            parallel = cos(radians(latitude))
            x += parallel * cos(radians(longitude))
            y += parallel * sin(radians(longitude))
            z += sin(radians(latitude))
        return cls(degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y))))

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Kilometres east and south of the centre (south, because pictures count downwards).

        The antipode of the centre, which the projection smears over a circle, is put at its southern end.
        """
        turn = radians(longitude - self.longitude)
        sine, cosine = sin(radians(latitude)), cos(radians(latitude))
        sine_0, cosine_0 = sin(radians(self.latitude)), cos(radians(self.latitude))
        towards = 1 + sine_0 * sine + cosine_0 * cosine * cos(turn)
        if towards < 1e-12:
            return 0.0, 2 * EARTH_RADIUS_KM
        scale = EARTH_RADIUS_KM * sqrt(2 / towards)
        east = scale * cosine * sin(turn)
        north = scale * (cosine_0 * sine - sine_0 * cosine * cos(turn))
        return east, -north

    def is_near(self, longitude: float, latitude: float) -> bool:
        """Whether the place lies in the half of the earth around the centre."""
        sine, cosine = sin(radians(latitude)), cos(radians(latitude))
        sine_0, cosine_0 = sin(radians(self.latitude)), cos(radians(self.latitude))
        return sine_0 * sine + cosine_0 * cosine * cos(radians(longitude - self.longitude)) > 0
