// The night run's peer: docxtemplater as its documentation shows it, YAML read by js-yaml.
// node peer_docxtemplater.js NODE_MODULES CASES OUT TEMPLATE
const fs = require("fs");
const path = require("path");
const [modules, cases, out, template] = process.argv.slice(2);
const from = (name) => require(path.resolve(modules, name));
const PizZip = from("pizzip");
const Docxtemplater = from("docxtemplater");
const yaml = from("js-yaml");

fs.mkdirSync(out);
for (const name of fs.readdirSync(cases).sort()) {
  const answers = yaml.load(fs.readFileSync(path.join(cases, name), "utf8"));
  const zip = new PizZip(fs.readFileSync(template, "binary"));
  const doc = new Docxtemplater(zip, { paragraphLoop: true, linebreaks: true });
  doc.render(answers);
  fs.writeFileSync(path.join(out, name.replace(/\.yaml$/, ".docx")), doc.toBuffer());
}
