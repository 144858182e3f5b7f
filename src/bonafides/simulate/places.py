"""Where things are: some sixty US cities and a dozen places abroad, written from general knowledge."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A city.

    Units: `utc_minutes` is the offset from UTC in June; every log of ours lies within daylight saving time.
    Shape: `codes` are telephone area codes, `postal_codes` codes of its districts.
    """

    index: int
    city: str
    region: str
    region_name: str
    postal_codes: tuple[str, ...]
    country: str
    country_name: str
    latitude: float
    longitude: float
    utc_minutes: int
    weight: float
    codes: tuple[str, ...] = ()


# city|state|district codes|latitude|longitude|minutes from UTC in June|weight (rough population)|area codes
_US = """
New York|NY|10001 10003 11105|40.71|-74.01|-240|8.0|212 646 917
Los Angeles|CA|90012 90031 90037|34.05|-118.24|-420|4.0|213 310 424
Chicago|IL|60601 60612 60632|41.88|-87.63|-300|2.7|312 773 872
Houston|TX|77002 77026 77052|29.76|-95.37|-300|2.3|713 281 832
Phoenix|AZ|85004 85003 85016|33.45|-112.07|-420|1.6|602 480 623
Philadelphia|PA|19103 19121 19144|39.95|-75.17|-240|1.6|215 267 445
San Antonio|TX|78205 78210 78226|29.42|-98.49|-300|1.4|210 726 830
San Diego|CA|92101 92104 92108|32.72|-117.16|-420|1.4|619 858 760
Dallas|TX|75201 75207 75209|32.78|-96.80|-300|1.6|214 469 972
San Jose|CA|95113 95121 95133|37.34|-121.89|-420|1.2|408 669 831
Austin|TX|78701 78705 78723|30.27|-97.74|-300|1.5|512 737 254
Jacksonville|FL|32202 32211 32255|30.33|-81.66|-240|0.9|904 324 386
Columbus|OH|43215 43205 43211|39.96|-83.00|-240|1.0|614 380 740
Charlotte|NC|28202 28209 28271|35.23|-80.84|-240|1.1|704 980 828
Indianapolis|IN|46204 46203 46226|39.77|-86.16|-240|0.9|317 463 765
San Francisco|CA|94103 94114 94127|37.77|-122.42|-420|1.4|415 628 650
Seattle|WA|98101 98105 98106|47.61|-122.33|-420|1.5|206 425 253
Denver|CO|80202 80216 80224|39.74|-104.99|-360|1.4|303 720 970
Oklahoma City|OK|73102 73111 73120|35.47|-97.52|-300|0.6|405 572 580
Nashville|TN|37203 37206 37215|36.16|-86.78|-300|0.9|615 629 931
Washington|DC|20001 20036 20039|38.91|-77.04|-240|1.2|202 771 703
Boston|MA|02108 02111 02128|42.36|-71.06|-240|1.3|617 857 781
Las Vegas|NV|89101 89119 89120|36.17|-115.14|-420|0.8|702 725 775
Portland|OR|97204 97205 97221|45.52|-122.68|-420|0.9|503 971 541
Detroit|MI|48226 48207 48224|42.33|-83.05|-240|0.7|313 679 248
Memphis|TN|38103 38114 38126|35.15|-90.05|-300|0.5|901 731 662
Louisville|KY|40202 40203 40224|38.25|-85.76|-240|0.5|502 812 270
Baltimore|MD|21201 21216 21217|39.29|-76.61|-240|0.7|410 443 667
Milwaukee|WI|53202 53206 53216|43.04|-87.91|-300|0.5|414 262 920
Albuquerque|NM|87102 87103 87120|35.08|-106.65|-360|0.4|505 575 970
Tucson|AZ|85701 85706 85716|32.22|-110.97|-420|0.4|520 928 623
Fresno|CA|93721 93712 93727|36.74|-119.79|-420|0.4|559 661 209
Sacramento|CA|95814 95820 94234|38.58|-121.49|-420|0.7|916 279 530
Kansas City|MO|64106 64113 64124|39.10|-94.58|-300|0.6|816 660 913
Atlanta|GA|30303 30309 30302|33.75|-84.39|-240|1.5|404 470 678
Omaha|NE|68102 68114 68132|41.26|-95.94|-300|0.4|402 531 308
Colorado Springs|CO|80903 80904 80935|38.83|-104.82|-360|0.4|719 303 720
Raleigh|NC|27601 27610 27628|35.78|-78.64|-240|0.9|919 984 252
Miami|FL|33130 33126 33135|25.76|-80.19|-240|1.1|305 786 954
Minneapolis|MN|55401 55412 55419|44.98|-93.27|-300|0.9|612 651 763
Tulsa|OK|74103 74114 74132|36.15|-95.99|-300|0.3|918 539 580
Tampa|FL|33602 33606 33616|27.95|-82.46|-240|0.8|813 656 727
New Orleans|LA|70112 70125 70163|29.95|-90.07|-300|0.4|504 985 225
Cleveland|OH|44113 44102 44108|41.50|-81.69|-240|0.6|216 440 330
Pittsburgh|PA|15222 15206 15212|40.44|-80.00|-240|0.6|412 878 724
Cincinnati|OH|45202 45205 45237|39.10|-84.51|-240|0.5|513 283 937
Saint Louis|MO|63101 63112 63102|38.63|-90.20|-300|0.6|314 557 636
Orlando|FL|32801 32814 32835|28.54|-81.38|-240|0.7|407 689 321
Salt Lake City|UT|84101 84109 84116|40.76|-111.89|-360|0.7|801 385 435
Boise|ID|83702 83703 83705|43.62|-116.20|-360|0.4|208 986 458
Richmond|VA|23219 23222 23230|37.54|-77.44|-240|0.4|804 686 757
Des Moines|IA|50309 50311 50303|41.59|-93.62|-300|0.3|515 641 319
Spokane|WA|99201 99203 99208|47.66|-117.43|-420|0.3|509 360 564
Buffalo|NY|14202 14206 14217|42.89|-78.88|-240|0.4|716 585 315
Madison|WI|53703 53715 53707|43.07|-89.40|-300|0.4|608 353 534
Little Rock|AR|72201 72214 72227|34.75|-92.29|-300|0.2|501 870 479
Knoxville|TN|37902 37914 37929|35.96|-83.92|-240|0.2|865 423 931
Providence|RI|02903 02905 02908|41.82|-71.41|-240|0.2|401 508 774
Hartford|CT|06103 06106 06126|41.76|-72.67|-240|0.2|860 959 203
Burlington|VT|05401 05408 05405|44.48|-73.21|-240|0.1|802 518 603
Portland|ME|04101 04104 04112|43.66|-70.26|-240|0.1|207 603 978
Ann Arbor|MI|48104 48105 48103|42.28|-83.74|-240|0.3|734 517 248
El Paso|TX|79901 79903 79912|31.76|-106.49|-360|0.3|915 432 575
"""

_ABROAD = """
Lisbon|Lisbon|1100-053|PT|Portugal|38.72|-9.14|60
Mexico City|Mexico City|06000|MX|Mexico|19.43|-99.13|-360
Medellin|Antioquia|050021|CO|Colombia|6.24|-75.57|-300
Bangkok|Bangkok|10200|TH|Thailand|13.76|100.50|420
Denpasar|Bali|80111|ID|Indonesia|-8.65|115.22|480
Berlin|Berlin|10115|DE|Germany|52.52|13.40|120
Toronto|Ontario|M5H|CA|Canada|43.65|-79.38|-240
Tallinn|Harju|10111|EE|Estonia|59.44|24.75|180
Buenos Aires|Buenos Aires|C1002|AR|Argentina|-34.60|-58.38|-180
Cape Town|Western Cape|8001|ZA|South Africa|-33.92|18.42|120
Belgrade|Belgrade|11000|RS|Serbia|44.81|20.46|120
Auckland|Auckland|1010|NZ|New Zealand|-36.85|174.76|720
"""

_REGIONS = """
NY=New York;CA=California;IL=Illinois;TX=Texas;AZ=Arizona;PA=Pennsylvania;FL=Florida;OH=Ohio;NC=North Carolina
IN=Indiana;WA=Washington;CO=Colorado;OK=Oklahoma;TN=Tennessee;DC=District of Columbia;MA=Massachusetts;NV=Nevada
OR=Oregon;MI=Michigan;KY=Kentucky;MD=Maryland;WI=Wisconsin;NM=New Mexico;MO=Missouri;GA=Georgia;NE=Nebraska
MN=Minnesota;LA=Louisiana;UT=Utah;ID=Idaho;VA=Virginia;IA=Iowa;AR=Arkansas;RI=Rhode Island;CT=Connecticut
VT=Vermont;ME=Maine
"""
_REGION_NAMES: dict[str, str] = dict(
    pair.split("=", 1) for line in _REGIONS.strip().splitlines() for pair in line.split(";")
)


def _read_us() -> tuple[Place, ...]:
    places = []
    for index, line in enumerate(_US.strip().splitlines()):
        city, region, postal, latitude, longitude, utc, weight, codes = line.split("|")
        places.append(
            Place(
                index=index,
                city=city,
                region=region,
                region_name=_REGION_NAMES[region],
                postal_codes=tuple(postal.split()),
                country="US",
                country_name="United States",
                latitude=float(latitude),
                longitude=float(longitude),
                utc_minutes=int(utc),
                weight=float(weight),
                codes=tuple(codes.split()),
            )
        )
    return tuple(places)


def _read_abroad(first: int) -> tuple[Place, ...]:
    places = []
    for index, line in enumerate(_ABROAD.strip().splitlines()):
        city, region, postal, country, name, latitude, longitude, utc = line.split("|")
        places.append(
            Place(
                index=first + index,
                city=city,
                region=region,
                region_name=region,
                postal_codes=(postal,),
                country=country,
                country_name=name,
                latitude=float(latitude),
                longitude=float(longitude),
                utc_minutes=int(utc),
                weight=1.0,
            )
        )
    return tuple(places)


US: tuple[Place, ...] = _read_us()
ABROAD: tuple[Place, ...] = _read_abroad(len(US))
ALL: tuple[Place, ...] = US + ABROAD


def kilometres(a: Place, b: Place) -> float:
    """Great-circle distance between two places.

    Units: kilometres.
    """
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    turn = math.radians(b.longitude - a.longitude)
    cosine = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def nearest(place: Place, count: int) -> tuple[Place, ...]:
    """The nearest other US cities, nearest first."""
    others = sorted((p for p in US if p.index != place.index), key=lambda p: (kilometres(place, p), p.index))
    return tuple(others[:count])
