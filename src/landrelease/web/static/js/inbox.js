// Keys of the inbox: j and k walk, a and r choose and ask for the reason, Enter sends.
const cards = [...document.querySelectorAll(".proposal")];

function current() {
  return document.activeElement?.closest(".proposal") ?? cards.find((card) => card.querySelector("form"));
}

function walk(step) {
  const at = cards.indexOf(document.activeElement?.closest(".proposal"));
  const next = cards[Math.min(Math.max(at + step, 0), cards.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "start" });
}

function choose(decision) {
  const form = current()?.querySelector("form");
  if (!form) return;
  form.dataset.decision = decision;
  for (const button of form.querySelectorAll("button")) {
    button.classList.toggle("quiet", button.value !== decision);
  }
  form.querySelector(".why").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions = { a: () => choose("accept"), r: () => choose("reject"), j: () => walk(1), k: () => walk(-1) };
  if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
});

for (const field of document.querySelectorAll(".why")) {
  field.addEventListener("keydown", (event) => {
    const { decision } = field.form.dataset;
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // Enter alone must not decide: a choice comes first
    if (decision) field.form.requestSubmit(field.form.querySelector(`button[value=${decision}]`));
  });
}
