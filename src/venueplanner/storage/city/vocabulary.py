"""The words city data is named with, in Russian, Kyrgyz, English and Russian in Latin letters.

Names are compared after `plain`: small letters, Cyrillic written in Latin, everything else dropped, so НОМЕР_ДОМА,
Nomer_Doma and nomerdoma are one. A dBASE name holds ten bytes, so an entry also fits a name that was cut short.
"""

from __future__ import annotations

from functools import lru_cache

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяөүң"
_LATIN = [
    "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "e",
    "zh",
    "z",
    "i",
    "y",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "h",
    "c",
    "ch",
    "sh",
    "sch",
    "-",
    "y",
    "-",
    "e",
    "yu",
    "ya",
    "o",
    "u",
    "n",
]
_TABLE = {ord(c): ("" if t == "-" else t) for c, t in zip(_CYRILLIC, _LATIN, strict=True)}


@lru_cache(maxsize=20000)
def plain(text: str) -> str:
    """A name brought to plain Latin letters and digits.

    >>> plain("НОМЕР_ДОМА"), plain("Көчөлөр"), plain("addr:street")
    ('nomerdoma', 'kocholor', 'addrstreet')
    """
    small = text.lower().translate(_TABLE)
    return "".join(letter for letter in small if letter.isascii() and letter.isalnum())


def tokens(text: str) -> list[str]:
    """The words of a file name: split at blanks, signs, digits and at capitals inside (BASEMAP_PublicFootpaths).

    >>> tokens("BASEMAP_PublicFootpaths"), tokens("улицы города (2024) №1")
    (['basemap', 'public', 'footpaths'], ['ulicy', 'goroda'])
    """
    spaced, previous = "", ""
    for letter in text:
        if letter.isupper() and previous.islower():
            spaced += " "
        spaced += letter if letter.isalpha() else " "
        previous = letter
    return [plain(word) for word in spaced.split() if plain(word)]


# Beginnings of words in a file's name → role. The longest beginning that fits wins; with $ it must
# be the whole word.
FILE_WORDS: dict[str, tuple[str, ...]] = {
    "streets": (
        "dorog", "doroz", "ulic", "ulits", "ulich", "uds", "avtodor", "proezd", "prospekt", "magistral", "koch",
        "jol", "zhol", "road",
        "street", "highway", "centerline", "centreline", "osevaya", "oseviye", "osi", "strasse",
    ),
    "buildings": (
        "zdan", "stroen", "doma", "domov", "zastroy", "postroyk", "imarat", "uylor", "uyler", "building", "bldg",
        "bld", "house",
        "footprint", "oks", "sooruzh", "karkas", "structure",
    ),
    "walls": (
        "zabor", "ograzhd", "ograd", "ogra", "stena", "steny", "tosmo", "dubal", "koroo", "wall", "fence", "barrier",
        "bollard",
    ),
    "water": (
        "voda", "vody", "vodn", "vodoe", "vodohr", "vodoto", "kanal", "reka", "reki", "rek$", "ozer", "prud", "gidro",
        "arik", "aryk", "suu", "kol$", "koldor", "water", "river", "lake", "hydro", "canal",
        "stream", "pond", "ruch",
    ),
    "areas": (
        "ploschad", "ploshad", "ploshch", "park", "skver", "zelen", "trotuar", "tuz", "seyil", "ayant", "area",
        "plaza", "square", "openspace",
        "open", "landuse", "sidewalk", "footpath", "vegetation", "bridges", "stoyank", "kvartal", "sport", "gazon",
        "lot",
    ),
    "points": (
        "adres", "dareg", "objekt", "obekt", "obyekt", "medic", "bolnic", "apte", "shkol", "detsad", "sad", "poi",
        "point", "address", "kamer",
        "kamera", "camera", "tree", "derev", "opor", "svetofor", "ostanov", "hydrant", "gidrant", "light", "signal",
        "pole", "station",
        "school", "clinic", "hospital",
    ),
    "rails": ("zheldor", "zhd", "zhelezn", "rels", "tramvay", "tramv", "temirjol", "temirzhol", "rail", "tram",
    "subway", "metro"),
    "boundary": (
        "granic", "rayon", "okrug", "municip", "chek", "boundary", "border", "admin", "district", "city", "limits",
        "neighborhood",
        "region", "sector", "precinct",
    ),
}  # fmt: skip
# Networks under the ground or overhead: no water, no street and no wall, whatever else their name says.
UNDERGROUND = (
    "kanaliz", "vodoprov", "vodosnab", "vodootv", "teplo", "gazoprov", "gazosnab", "kabel", "truboprov", "elektroset",
    "pipe", "sewer", "cable", "utilit", "watermain", "stormwater",
)  # fmt: skip
# Words that say a line layer is no street although a street word is in its name.
NOT_STREETS = (
    "curb",
    "bordyur",
    "kerb",
    "sidewalk",
    "trotuar",
    "razmetk",
    "light",
    "signal",
    "study",
    "studies",
    "zheleznye",
    "zheleznaya",
)

# Standard column → names that mean it, best first. A longer field name fits by its beginning where marked with *.
FIELD_WORDS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "naimen*", "nazvan*", "nazv*", "imya", "aty", "atalysh*", "atalishi*", "sitename", "stationname",
        "station", "title", "label",
    ),
    "street": ("street", "addrstreet", "streetname", "streetnam*", "stname", "ulica", "ulitsa", "ulits*", "ulic*",
    "kocho*", "koche*"),
    "number": (
        "number", "addrhousenumber", "houseno", "housenumb*", "housenum*", "nomerdoma", "nomerdom*", "dom", "ndom",
        "domnomer", "domno", "uynomer*",
        "uynomeri", "streetnumb*",
    ),
    "class": ("class", "highway", "fclass", "roadclass", "klass*", "kategor*", "tipdorogi", "tipulicy"),
    "oneway": ("oneway", "onewaystr*", "odnostor*", "odnost*", "birtarap*"),
    "width": ("width", "shirina", "shirin*", "kendigi", "tuurasy", "shirproe*"),
    "lanes": ("lanes", "numlanes", "polosy", "polos*", "kolpolos*", "tilke*", "kolvopolos"),
    "maxspeed": ("maxspeed", "speedlimit", "speedlim*", "skorost", "skoros*", "ogrskor*", "yldamdyk*", "ildamdyk*",
    "postedspd"),
    "surface": ("surface", "pokrytie", "pokryt*", "pokrit*", "kaptama*"),
    "bridge": ("bridge", "most", "kopuro", "kopure"),
    "tunnel": ("tunnel", "tonnel"),
    "level": ("layer", "level", "uroven", "sloy", "sloj", "dengeel"),
    "access": ("access", "motorveh*", "dostup", "kiruu"),
    "height": ("height", "vysota", "visota", "vysot*", "biyiktik*", "bldgheight"),
    "levels": ("levels", "buildinglevels", "buildingl", "etazhey", "etazhi", "etazhnost", "etazh*", "storeys",
    "stories", "floors", "kabat*"),
    "kind": ("value", "znach*", "kind", "vid", "building", "barrier", "type", "tip", "turu", "use", "naznach*",
    "category", "amenity"),
    "people": ("zhiteley", "zhitel*", "naselen*", "population", "people", "residents", "kalk", "kalky"),
}  # fmt: skip

# Values that are classes of streets in OpenStreetMap or in municipal tables.
STREET_CLASSES = frozenset(
    [
        "motorway",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "living_street",
        "service",
        "pedestrian",
        "footway",
        "path",
        "cycleway",
        "steps",
        "track",
        "motorway_link",
        "trunk_link",
        "primary_link",
        "secondary_link",
        "tertiary_link",
        "road",
        "bridleway",
        "corridor",
    ]
)
WALL_VALUES = frozenset(
    [
        "wall",
        "fence",
        "hedge",
        "bollard",
        "gate",
        "kerb",
        "retaining_wall",
        "guard_rail",
        "city_wall",
        "chain",
        "lift_gate",
        "railing",
        "block",
    ]
)
BUILDING_VALUES = frozenset(
    [
        "apartments",
        "house",
        "yes",
        "residential",
        "commercial",
        "retail",
        "garage",
        "garages",
        "school",
        "church",
        "hotel",
        "office",
        "industrial",
    ]
)
