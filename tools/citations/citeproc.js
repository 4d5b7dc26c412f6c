// Asks citeproc-js, the processor most reference managers use. stdin: {locales: {tag: xml}, jobs: [{style, language,
// items}]}; stdout: for each job a list of entries in HTML. The first argument is the folder of npm's "citeproc".
"use strict";

const { Engine } = require(process.argv[2]);
const { locales, jobs } = JSON.parse(require("fs").readFileSync(0, "utf8"));

function entries({ style, language, items }) {
  const known = new Map(items.map((item) => [item.id, item]));
  const system = {
    retrieveLocale: (tag) => locales[tag] || locales["en-US"],
    retrieveItem: (id) => known.get(id),
  };
  const engine = new Engine(system, style, language, true);
  return items.map((item) => {
    engine.updateItems([item.id]);
    return engine.makeBibliography()[1].join("");
  });
}

process.stdout.write(JSON.stringify(jobs.map(entries)));
