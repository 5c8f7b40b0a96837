// Build your own alliance: members are picked by name and stand as chips; the
// engine, started when it is first needed, pools them and tells how they would
// stand as one. Who belongs stands in the address after #: members=CHN,RUS.
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const root = $("build");
  if (!root || !$("build-facts")) {
    return;
  }
  const facts = JSON.parse($("build-facts").textContent);
  const words = facts.words;
  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
  const numbers = (digits) => new Intl.NumberFormat(facts.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = numbers(0);
  const points = numbers(facts.digits);
  const finer = numbers(facts.digits + 1);
  const score = (v) => v === null ? "–" : points.format(v).replace("-", "−");
  const signed = (v) => v === null ? "" : (v > 0 ? "+" : "") + finer.format(v).replace("-", "−");
  const plain = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const codes = Object.keys(facts.names).sort();
  const found = new Map();
  for (const code of codes) {
    found.set(plain(code), code).set(plain(facts.names[code]), code);
  }
  const members = new Set();
  const field = $("build-unit");
  const start = $("build-start");

  // The engine runs in a worker, one for the page.
  let engine;
  const begin = () => {
    const { ask, ready } = window.hireEngine(root, words.failed);
    return { ask, ready: ready.then(() => ask("gather", $("build-bundle").textContent, $("build-ties").textContent)) };
  };

  const say = (text) => { $("build-says").textContent = text; };
  const complain = (text) => {
    $("build-wrong").hidden = !text;
    $("build-wrong").textContent = text || "";
  };

  const chips = () => {
    const list = [...members].sort((a, b) => facts.names[a].localeCompare(facts.names[b], facts.locale));
    $("build-chips").replaceChildren(...list.map((code) => {
      const item = document.createElement("li");
      const b = document.createElement("button");
      b.type = "button";
      b.dataset.unit = code;
      b.setAttribute("aria-label", fill(words.remove, { unit: facts.names[code] }));
      const name = document.createElement("span");
      name.textContent = facts.names[code];
      const cross = document.createElement("span");
      cross.textContent = "×";
      cross.setAttribute("aria-hidden", "true");
      b.append(name, cross);
      item.append(b);
      return item;
    }));
    const same = Object.entries(facts.starts).find(([, of]) => of.length === members.size && of.every((m) => members.has(m)));
    start.value = same ? same[0] : "";
  };

  const remember = () => {
    const list = [...members].sort().join(",");
    history.replaceState(null, "", location.pathname + location.search + (list ? "#members=" + list : ""));
    for (const a of document.querySelectorAll("a[hreflang]")) {
      a.hash = list ? "members=" + list : "";
    }
    $("build-command").textContent = `${facts.command} ${list}`;
    const full = $("build-full");
    full.hidden = !facts.full || !list;
    if (facts.full) {
      full.href = facts.full + "?members=" + list;
    }
  };

  const show = ({ scores }) => {
    const by = new Map(scores.map((s) => [s.code, s]));
    const highest = Math.max(100, ...facts.nodes.map((code) => by.get(code)?.score ?? 0));
    for (const row of root.querySelectorAll("[data-node]")) {
      const s = by.get(row.dataset.node);
      const set = (name, text) => { row.querySelector("." + name).textContent = text; };
      set("score", score(s.score));
      row.querySelector(".fill").setAttribute("width", Math.max(0, 100 * (s.score ?? 0) / highest));
      set("place", s.rank ? whole.format(s.rank) : "–");
      set("among", whole.format(s.of));
      set("gap", signed(s.gap));
      set("leader", facts.names[s.leader] || "");
      set("gain", signed(s.gain));
      set("best", facts.names[s.best] || "");
    }
    $("build-outcome").hidden = false;
    const top = by.get(facts.nodes[0]);
    if (!top.rank) {
      say(words.unscored);
      return;
    }
    const gaps = { rank: whole.format(top.rank), of: whole.format(top.of), score: score(top.score), gap: score(Math.abs(top.gap)), leader: facts.names[top.leader] };
    let text = fill(top.gap < 0 ? words.behind : words.ahead, gaps);
    if (members.size > 1 && top.gain !== null) {
      text += " " + fill(words.best, { unit: facts.names[top.best], score: score(top.best_score), rank: whole.format(top.best_rank) });
    }
    say(text);
  };

  // While one answer is awaited, only the newest question waits.
  let asked = 0;
  const weigh = async () => {
    const mine = ++asked;
    complain();
    if (members.size === 0 || members.size === codes.length) {
      $("build-outcome").hidden = true;
    }
    if (members.size === 0) {
      say(words.empty);
      return;
    }
    if (members.size === codes.length) {
      say(words.all);
      return;
    }
    if (!engine) {
      say(words.loading);
      engine = begin();
    }
    try {
      await engine.ready;
      if (mine !== asked) {
        return;
      }
      const standing = await engine.ask("stand", [...members].sort());
      if (mine === asked) {
        show(standing);
        root.dataset.count = Number(root.dataset.count || 0) + 1;
      }
    } catch (error) {
      if (mine === asked) {
        $("build-outcome").hidden = true;
        say("");
        complain(location.protocol === "file:" ? words.folder : `${words.failed} (${error.message})`);
      }
    }
  };
  const changed = () => {
    chips();
    remember();
    weigh();
  };

  const add = (text) => {
    const code = found.get(plain(text));
    if (!code) {
      return false;
    }
    members.add(code);
    field.value = "";
    changed();
    return true;
  };
  // A choice from the list of names comes as input, without the key Enter.
  field.addEventListener("input", (e) => {
    if (!(e instanceof InputEvent) || e.inputType === "insertReplacementText") {
      add(field.value);
    }
  });
  $("build-add").addEventListener("submit", (e) => {
    e.preventDefault();
    const unknown = field.value.split(/[,;]/).filter((part) => part.trim() && !add(part));
    if (unknown.length > 0) {
      complain(unknown.map((name) => fill(words.unknown, { name: name.trim() })).join(" "));
    }
  });
  start.addEventListener("change", () => {
    members.clear();
    for (const code of facts.starts[start.value] || []) {
      members.add(code);
    }
    changed();
  });
  $("build-chips").addEventListener("click", ({ target }) => {
    const b = target.closest("button");
    if (b) {
      const at = [...$("build-chips").children].indexOf(b.parentElement);
      members.delete(b.dataset.unit);
      changed();
      const rest = $("build-chips").querySelectorAll("button");
      (rest[Math.min(at, rest.length - 1)] || field).focus();
    }
  });
  $("build-clear").addEventListener("click", () => {
    members.clear();
    changed();
    field.focus();
  });
  $("build-share").addEventListener("click", async () => {
    const box = $("build-link-box");
    try {
      await navigator.clipboard.writeText(location.href);
      $("build-copied").textContent = words.copied;
      box.hidden = true;
    } catch {
      box.hidden = false;
      $("build-link").value = location.href;
      $("build-link").select();
    }
  });

  const adopt = () => {
    const list = new URLSearchParams(location.hash.slice(1)).get("members");
    if (list === null && members.size === 0) {
      say(words.empty);
      return;
    }
    members.clear();
    for (const code of (list || "").split(",")) {
      if (facts.names[code] !== undefined) {
        members.add(code);
      }
    }
    changed();
  };
  $("build-tools").hidden = false;
  const old = $("build-form");
  if (old) {
    old.hidden = true;
  }
  adopt();
  addEventListener("hashchange", adopt);
  root.dataset.ready = "";
})();
