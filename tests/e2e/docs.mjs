// What the pages in docs/ tell people to write: tests take it from there and run it, so that it stays true.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { url } from './harness.mjs';

const folder = new URL('../../docs/', import.meta.url);
/** What stands in the docs for the address of a site. */
const SITE = 'https://your.site/';

export const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
export const text = (page) => readFileSync(new URL(page, folder), 'utf8');

/** Every fenced block: the page, the heading that it stands under, its language and what it says. */
export const blocks = pages.flatMap((page) => {
  let heading;
  return [...text(page).matchAll(/^#+ (.+)$|^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, title, language, body]) => {
    heading = title ?? heading;
    return body === undefined ? [] : [{ page, heading, language, body }];
  });
});

/** The blocks under a heading, in a language, with the address of the site of the test. */
export function snippets(page, heading, language) {
  const found = blocks.filter((block) => block.page === page && block.heading === heading && block.language === language);
  return found.map(({ body }) => body.replaceAll(SITE, url));
}

/** The one block. */
export function snippet(...where) {
  const found = snippets(...where);
  assert.equal(found.length, 1, where.join(', '));
  return found[0];
}
