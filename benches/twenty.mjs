// A site with one quiz of twenty choices, `week-20/twenty-choices`: what the page's budgets are about. Ours have five
// questions, and the first of each is a match.
//
//   ./dev tool node benches/twenty.mjs APP SITE       APP is what Trunk wrote: the folder app beside the site of ./dev build
//   EXERCISE=week-20/twenty-choices ./dev tool node benches/page.mjs SITE
//
// Nothing is made up: it has the course's own choices, word for word, and from the first prompts of its matches what a
// choice would ask about them. No two questions are alike, so a page of them compresses no better than a real one.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const EXERCISE = 'week-20/twenty-choices';
const COUNT = 20;
const ours = fileURLToPath(new URL('../exercises', import.meta.url));

const HEAD = `kind: quiz
title: Twenty choices
purpose: To measure the page of a long quiz.
topic: w20-t1-choices
minutes: 40
items:
`;

const COURSE = `id: bench
title: Bench
weeks:
  - number: 20
    title: Advanced Networking
    topics:
      - id: w20-t1-choices
        title: Choices
        objectives:
          - {id: w20-t1-o1, text: "Choose."}
`;

/** Writes the site of that quiz into a folder. */
export function build(tool, app, site) {
  const folder = mkdtempSync(join(tmpdir(), 'sandtable-twenty-'));
  try {
    mkdirSync(join(folder, 'week-20-choices'));
    writeFileSync(join(folder, 'course.yaml'), COURSE);
    copyFileSync(join(ours, 'sources.yaml'), join(folder, 'sources.yaml'));
    writeFileSync(join(folder, 'week-20-choices', 'twenty-choices.yaml'), HEAD + choices().join(''));
    const run = (...args) => execFileSync(tool, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    run('check', folder, '--update-lock');
    run('build', folder, '--app', app, '--out', site);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The items as YAML. */
function choices() {
  const week = readdirSync(ours).find((name) => name.startsWith('week-20'));
  const files = readdirSync(join(ours, week)).map((name) => readFileSync(join(ours, week, name), 'utf8'));
  // An item is a mapping in a list of the file's own: it begins at the third column.
  const items = files.filter((text) => /^kind: quiz$/m.test(text)).flatMap((text) => text.split(/^(?=  - id: )/m).slice(1));
  const of = (kind) => items.filter((item) => item.includes(`\n    kind: ${kind}\n`));
  const own = of('choice');
  const all = [...own, ...of('match').map(asChoice)].slice(0, COUNT);
  assert.equal(all.length, COUNT, 'the course has too few items');
  return all.map((item) => item.replace(/^    objective: .*$/m, '    objective: w20-t1-o1'));
}

/** A match as the choice that its first prompt alone would be. */
function asChoice(item) {
  const [id, ...rest] = item.split(/^    (?=[a-z]+:)/m);
  const fields = Object.fromEntries(rest.map((text) => [text.slice(0, text.indexOf(':')), text]));
  const text = fields.prompts.match(/\btext: ("(?:[^"\\]|\\.)*"|.*)/)[1];
  const prompt = text.startsWith('"') ? JSON.parse(text) : text;
  const right = fields.pairs.match(/: (\S+)/)[1];
  fields.kind = 'kind: choice\n';
  fields.stem = `${fields.stem.trimEnd()}\n\n      Here: ${prompt}\n`;
  fields.options = fields.tokens.replace('tokens:', 'options:')
    .replace(`- id: ${right}\n`, `- id: ${right}\n        right: true\n`)
    .replace(`{id: ${right},`, `{id: ${right}, right: true,`);
  for (const name of ['prompts', 'tokens', 'pairs', 'wrong', 'reuse', 'score', 'allow']) delete fields[name];
  return id + Object.values(fields).map((field) => `    ${field}`).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [app, site] = process.argv.slice(2);
  assert(app && site, 'usage: node benches/twenty.mjs APP SITE');
  build(process.env.SANDTABLE ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'tool/sandtable'), app, site);
}
