"""What can be wrong with a member of a zip file, in the words of Python."""

from __future__ import annotations

import zipfile
import zlib

#: Damage, encryption and methods of packing that Python does not know.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
