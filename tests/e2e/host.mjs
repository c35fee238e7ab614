// A page of another origin, into which tests put exercises.
import { createServer } from 'node:http';
import { after } from 'node:test';
import { origin, url, visit } from './harness.mjs';

let body = '';
let policy = '';
const host = createServer((request, response) => {
  if (request.url.split('?')[0] !== '/host/') return response.writeHead(404).end();
  response.setHeader('content-type', 'text/html');
  if (policy) response.setHeader('content-security-policy', policy);
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">${body}`);
});
await new Promise((done) => host.listen(0, '127.0.0.1', done));
after(() => host.close());

/** Where that page is. */
export const at = `http://127.0.0.1:${host.address().port}/host/`;

const script = `<script type="module" src="${url}embed.js"></script>`;

/** An exercise as an element. */
export const element = (exercise, more = '') => `<sandtable-exercise exercise="${exercise}" ${more}></sandtable-exercise>`;

/** The same with the question of an item. */
export const asked = (item, more = '') => element(item.exercise, `item="${item.short}" ${more}`);

/** Opens the page with some markup in it, under a `policy` if there is one; the one other origin that it may talk to is ours. */
export async function embed(t, markup, options = {}) {
  const { query = '' } = options;
  body = script + markup;
  policy = options.policy ?? '';
  const page = await visit(t, query, { at, ready: false, ...options, expected: [new RegExp(`^elsewhere: ${origin}/`), ...(options.expected ?? [])] });
  page.requests = [];
  return page;
}

/** The primary button of a living question. */
export const living = (page) => page.locator('sandtable-exercise [part=exercise] #primary');

/** An option of it. */
export const input = (page, item, id) => page.locator(`[part=exercise] input[value="${id}"][name="${item.id}"]`);
