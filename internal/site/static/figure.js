// What a chart offers beside itself: its data as CSV, its picture as SVG and
// PNG with title and source in it, a citation, and the code to embed it. A page
// opened with #embed=ID shows that chart alone.
"use strict";

(() => {
  const said = document.getElementById("figure-script").dataset;
  const words = { csv: said.sayCsv, svg: said.saySvg, png: said.sayPng, cite: said.sayCite, embed: said.sayEmbed };
  const title = (f) => f.querySelector(".chart-title").textContent.trim();
  const source = (f) => f.querySelector(".chart-source").textContent.trim();
  const address = (f) => new URL("#fig-" + f.dataset.figure, location.href).href;

  const save = (blob, name) => {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = name;
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(a.href), 10000);
  };

  // field writes a field of a CSV by RFC 4180. A text that a spreadsheet would
  // take for a formula is set off by an apostrophe; numbers are left as they are.
  const field = (text, number) => {
    const safe = !number && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = (f) => {
    const rows = [...f.querySelectorAll(".chart-table tr")].map((row) =>
      [...row.cells].map((c) => field(c.dataset.value ?? (c.classList.contains("n") && c.tagName === "TD" ? "" : c.textContent.trim()), c.dataset.value !== undefined)).join(","));
    return new Blob(["\uFEFF" + rows.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" });
  };

  const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "fill-opacity", "font-size", "font-family", "font-weight", "text-anchor", "direction", "display", "paint-order", "unicode-bidi"];

  // picture is the chart as a document of its own: the style sheet's look
  // written into the elements, title above, source below.
  const picture = (f) => {
    const svg = f.querySelector("svg:not(.map-legend svg)");
    const copy = svg.cloneNode(true);
    const from = svg.querySelectorAll("*");
    copy.querySelectorAll("*").forEach((to, i) => {
      const style = getComputedStyle(from[i]);
      for (const name of kept) {
        const value = style.getPropertyValue(name);
        if (value) {
          to.style.setProperty(name, value);
        }
      }
      to.removeAttribute("class");
      to.removeAttribute("tabindex");
    });
    for (const a of copy.querySelectorAll("a")) {
      a.setAttribute("href", new URL(a.getAttribute("href"), location.href).href);
    }
    const box = svg.viewBox.baseVal;
    const unit = box.width / 960; // of the text around the chart
    const text = getComputedStyle(f);
    const line = (words, size, y, weight) => {
      const t = document.createElementNS("http://www.w3.org/2000/svg", "text");
      const end = text.direction === "rtl";
      t.setAttribute("x", end ? box.x + box.width - 16 * unit : box.x + 16 * unit);
      t.setAttribute("y", y);
      // One by one, for the page's policy refuses a style attribute.
      const look = { "font-weight": weight, "font-size": `${size * unit}px`, "font-family": text.fontFamily, fill: text.color, direction: text.direction };
      for (const [name, value] of Object.entries(look)) {
        t.style.setProperty(name, value);
      }
      t.textContent = words;
      return t;
    };
    const wrap = (words, length) => words.split(/\s+/).reduce((lines, word) => {
      const last = lines.at(-1);
      if (last !== undefined && (last + " " + word).length <= length) {
        lines[lines.length - 1] = last + " " + word;
      } else {
        lines.push(word);
      }
      return lines;
    }, []);
    const head = wrap(title(f), 85);
    const foot = wrap(source(f) + " " + address(f), 130);
    const above = (18 + 26 * head.length) * unit;
    const below = (14 + 17 * foot.length) * unit;
    const [x, y, w, h] = [box.x, box.y - above, box.width, box.height + above + below];
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x, y, width: w, height: h, fill: text.backgroundColor })) {
      ground.setAttribute(name, value);
    }
    copy.prepend(ground);
    head.forEach((words, i) => copy.append(line(words, 20, y + (28 + 26 * i) * unit, 600)));
    foot.forEach((words, i) => copy.append(line(words, 12, box.y + box.height + (20 + 17 * i) * unit, 400)));
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    copy.setAttribute("width", 960);
    copy.setAttribute("height", Math.round(960 * h / w));
    copy.removeAttribute("class");
    return { text: '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy), ratio: h / w };
  };

  const svg = (f) => new Blob([picture(f).text], { type: "image/svg+xml;charset=utf-8" });

  const png = async (f) => {
    const { text, ratio } = picture(f);
    const image = new Image();
    const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml;charset=utf-8" }));
    await new Promise((done, fail) => {
      image.onload = done;
      image.onerror = () => fail(new Error("the picture cannot be drawn"));
      image.src = url;
    });
    const canvas = document.createElement("canvas");
    canvas.width = 1920;
    canvas.height = Math.round(1920 * ratio);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  // Who made the index: a line each, the family name parted from the rest by a bar.
  const creators = (said.creators || "Mizan").split("\n").map((s) => s.split("|"));

  const cite = (f) => {
    const today = new Date().toISOString().slice(0, 10);
    const of = document.title;
    const key = "mizan" + today.replaceAll("-", "") + f.dataset.figure.replace(/\W/g, "");
    const brace = (s) => s.replace(/[{}\\]/g, "").replace(/[&%$#_]/g, "\\$&");
    const names = said.creators ? creators.map((n) => n.toReversed().join(" ")).join(", ") + ". " : "";
    return `${names}${title(f)}. ${of}. ${address(f)} (${today}).

@misc{${key},
  title        = {${brace(title(f))}},
  author       = {${creators.map((n) => (n.length === 2 ? `{${brace(n[0])}}, ${brace(n[1])}` : `{${brace(n[0])}}`)).join(" and ")}},
  howpublished = {${brace(of)}},
  year         = {${today.slice(0, 4)}},
  url          = {${address(f)}},
  urldate      = {${today}}
}

TY  - ELEC
TI  - ${title(f)}
${creators.map((n) => "AU  - " + n.join(", ")).join("\n")}
T2  - ${of}
PY  - ${today.slice(0, 4)}
UR  - ${address(f)}
Y2  - ${today}
ER  - `;
  };

  const attribute = (s) => s.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const embed = (f) => {
    const height = Math.ceil(f.getBoundingClientRect().height) + 20;
    const url = new URL("#embed=" + f.dataset.figure, location.href).href;
    return `<iframe src="${attribute(url)}" title="${attribute(title(f))}" width="100%" height="${height}" loading="lazy" style="border:0"></iframe>`;
  };

  const tools = (f) => {
    const bar = document.createElement("div");
    bar.className = "chart-tools";
    const box = document.createElement("textarea");
    box.className = "chart-text";
    box.readOnly = true;
    box.hidden = true;
    const add = (name, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.dataset.does = name;
      b.textContent = words[name];
      b.setAttribute("aria-label", `${words[name]}: ${title(f)}`);
      b.addEventListener("click", () => act(b));
      bar.append(b);
    };
    const show = (b, text) => {
      const same = !box.hidden && box.value === text;
      box.hidden = same;
      box.value = text;
      box.setAttribute("aria-label", b.textContent);
      for (const other of bar.children) {
        other.setAttribute("aria-expanded", String(other === b && !same));
        if (!["cite", "embed"].includes(other.dataset.does)) {
          other.removeAttribute("aria-expanded");
        }
      }
      if (!same) {
        box.focus();
        box.select();
      }
    };
    const file = f.dataset.file || f.dataset.figure;
    if (f.querySelector(".chart-table")) {
      add("csv", () => save(csv(f), file + ".csv"));
    }
    add("svg", () => save(svg(f), file + ".svg"));
    add("png", async () => save(await png(f), file + ".png"));
    add("cite", (b) => show(b, cite(f)));
    add("embed", (b) => show(b, embed(f)));
    const table = f.querySelector(".chart-table");
    (table || f.lastElementChild).after(bar, box);
  };

  for (const f of document.querySelectorAll("figure[data-figure]")) {
    tools(f);
  }

  // alone shows one chart: what stands beside it, and beside what it stands in,
  // is hidden.
  const alone = () => {
    const id = new URLSearchParams(location.hash.slice(1)).get("embed");
    const f = id && document.getElementById("fig-" + id);
    if (!f) {
      return;
    }
    document.documentElement.classList.add("embedded");
    for (let at = f; at !== document.body; at = at.parentElement) {
      for (const other of at.parentElement.children) {
        if (other !== at && !["SCRIPT", "LINK", "STYLE"].includes(other.tagName)) {
          other.hidden = true;
        }
      }
    }
    for (const a of document.querySelectorAll("a")) {
      a.setAttribute("target", "_blank"); // links within pictures have no property to set
      a.setAttribute("rel", "noopener");
    }
    const more = document.createElement("a");
    more.href = address(f);
    more.target = "_blank";
    more.rel = "noopener";
    more.textContent = document.title;
    f.querySelector(".chart-source").append(" ", more);
  };
  alone();
  addEventListener("hashchange", alone);
})();
