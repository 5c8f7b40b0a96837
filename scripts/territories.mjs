// Writes claim/data/territories.tsv: the names of countries in the languages
// that `mizan read` reads, from the Unicode CLDR (Unicode licence v3).
//
//   npm install --no-save cldr-localenames-full@48.2.0 cldr-core@48.2.0
//   node scripts/territories.mjs > claim/data/territories.tsv
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "anywhere.js"));
const codes = require("cldr-core/supplemental/codeMappings.json").supplemental.codeMappings;
const columns = { en: ["en"], ar: ["ar"], ru: ["ru"], zh: ["zh", "zh-Hant"] };

function names(locale) {
  const all = require(`cldr-localenames-full/main/${locale}/territories.json`);
  return all.main[locale].localeDisplayNames.territories;
}

const rows = [];
for (const [code, { _alpha3 }] of Object.entries(codes)) {
  if (!/^[A-Z]{2}$/.test(code) || !/^[A-Z]{3}$/.test(_alpha3 ?? "")) continue;
  if (["EU", "EZ", "UN", "QO", "XA", "XB"].includes(code)) continue; // no countries
  const row = [code === "XK" ? "XKX" : _alpha3];
  for (const locales of Object.values(columns)) {
    const found = new Set();
    for (const locale of locales) {
      for (const [key, name] of Object.entries(names(locale))) {
        if (key === code || key.startsWith(code + "-alt-")) found.add(name);
      }
    }
    row.push([...found].join("|"));
  }
  if (row[1] !== "") rows.push(row.join("\t"));
}
rows.sort();
console.log(["# Unicode CLDR 48.2, Unicode licence v3; made by scripts/territories.mjs", ["code", ...Object.keys(columns)].join("\t"), ...rows].join("\n"));
