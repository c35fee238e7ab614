// The pictures in docs/: made from the built site in the real browser, so that they show what there is. They are compared by
// their size; `./dev pictures` makes them anew.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { pages, text } from './docs.mjs';
import { names, take } from './pictures.mjs';

const folder = new URL('../../docs/pictures/', import.meta.url);
mkdirSync(folder, { recursive: true });
const MOST = 40_000;

/** Width and height of a WebP of the extended sort, which is what the browser writes. */
function size(bytes) {
  assert.equal(bytes.toString('latin1', 8, 16), 'WEBPVP8X');
  return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
}

for (const name of names) {
  test(`picture: ${name}`, async (t) => {
    const made = await take(t, name);
    assert(made.length <= MOST, `${made.length} bytes`);
    const file = new URL(`${name}.webp`, folder);
    if (process.env.PICTURES === 'make') writeFileSync(file, made);
    assert.deepEqual(size(readFileSync(file)), size(made), 'run ./dev pictures');
  });
}

test('the docs name every picture, with words for who does not see it, and no other', () => {
  const named = pages.flatMap((page) => [...text(page).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, says, file]) => {
    assert(says.length > 20, `${page}: "${says}" does not say what ${file} shows`);
    return file;
  }));
  assert.deepEqual(named.sort(), names.map((name) => `pictures/${name}.webp`).sort());
  assert.deepEqual(readdirSync(folder).sort(), names.map((name) => `${name}.webp`).sort());
});
