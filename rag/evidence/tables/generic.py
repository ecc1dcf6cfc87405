"""Words of a question that ask for nothing in particular of a table."""

from rag.text.words import content_stems, stem

GENERIC = frozenset(
    content_stems(
        """
        how many much number total amount sum entry entries row rows item items record records line lines thing things
        people person persons different all every each list listed table there altogether have has had get got gets
        take takes took make makes made do does go goes went come came give gives gave use used part contain contains
        include includes including please know tell show two three four several kind type single any various exist
        overall value figure really right actually now currently far per date whose
        """
    )
)
"""Words that ask for nothing in particular of a table."""
VERBS = frozenset(
    content_stems(
        """
        sell sold buy bought work worked works own owns owned hold holds held run runs ran need needs needed cost costs
        pay paid pays spend spent play live lives lived leave leaves left arrive arrives start starts begin begins
        belong belongs moor moored borrow borrowed lend lent serve serves stand stay register registered record
        recorded count counted appear keep keeps offer offered teach teaches taught attend join joined sign signed issue
        issued send sent receive received deliver delivered order ordered book booked happen happened earn earned
        carry carries hire hired employ employed park grow grows plant planted build built open opened travel drive
        visit score scored win won finish finished bring brought fall falls bill billed charge charged enter entered
        owe owes owed lie lies lay lasts lasted
        """
    )
)
"""Verbs that say what is done with the things of a table, and set no condition where no cell holds them."""


def is_nothing_asked(word: str) -> bool:
    """Whether a word asks for nothing in particular: `three`, `have`, `sold`."""
    return stem(word) in GENERIC or stem(word) in VERBS
