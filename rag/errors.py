"""Every error this project raises on purpose.

FootnotedError                 exit code
├── SettingsError              2   a flag, an environment variable or the configuration file is wrong
├── InputError                 2   what the person asked for cannot be done: a missing path, an empty question
├── DocumentError              3   one document cannot be read; the others go on
├── LibraryError               4   the library cannot be opened or written
│   ├── LibraryBusyError       4   another process is writing it
│   └── LibraryMismatchError   4   it was made by another embedder or another version
├── ModelError                 4   a model file of ours is missing or damaged
└── LanguageModelError         5   the language model's endpoint failed or answered nonsense
    └── NoSchemaError          5   it honours no schema for its reply: ask again without one

The message of each says what happened, to which thing, and what to do.
"""


class FootnotedError(Exception):
    """Anything this project raises on purpose; `exit_code` is the command line's."""

    exit_code = 1


class SettingsError(FootnotedError):
    """A flag, an environment variable or the configuration file is wrong."""

    exit_code = 2


class InputError(FootnotedError):
    """What the person asked for cannot be done as asked."""

    exit_code = 2


class DocumentError(FootnotedError):
    """One document cannot be read."""

    exit_code = 3


class LibraryError(FootnotedError):
    """The library cannot be opened or written."""

    exit_code = 4


class LibraryBusyError(LibraryError):
    """Another process is writing this library."""


class LibraryMismatchError(LibraryError):
    """The library was made by another embedder or by another version of this program."""


class ModelError(FootnotedError):
    """A model file that this package ships is missing or damaged."""

    exit_code = 4


class LanguageModelError(FootnotedError):
    """The language model's endpoint could not be reached, refused, or answered nonsense."""

    exit_code = 5


class NoSchemaError(LanguageModelError):
    """The endpoint honours no schema for its reply; asked without one, it may answer."""
