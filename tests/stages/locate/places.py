"""A small gazetteer of invented and real towns for the tests, in GeoNames' form."""

from uncounted.stages.locate.gazetteer import Gazetteer
from uncounted.stages.locate.geonames import GeoNames, packed

_ROWS = [
    # id, name, other names, lat, lon, country, population
    (1, "Ar Raqqah", ["Raqqa", "Rakka", "الرقة"], 35.953, 39.008, "SY", 530_000),
    (2, "Aleppo", ["Halab", "حلب"], 36.201, 37.161, "SY", 2_100_000),
    (3, "Al Bāb", ["Al Bab", "Bab", "الباب"], 36.371, 37.516, "SY", 130_000),
    (4, "Báb", ["Bab"], 48.30, 17.87, "SK", 1_100),
    (5, "Tripoli", ["Tarabulus"], 32.887, 13.187, "LY", 1_100_000),
    (6, "Tripoli", ["Trablous"], 34.434, 35.844, "LB", 730_000),
    (7, "Springfield", [], 39.80, -89.64, "US", 116_000),
    (8, "Springfield", [], 37.21, -93.29, "US", 169_000),
    (9, "Springfield", [], 42.10, -72.59, "US", 153_000),
    (10, "Washington", ["Washington D.C."], 38.895, -77.036, "US", 690_000),
    (11, "London", ["Londres"], 51.508, -0.126, "GB", 8_900_000),
    (12, "London", [], 42.983, -81.233, "CA", 420_000),
    (13, "Beirut", ["Bayrut", "بيروت"], 33.893, 35.502, "LB", 1_900_000),
    (14, "Tall Kalakh", ["Tell Kalakh"], 34.669, 36.252, "SY", 18_000),
    (15, "San Salvador", [], 13.689, -89.187, "SV", 530_000),
    (16, "Santa Ana", [], 13.994, -89.557, "SV", 170_000),
    (17, "Santa Ana", [], 33.745, -117.868, "US", 335_000),
    (18, "Mosul", ["Al Mawsil", "الموصل"], 36.335, 43.119, "IQ", 1_700_000),
    (19, "Jordan", [], 44.66, -93.62, "US", 6_000),
    (20, "Samir", [], 32.70, 35.10, "IL", 700),
    (21, "Ar Rāshidīyah", ["Ar Rashidiyah", "al-Rashidiya"], 25.22, 55.39, "AE", 7_000),
    (22, "Khān Yūnis", ["Khan Yunis", "Khan Younis", "خان يونس"], 31.340, 34.306, "PS", 173_000),
    (23, "Dayr az Zawr", ["Deir ez-Zor"], 35.336, 40.141, "SY", 240_000),
]  # fmt: skip


def geonames() -> GeoNames:
    """The rows as an index."""
    return GeoNames(
        packed(
            [
                {
                    "geonameid": number, "name": name, "alternatenames": others, "latitude": lat, "longitude": lon,
                    "countrycode": country, "admin1code": "", "population": population,
                }
                for number, name, others, lat, lon, country, population in _ROWS
            ]
        )
    )  # fmt: skip


def gazetteer() -> Gazetteer:
    """The rows as a gazetteer without a case's own list."""
    return Gazetteer(towns=geonames())
