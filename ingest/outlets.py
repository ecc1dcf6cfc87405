"""Names of publications, told from those of people, places and sections."""

import re

# Words with which a publication's name ends; a name that has none of them may be a person's or a place's.
_OUTLET_WORDS = frozenset(
    """agency broadcasting bulletin chronicle courier daily digest dispatch echo examiner gazette globe guardian herald
    independent journal ledger magazine mail mercury mirror monitor news newspaper newswire observer post press record
    register reporter review sentinel shimbun standard star sun telegraph times tribune weekly wire zeitung""".split()
)
# Publications whose names do not tell; written as here or in capitals.
_NAMES = """
Reuters, Thomson Reuters, AFP, Agence France-Presse, AP, Associated Press, The Associated Press, BBC, CNN, NHK,
NHK World, NPR, Xinhua, Kyodo, Nikkei, Nikkei Asia, Bloomberg, Al Jazeera, DPA, ANSA, EFE, TASS, Yonhap, CGTN, CCTV,
Deutsche Welle, DW, Politico, Axios, The Diplomat, The Economist, The Conversation, The Atlantic, Euronews, VnExpress,
VnExpress International, TechCrunch, The Verge, Wired, France 24, RFI, RNZ, RTHK, SCMP, UPI, PTI, ANI, Antara, Bernama,
Le Monde, Le Figaro, Der Spiegel, Die Zeit, El País, La Repubblica, Focus Taiwan, CNA, The Hindu, The National, CNBC,
USA Today, Forbes, The Mainichi"""
_KNOWN = frozenset(name.strip().lower() for name in _NAMES.split(","))
# `World News` is a section's name.
_SECTIONS = frozenset(
    """all asia breaking business city daily economic economy entertainment europe financial foreign health local latest
    international market markets more national online political politics press regional science sport sports tech
    technology the top video weather world""".split()
)
_EAST_ASIAN = re.compile("[\u30a0-\u30ff\u4e00-\u9fff]{1,8}(?:新聞社?|新闻|通信社?|通讯社|新华社|日报|日報|时报|時報)")
_SMALL_WORDS = frozenset("and of the for & de la le".split())
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s:]*(?:©|\(c\))?\s*(.+)", re.IGNORECASE)
_COPYRIGHT_REST = re.compile(
    r"\b\d{4}(?:\s*[-–]\s*(?:\d{4}|present))?\b|[.,;|]?\s*\ball rights reserved\b.*|\. .*|^\W*by\b", re.IGNORECASE
)
_PICTURES = re.compile(r"photo|image|picture|getty|shutterstock|istock|alamy|unsplash|imago\b", re.IGNORECASE)
_LONGEST_OWNER = 60


def is_known_outlet(name: str) -> bool:
    """Whether a name is that of a well-known publication, whatever it could mean otherwise."""
    return name.lower() in _KNOWN and name[:1].isupper()


def is_outlet(name: str) -> bool:
    """Whether a name is a publication's, by its words or because it is well known: `Lisk Valley Herald`, `REUTERS`."""
    words = name.split()
    if is_known_outlet(name) or _EAST_ASIAN.fullmatch(name):
        return True
    if (
        {",", ":"} & set(name)
        or not 2 <= len(words) <= 6
        or not all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    ):
        return False
    if {word.lower() for word in words[:-1]} <= _SECTIONS and words[-1].lower() == "news":
        return False
    return words[-1].lower() in _OUTLET_WORDS or "news" in map(str.lower, words)


def split_byline(name: str | None) -> tuple[str | None, str | None]:
    """Author and outlet out of one field: `Wenzel Auer, The Ormund Gazette` gives both."""
    parts = [part for part in re.split(r"\s*[,|]\s*", without_by(name or "")) if part]
    outlets = [part for part in parts if is_outlet(part)]
    authors = [part for part in parts if part not in outlets]
    return ", ".join(authors) or None, outlets[0] if outlets else None


def without_by(name: str) -> str:
    """A name without the word before it: `By Jane Doe` gives `Jane Doe`."""
    return _BY.sub("", name.strip(), count=1) if _BY.match(name.strip()) else name.strip()


def copyright_owner(lines: list[str]) -> str | None:
    """Who has the copyright by one of these lines, such as `© 2025 Weser Gazette`; never that of a picture."""
    for line in lines:
        found = _COPYRIGHT.match(line.strip())
        owner = _COPYRIGHT_REST.sub("", found.group(1)).strip(" .,;:|-–") if found else ""
        if owner and owner[0].isupper() and len(owner) <= _LONGEST_OWNER and not _PICTURES.search(owner):
            return owner
    return None
