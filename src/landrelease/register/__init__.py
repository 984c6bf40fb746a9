"""The ledger and its store: a GeoPackage file opened by the standard library alone."""

from landrelease.register.attachments import attachments_taken
from landrelease.register.contract import (
    Head,
    OutsideEdit,
    Problem,
    QuarantineRow,
    Record,
    RegisterInfo,
    Stage,
    Verification,
)
from landrelease.register.documents import text_hash
from landrelease.register.matching import Names
from landrelease.register.names import names_in
from landrelease.register.opening import create_register, open_register, restore_register
from landrelease.register.people import split_body
from landrelease.register.placing import check_places
from landrelease.register.state import NOW
from landrelease.register.store import Register

__all__ = [
    "NOW",
    "Head",
    "Names",
    "OutsideEdit",
    "Problem",
    "QuarantineRow",
    "Record",
    "Register",
    "RegisterInfo",
    "Stage",
    "Verification",
    "attachments_taken",
    "check_places",
    "create_register",
    "names_in",
    "open_register",
    "restore_register",
    "split_body",
    "text_hash",
]
