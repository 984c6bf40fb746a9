// A WebGL canvas prints blank unless it keeps every frame, which slows each of them.
// So a copy of the map is laid over it when the page is printed.
export function printable(map) {
  const copy = document.createElement("canvas");
  copy.className = "print-copy";
  map.getContainer().append(copy);
  window.addEventListener("beforeprint", () => {
    map.redraw();
    const drawn = map.getCanvas();
    copy.width = drawn.width;
    copy.height = drawn.height;
    copy.getContext("2d").drawImage(drawn, 0, 0);
  });
}
