// One box that ticks every record of the page; without this script each is ticked by itself.
const boxes = [...document.querySelectorAll('input[name^="tick."]')];
const place = document.querySelector(".tick-all");

if (place && boxes.length > 1) {
  const label = document.createElement("label");
  const all = document.createElement("input");
  label.className = "tick";
  all.type = "checkbox";
  label.append(all, ` Tick all ${boxes.length} on this page`);
  place.append(" ", label);
  const follow = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", follow));
  follow();
}
