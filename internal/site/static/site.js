// The pages work without this file. With it, the ranking narrows while one
// types, a choice of group takes effect at once, and a link to an indicator
// opens it.
"use strict";

const plain = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const field = document.getElementById("q");
const table = document.getElementById("ranking");
const shown = document.getElementById("shown");
if (field && table && shown && field.value === "") {
  const rows = [...table.tBodies[0].rows].map((row) => [row, plain(row.cells[1].textContent)]);
  field.addEventListener("input", () => {
    const want = plain(field.value.trim());
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !text.includes(want);
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = count;
  });
}

for (const select of document.querySelectorAll("form select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

const open = () => {
  const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (at instanceof HTMLDetailsElement) {
    at.open = true;
  }
};
addEventListener("hashchange", open);
open();

// An open group of the menu closes when one goes elsewhere.
const groups = document.querySelectorAll(".pages details");
const close = (but) => groups.forEach((d) => { d.open = d.open && d === but; });
document.addEventListener("click", (e) => close(e.target.closest(".pages details")));
document.addEventListener("focusin", (e) => close(e.target.closest(".pages details")));
document.addEventListener("keydown", (e) => {
  const open = [...groups].find((d) => d.open);
  if (e.key === "Escape" && open) {
    close(null);
    open.querySelector("summary").focus();
  }
});

// A claim and its words light up together.
for (const said of document.querySelectorAll(".said")) {
  const cards = said.dataset.claims.split(" ").map((id) => document.getElementById(id));
  const light = (on) => () => cards.forEach((card) => card?.classList.toggle("lit", on));
  said.addEventListener("pointerenter", light(true));
  said.addEventListener("pointerleave", light(false));
}
for (const card of document.querySelectorAll(".claim")) {
  const words = [...document.querySelectorAll(".said")].filter((said) => said.dataset.claims.split(" ").includes(card.id));
  const light = (on) => () => words.forEach((said) => said.classList.toggle("lit", on));
  card.addEventListener("pointerenter", light(true));
  card.addEventListener("pointerleave", light(false));
}

addEventListener("beforeprint", () => {
  for (const d of document.querySelectorAll("main details")) {
    d.open = true;
  }
});
