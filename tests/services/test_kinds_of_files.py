"""What no file brings: records that the program keeps itself, and rows under another kind's id."""

from __future__ import annotations

import json

import pytest

from landrelease.domain.kinds import kinds, kinds_of_files
from landrelease.errors import InputError, RefusedError
from landrelease.register import open_register
from landrelease.services import keeping, land, layers, recording, workflow
from tests.services.test_mending import register, square, take, write_layer

__all__ = ["register"]

PROGRAM_ONLY = sorted(set(kinds()) - set(kinds_of_files()))


def table(folder, *lines, name="rows.csv"):
    """A table of text."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def register_id(path):
    """The record of the register itself."""
    with open_register(path) as opened:
        return opened.info().register_id


def test_the_kinds_of_the_program_are_known():
    """What switches, adopts, attaches, proposes or imports comes from its own command alone."""
    assert PROGRAM_ONLY == ["attachment", "import", "proposal", "register", "vocabulary"]


@pytest.mark.parametrize("kind", PROGRAM_ONLY)
def test_a_file_of_the_program_s_records_is_refused(register, tmp_path, kind):
    """By --kind or by a mapping file, in a preview too, with the kinds that can be; nothing is kept."""
    file = table(tmp_path, "of,sha256,id", "x,0,1")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(f"kind: {kind}\n")
    for how in ({"kind": kind}, {"mapping": mapping}):
        call = layers.ImportCall(file=file, **how)
        for act in (lambda call=call: layers.take_in(register, call, by="T"),
                    lambda call=call: layers.preview(register, call)):  # fmt: skip
            with pytest.raises(InputError) as caught:
                act()
            assert caught.value.code == "kind_by_program"
            assert "hazardous_area" in caught.value.cure
    assert layers.imports(register)["imports"] == []


def test_rows_of_the_program_s_records_wait(register, tmp_path):
    """Among areas they are put to wait one by one, and the file comes again without a failure."""
    rows = [square(17 + n, record_kind=kind, local_id=f"x{n}", hazard_kind="SHA", name="n")
            for n, kind in enumerate([*PROGRAM_ONLY, "hazardous_area"])]  # fmt: skip
    file = write_layer(tmp_path, *rows)
    done = take(register, file, kind=None)
    assert (done["added"], done["quarantined"]) == (1, len(PROGRAM_ONLY))
    assert done["by_code"]["kind_by_program"] == len(PROGRAM_ONLY)
    again = take(register, file, kind=None)
    assert (again["unchanged"], again["quarantined"]) == (1, len(PROGRAM_ONLY))
    with open_register(register) as opened:
        assert len(list(opened.records("register"))) == 1
        assert not list(opened.records("vocabulary"))


def test_no_file_switches_the_workflow_off(register, tmp_path):
    """The register's own record is out of reach of rows, by kind and by column; it asks on."""
    workflow.switch(register, "on", why="two pairs of eyes", by="Ana")
    own = register_id(register)
    file = table(tmp_path, "record_id,workflow", f"{own},false")
    with pytest.raises(InputError):
        take(register, file, kind="register")
    mixed = table(tmp_path, "record_id,record_kind,workflow", f"{own},register,false", name="m.csv")
    assert take(register, mixed, kind=None)["by_code"]["kind_by_program"] == 1
    other = table(tmp_path, "record_id,workflow,name", f"{own},false,x", name="t.csv")
    assert take(register, other, kind="team")["by_code"]["record_kind_differs"] == 1
    with open_register(register) as opened:
        assert opened.asks_approval()


@pytest.mark.parametrize("on", [True, False])
def test_no_record_by_hand_switches_the_workflow(register, on):
    """Neither as a field nor by the action of a switch, with a reason or without one."""
    if not on:
        workflow.switch(register, "on", why="two pairs of eyes", by="Ana")
    own = {"kind": "register", "record_id": register_id(register), "body": {"workflow": on}}
    for more in ({}, {"reason": "so be it"}, {"action": "workflow.switched_off", "reason": "so"}):
        with pytest.raises(RefusedError):
            recording.record(register, {"entries": [{**own, **more}]}, by="Eve")
    with open_register(register) as opened:
        assert opened.asks_approval() is not on


@pytest.mark.parametrize("kind", ["team", "task", "land_release_product", "victim"])
def test_a_row_under_the_id_of_another_kind_waits(register, tmp_path, kind):
    """The rest of the file is taken in, and the area stays what it is."""
    take(register, write_layer(tmp_path, square(local_id="A")))
    area = land.areas(register)["areas"][0]["record_id"]
    fresh = "7d444840-9dc0-41d1-b245-5ffdce74fad2"
    file = table(tmp_path, "record_id,name,method,stated_area_m2",
                 f"{area},x,cancelled,5", f"{fresh},y,cancelled,5")  # fmt: skip
    done = take(register, file, kind=kind)
    assert (done["added"], done["quarantined"]) == (1, 1), done["issues"]
    assert done["by_code"]["record_kind_differs"] == 1
    assert [a["record_id"] for a in land.areas(register)["areas"]] == [area]
    assert keeping.verify(register)["ok"]
    assert json.dumps(layers.preview(register, layers.ImportCall(file=file, kind=kind))["by_code"])


def test_a_voided_record_keeps_its_kind(register, tmp_path):
    """A row under its id and of another kind waits as well."""
    take(register, write_layer(tmp_path, square(local_id="A")))
    area = land.areas(register)["areas"][0]["record_id"]
    recording.void(register, record_id=area, import_id=None, why="twice", by="Ana")
    done = take(register, table(tmp_path, "record_id,name", f"{area},x"), kind="team")
    assert (done["added"], done["quarantined"]) == (0, 1)
