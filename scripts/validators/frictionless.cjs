// Validates a data package with the Frictionless Data library: the descriptor by
// its profile, every cell by its type and constraints, primary and foreign keys.
// Prints the number of rows of each table.
const { Package } = require("datapackage");
const path = require("path");

async function main(file) {
  const pkg = await Package.load(file, { basePath: path.dirname(file) });
  if (!pkg.valid) throw new Error(pkg.errors.map(String).join("\n"));
  for (const resource of pkg.resources) {
    if (!resource.valid) throw new Error(resource.name + ": " + resource.errors.map(String).join("\n"));
    const rows = await resource.read({ relations: true });
    console.log(resource.name, rows.length);
  }
}

main(process.argv[2]).catch((err) => {
  console.error(String(err), (err.errors || []).map(String).join("\n"));
  process.exit(1);
});
