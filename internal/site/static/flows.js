// Who supplies whom comes alive: a supplier or a unit that is pointed at,
// focused or chosen stands out with what flows there. What is chosen stands in
// the address after #.
"use strict";

(() => {
  const form = document.getElementById("flow-tools");
  if (!form) {
    return;
  }
  const drawings = [...document.querySelectorAll("#fig-flow .flow-drawing")];
  const select = document.getElementById("flow-pick");
  const says = document.getElementById("flow-says");
  let chosen = "";
  let pointed = "";

  const show = () => {
    const key = pointed || chosen;
    says.textContent = "";
    for (const svg of drawings) {
      const near = new Set([key]);
      svg.classList.toggle("focused", key !== "");
      for (const band of svg.querySelectorAll(".bands path")) {
        const here = band.dataset.from === key || band.dataset.to === key;
        band.classList.toggle("near", here);
        if (here) {
          near.add(band.dataset.from).add(band.dataset.to);
        }
      }
      for (const end of svg.querySelectorAll(".end")) {
        end.classList.toggle("near", near.has(end.dataset.end));
        end.classList.toggle("self", end.dataset.end === key);
        if (end.dataset.end === key) {
          says.textContent = end.querySelector("title").textContent;
        }
      }
    }
  };

  const mark = () => {
    const q = new URLSearchParams();
    if (chosen) {
      q.set("show", chosen);
    }
    history.replaceState(null, "", location.pathname + location.search + (chosen ? "#" + q : ""));
    for (const a of document.querySelectorAll("a[hreflang]")) {
      a.hash = q.toString();
    }
  };
  const choose = (key) => {
    chosen = [...select.options].some((o) => o.value === key) ? key : "";
    select.value = chosen;
    pointed = "";
    mark();
    show();
  };

  for (const svg of drawings) {
    svg.setAttribute("role", "group");
    svg.classList.add("alive");
    const ends = [...svg.querySelectorAll(".end")];
    ends.forEach((end, i) => {
      const key = end.dataset.end;
      end.setAttribute("tabindex", i === 0 ? 0 : -1);
      end.setAttribute("role", "button");
      // The name begins with what one sees, for those who speak to the page.
      end.setAttribute("aria-label", [...end.querySelectorAll("text"), end.querySelector("title")].map((e) => e.textContent).join(" "));
      const point = (k) => () => {
        pointed = k;
        show();
      };
      end.addEventListener("pointerenter", (e) => e.pointerType === "mouse" && point(key)());
      end.addEventListener("pointerleave", point(""));
      end.addEventListener("focus", point(key));
      end.addEventListener("blur", point(""));
      end.addEventListener("click", () => choose(chosen === key ? "" : key));
      end.addEventListener("keydown", (e) => {
        const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
        if (by) {
          const to = ends[(i + by + ends.length) % ends.length];
          end.setAttribute("tabindex", -1);
          to.setAttribute("tabindex", 0);
          to.focus();
        } else if (e.key === "Enter" || e.key === " ") {
          choose(chosen === key ? "" : key);
        } else if (e.key === "Escape") {
          choose("");
        } else {
          return;
        }
        e.preventDefault();
      });
    });
  }
  select.addEventListener("change", () => choose(select.value));
  form.addEventListener("submit", (e) => e.preventDefault());
  const adopt = () => {
    const q = new URLSearchParams(location.hash.slice(1));
    if (!q.has("embed") && (q.has("show") || chosen)) {
      choose(q.get("show") || "");
    }
  };
  form.hidden = false;
  adopt();
  addEventListener("hashchange", adopt);
})();
