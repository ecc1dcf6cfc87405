"""ZIP files that hold an office document or a book, checked before a parser opens them."""

import io
import re
import zipfile

from rag.errors import DocumentError

MOST_BYTES = 300 * 1024 * 1024
"""What the parts may hold together once unpacked."""
_MOST_PARTS = 20_000
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>\[]{0,500}\[)", re.IGNORECASE)
_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")
_DECLARED_WITHIN = 8192


def opened_zip(data: bytes, *, name: str, what: str) -> zipfile.ZipFile:
    """The archive, once it is known to be of a sane size and to declare no XML entities; raises DocumentError.

    `what` names the format in the error. An entity can stand for a thousand others, and each of these for a thousand
    more (a "billion laughs"); office files and books have no use for them.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise DocumentError(f"Cannot read {name}: it is encrypted. Save it without a password.")
        # Python unpacks no more of a part than its size says, so these sizes can be relied upon.
        size = sum(part.file_size for part in parts)
        if size > MOST_BYTES or len(parts) > _MOST_PARTS:
            raise DocumentError(
                f"Cannot read {name}: unpacked, it has {len(parts):,} parts and {size // 1024**2:,} MB; "
                f"at most {MOST_BYTES // 1024**2} MB are read."
            )
        for part in parts:
            if part.filename.lower().endswith(_MARKUP):
                with archive.open(part) as stream:
                    if _ENTITY.search(stream.read(_DECLARED_WITHIN)):
                        raise DocumentError(f"Cannot read {name}: its part {part.filename!r} declares XML entities.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise DocumentError(f"Cannot read {name}: it is not {what} ({error}).") from error
    return archive
