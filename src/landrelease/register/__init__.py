"""The ledger and its store: a GeoPackage file opened by the standard library alone."""

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
from landrelease.register.opening import create_register, open_register, restore_register
from landrelease.register.placing import check_places
from landrelease.register.store import Register

__all__ = [
    "Head",
    "OutsideEdit",
    "Problem",
    "QuarantineRow",
    "Record",
    "Register",
    "RegisterInfo",
    "Stage",
    "Verification",
    "check_places",
    "create_register",
    "open_register",
    "restore_register",
]
