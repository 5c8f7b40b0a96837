// Reads a table of a folder by its CSV on the Web metadata with rdf-parser-csvw, for
// every table, and prints the number of values of each datatype.
const fs = require("fs");
const path = require("path");

// What of the W3C's context the metadata uses, for the jsonld library does not reach
// the network here.
const context = {
  "@vocab": "http://www.w3.org/ns/csvw#",
  url: { "@id": "csvw:url", "@type": "@id" },
  csvw: "http://www.w3.org/ns/csvw#",
  dc: "http://purl.org/dc/terms/",
  columns: { "@id": "csvw:column", "@container": "@list" },
  titles: { "@id": "csvw:title" },
  datatype: { "@id": "csvw:datatype", "@type": "@vocab" },
  string: "http://www.w3.org/2001/XMLSchema#string",
  integer: "http://www.w3.org/2001/XMLSchema#integer",
  double: "http://www.w3.org/2001/XMLSchema#double",
};

async function main(folder) {
  const { default: CsvwParser } = await import("rdf-parser-csvw");
  const jsonld = require("jsonld");
  const { Store, Parser } = require("n3");
  const metadata = JSON.parse(fs.readFileSync(path.join(folder, "csv-metadata.json")));
  for (const table of metadata.tables) {
    const nquads = await jsonld.toRDF({ "@context": context, ...table, "@type": "csvw:Table" }, { format: "application/n-quads", base: "http://example.org/" });
    const store = new Store(new Parser({ format: "N-Quads" }).parse(nquads));
    const parser = new CsvwParser({ metadata: store, baseIRI: "http://example.org/" + table.url });
    const count = {};
    const out = parser.import(fs.createReadStream(path.join(folder, table.url)));
    out.on("data", (q) => {
      if (q.object.termType !== "Literal") return;
      const type = String(q.object.datatype.value.value || q.object.datatype.value).split("#")[1];
      count[type] = (count[type] || 0) + 1;
    });
    await new Promise((resolve, reject) => out.on("end", resolve).on("error", reject));
    console.log(table["dc:title"], Object.entries(count).sort().map(([t, n]) => t + "=" + n).join(" "));
  }
}

main(process.argv[2]).catch((err) => {
  console.error(err);
  process.exit(1);
});
