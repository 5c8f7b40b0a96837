// The pages work without this file. With it, a choice takes effect at once, and a
// link to an indicator opens it.
"use strict";

// The ranking has a script of its own, which asks nobody.
for (const select of document.querySelectorAll("form:not(#finder) select")) {
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

// What must be scrolled can be reached with the keyboard, and has a name.
const reach = () => {
  for (const box of document.querySelectorAll(".scroll:not([tabindex])")) {
    if (box.scrollWidth > box.clientWidth && !box.querySelector("a[href], button, input, select, summary, [tabindex]")) {
      const heading = box.querySelector("caption") || box.closest("section, details, div:has(> h2, > h3)")?.querySelector("h2, h3, summary");
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", heading ? heading.textContent.trim() : document.title);
    }
  }
};
addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
reach();

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
