"""Positions in every hand: decimal, DMS, UTM, MGRS, bearing and distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.errors import FieldError
from landrelease.exchange.angles import parse_angle
from landrelease.exchange.coordinates import Frame, in_degrees, in_utm, parse_position
from landrelease.exchange.mgrs import parse_mgrs
from landrelease.geometry import distance_m

# Computed by NGA's GEOTRANS code (the `mgrs` package, version 1.5): reference, zone, hemisphere,
# easting, northing; one for most of the twenty latitude bands.
GEOTRANS = [
    ("08CNV2103942215", 8, "S", 521039, 1442215),
    ("25DDJ9154033211", 25, "S", 491540, 2833211),
    ("21EUK7898755577", 21, "S", 378987, 2955577),
    ("41FMV5767086820", 41, "S", 457670, 3986820),
    ("56GMQ2477079661", 56, "S", 424770, 4979661),
    ("50HPA6020787024", 50, "S", 660207, 5587024),
    ("52JDL8089651897", 52, "S", 480896, 6551897),
    ("15KUQ9534850695", 15, "S", 395348, 7450695),
    ("24LVQ9654599889", 24, "S", 496545, 8999889),
    ("22MGT2845216715", 22, "S", 728452, 9216715),
    ("47NPD3768073712", 47, "N", 637680, 373712),
    ("23PPQ4396484838", 23, "N", 643964, 1484838),
    ("54QVG5190724798", 54, "N", 451907, 2124798),
    ("44RKA3241516425", 44, "N", 232415, 3516425),
    ("13SEA6682598903", 13, "N", 566825, 4098903),
    ("36TUQ5754754859", 36, "N", 357547, 4954859),
    ("37UFT0729845455", 37, "N", 607298, 5745455),
    ("57VWG5335831940", 57, "N", 553358, 6631940),
    ("51WWT4253388862", 51, "N", 542533, 7788862),
    ("30XWF2835168045", 30, "N", 528351, 8068045),
]


@pytest.mark.parametrize(("text", "zone", "hemisphere", "easting", "northing"), GEOTRANS)
def test_grid_references_agree_with_geotrans(text, zone, hemisphere, easting, northing):
    """Zone, hemisphere, easting and northing to the metre, in every band."""
    system = f"EPSG:{(32600 if hemisphere == 'N' else 32700) + zone}"
    assert parse_mgrs(text) == (system, easting, northing)


# By the same code: reference, latitude and longitude of the middle of its metre, two for each polar band.
GEOTRANS_POLAR = [
    ("AZF5055094447", -84.531574, -175.331577),
    ("AXM5839065681", -87.80222, -98.084281),
    ("BAQ9270976785", -87.371282, 18.51831),
    ("BLP3733103781", -82.411049, 82.934613),
    ("YYH9508682102", 88.800116, -128.045783),
    ("YZM2559334686", 86.029326, -170.286659),
    ("ZFE8892539664", 85.78638, 56.20279),
    ("ZFL6244600925", 85.758736, 129.701555),
]


@pytest.mark.parametrize(("text", "latitude", "longitude"), GEOTRANS_POLAR)
def test_polar_grid_references_agree_with_geotrans(text, latitude, longitude):
    """The corner lies half a diagonal from the middle, which GEOTRANS gives."""
    x, y, _ = in_degrees(parse_position(text))
    assert distance_m(x, y, longitude, latitude) == pytest.approx(0.5 * 2**0.5, abs=0.1)


def test_polar_positions_in_metres():
    """The pole stands at 2,000,000 m east and north; the letter says which."""
    assert in_degrees(parse_position("UPS N 2000000 2000000")).y == pytest.approx(90)
    assert in_degrees(parse_position("UPS A 2000000 2000000")).y == pytest.approx(-90)


@pytest.mark.parametrize("text", ["AAA1234", "ZKA1234", "YZQ1234", "ZAH123"])
def test_polar_references_that_cannot_be(text):
    """Letters of another band and uneven digits are refused."""
    with pytest.raises(FieldError) as caught:
        parse_mgrs(text)
    assert caught.value.code == "coordinate_unreadable"


def test_a_published_grid_reference():
    """The White House is 18SUJ2339407395 (US National Grid), 38.8977 N, 77.0365 W."""
    x, y, _ = in_degrees(parse_position("18S UJ 23394 07395"))
    assert (x, y) == (pytest.approx(-77.0365, abs=2e-5), pytest.approx(38.8977, abs=2e-5))


@pytest.mark.parametrize(
    "text", ["33TXN123", "61TXN1234", "33TAA1234", "33IXN1234", "33TXN123456789012"]
)
def test_grid_references_that_cannot_be(text):
    """Uneven digits, zones and letters that do not exist are refused."""
    with pytest.raises(FieldError) as caught:
        parse_mgrs(text)
    assert caught.value.code == "coordinate_unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "44.5, 17.25", "(44.5, 17.25)", "44.5;17.25", "44,5; 17,25", "44.5 17.25", "44.5N 17.25E",
        "17.25E, 44.5N", "44°30'00\"N 17°15'00\"E", "N44 30 0 E17 15 0", "44 30 N, 17 15 E",
        "44° 30.0' N, 17° 15.0' E", "44d30m00sN, 17d15m00sE",
    ],
)  # fmt: skip
def test_one_position_in_many_hands(text):
    """All of these are 44.5 north, 17.25 east."""
    assert parse_position(text)[:2] == (pytest.approx(17.25), pytest.approx(44.5))


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 5999), st.sampled_from("NSEW"))
def test_degrees_minutes_seconds_survive(degrees, minutes, hundredths, letter):
    """Writing an angle and reading it gives the angle, south and west negative."""
    seconds = hundredths / 100
    sign = -1 if letter in "SW" else 1
    expected = sign * (degrees + minutes / 60 + seconds / 3600)
    assert parse_angle(f"{degrees}°{minutes:02d}'{seconds:05.2f}\"{letter}") == pytest.approx(
        expected
    )


@pytest.mark.parametrize("text", ["44°75'N", "-44 S", "abc", "", "12N", "1 2 3 4 5 6 7"])
def test_what_is_no_position_is_refused(text):
    """Minutes beyond 60, a sign beside a letter, half a position: refused with a code."""
    with pytest.raises(FieldError) as caught:
        parse_position(text)
    assert caught.value.code == "coordinate_unreadable"


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    """No text makes the parser fail in another way, and what is read lies on earth's longitudes."""
    try:
        position = in_degrees(parse_position(text))
    except FieldError:
        return
    assert position.crs == "EPSG:4326"


def test_utm_letters_are_hemispheres_or_bands():
    """N is the north; other letters than S are bands, those before N south of the equator."""
    zones = ("34N", "34T", "18L", 7)
    assert [in_utm(zone, 500_000, 4_000_000).crs for zone in zones] == [
        "EPSG:32634", "EPSG:32634", "EPSG:32718", "EPSG:32607",
    ]  # fmt: skip


NORTH, SOUTH = (lambda x, y: 29 < y < 38), (lambda x, y: -30 < y < -10)
BAGHDAD = "38S 443000 3686000"


@pytest.mark.parametrize(
    ("frame", "system"),
    [
        (Frame(in_country=NORTH), "EPSG:32638"),
        (Frame(utm_letters="band"), "EPSG:32638"),
        (Frame(utm_letters="hemisphere"), "EPSG:32738"),
        (Frame(in_country=NORTH, utm_letters="hemisphere"), "EPSG:32738"),
    ],
)
def test_an_s_of_utm_is_read_as_the_country_or_the_mapping_says(frame, system):
    """The reading that lies in the country is taken; what the mapping says goes before that."""
    assert parse_position(BAGHDAD, frame).crs == system
    assert in_utm("38 s", 443_000, 3_686_000, frame).crs == system


def test_an_s_of_utm_in_the_south():
    """In a country of the southern hemisphere the same letter is the hemisphere."""
    at = in_utm("36S", 500_000, 8_000_000, Frame(in_country=SOUTH))
    assert at.crs == "EPSG:32736"


@pytest.mark.parametrize("frame", [Frame(), Frame(in_country=lambda x, y: False)])
def test_an_s_of_utm_that_nothing_settles_is_refused(frame):
    """Without a country, or with one that holds neither place, both readings are named."""
    with pytest.raises(FieldError, match="southern hemisphere or the band") as caught:
        parse_position(BAGHDAD, frame)
    assert caught.value.code == "utm_letter_ambiguous"


def test_an_s_of_utm_that_can_be_only_one():
    """North of 84 degrees there is no UTM, so that such a northing is one of the south."""
    assert in_utm("18S", 500_000, 9_900_000).crs == "EPSG:32718"


WHOLE = [
    ("33.18.45N;44.22.10E", 33.3125, 44.369444),
    ("33.18.45N 44.22.10E", 33.3125, 44.369444),
    ("44.50.42 17.25.56", 44.845, 17.432222),
    ("44.50.42, 17.25.56", 44.845, 17.432222),
    ("44.50.42,17.25.56", 44.845, 17.432222),
    ("44.50.42.5N 17.25.56.25E", 44.845139, 17.432292),
    ("33 18 45S 70 40 12W", -33.3125, -70.67),
    ("33 18 45 S, 70 40 12 W", -33.3125, -70.67),
    ("33d18m45sS 70d40m12sW", -33.3125, -70.67),
    ("44,5, 17,25", 44.5, 17.25),
    ("44 30,5 17 15,25", 44.508333, 17.254167),
    ("44° 30' 15\" N 17° 15' 30\" E", 44.504167, 17.258333),
]


@pytest.mark.parametrize(("text", "latitude", "longitude"), WHOLE)
def test_parts_of_angles_are_read_whole(text, latitude, longitude):
    """Points between degrees, minutes and seconds; S without marks; commas of two meanings."""
    assert parse_position(text)[:2] == (
        pytest.approx(longitude, abs=1e-6),
        pytest.approx(latitude, abs=1e-6),
    )


@pytest.mark.parametrize(
    "text",
    [
        "44.504.234 17.255.678", "1.234.567 17.255.678", "44.60.00 17.25.56", "44.5.42 17.25.56",
        "44.50.60N 17.25.56E", "44.5°30' 17°15'", "44.50' 17.25'", "4430N 01715E", "44,30 17",
        "44d30m00S 17d15m00E", "44N 17N", "17E 44E", "33T 679000,5", "33T 679.000 4930.000",
        "33T 679000 4.930", "33TXN 123 45678", "3 3TXN1234567890", "33TXA1234512345",
    ],
)  # fmt: skip
def test_no_run_of_digits_is_cut(text):
    """Thousands, halves, minutes of three digits and marks that clash are refused, not guessed."""
    with pytest.raises(FieldError) as caught:
        parse_position(text)
    assert caught.value.code == "coordinate_unreadable"


def _decimal(angle, letters):
    return f"{angle:.5f}"


def _lettered(angle, letters):
    return f"{abs(angle):.5f}{letters[angle < 0]}"


def _comma(angle, letters):
    return f"{angle:.5f}".replace(".", ",")


def _minutes(angle, letters):
    minutes = round(abs(angle) * 60, 3)
    return f"{int(minutes // 60)}°{minutes % 60:06.3f}'{letters[angle < 0]}"


def _sexagesimal(form):
    def write(angle, letters):
        tenths = round(abs(angle) * 36000)
        seconds = f"{tenths % 600 / 10:04.1f}"
        parts = {"d": tenths // 36000, "m": tenths // 600 % 60, "s": seconds}
        return form.format(**parts, letter=letters[angle < 0])

    return write


FORMS = [
    _decimal, _lettered, _comma, _minutes,
    *map(
        _sexagesimal,
        (
            "{d}°{m:02d}'{s}\"{letter}", "{letter} {d} {m} {s}", "{d} {m} {s}{letter}",
            "{d}:{m:02d}:{s}{letter}", "{d}.{m:02d}.{s}{letter}", "{d}.{m}.{s}{letter}",
            "{d:03d}{m:02d}{s}{letter}", "{d}d{m}m{s}s{letter}", "{d}d{m}m{s}{letter}",
        ),
    ),
]  # fmt: skip


@given(
    st.floats(-89.9, 89.9),
    st.floats(-179.9, 179.9),
    st.sampled_from(FORMS),
    st.sampled_from([" ", ", ", ",", ";", " ; "]),
)
def test_every_printed_form_reads_back_or_is_refused(latitude, longitude, form, between):
    """Whatever hand writes a position, it is read within its precision, or it is not read."""
    text = form(latitude, "NS") + between + form(longitude, "EW")
    try:
        position = parse_position(text)
    except FieldError:
        return
    assert position[:2] == (
        pytest.approx(longitude, abs=2e-5),
        pytest.approx(latitude, abs=2e-5),
    )


@given(st.floats(-179.9, 179.9), st.sampled_from(FORMS))
def test_every_printed_angle_reads_back_or_is_refused(angle, form):
    """The same of one angle in its own column."""
    text = form(angle, "EW")
    try:
        found = parse_angle(text)
    except FieldError:
        return
    assert found == pytest.approx(angle, abs=2e-5)
