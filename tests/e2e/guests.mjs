// Pages of somebody else's, on another origin, with an exercise in them.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after } from 'node:test';
import { origin, visit } from './harness.mjs';

const stand = {};
const reveal = new URL('node_modules/reveal.js/dist/', import.meta.url);
const types = { css: 'text/css', js: 'text/javascript', mjs: 'text/javascript' };
const host = createServer((request, response) => {
  const name = new URL(request.url, 'http://x').pathname.slice(1);
  const file = name.match(/^reveal\/([\w./-]+)$/)?.[1];
  response.setHeader('content-type', types[file?.split('.').pop()] ?? 'text/html');
  response.end(file && !file.includes('..') ? readFileSync(new URL(file, reveal)) : stand[name] ?? '');
});
await new Promise((done) => host.listen(0, '127.0.0.1', done));
after(() => host.close());
const at = `http://127.0.0.1:${host.address().port}/`;

/** Opens a page of these words; the one other origin that it may talk to is ours. */
export function guest(t, name, html, options = {}) {
  stand[name] = html;
  return visit(t, name, { at, ready: false, ...options, expected: [new RegExp(`^elsewhere: ${origin}/`)] });
}

const head = (title) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">`;

/** A page that an instructor might have, in the plainest look. */
export const plainPage = (title, body) => `${head(title)}
  <style>body { margin: 0; font: 16px/1.5 Georgia, serif; color: #222; background: #fff } header { background: #274; color: #fff; padding: 8px 24px }
    main { padding: 0 24px 24px; max-width: 760px } iframe { border: 1px solid #bbb }</style>
  <header>Cloud networking, spring term</header><main><h1>${title}</h1>${body}</main>`;

/** A deck of reveal.js with these slides. */
export const revealDeck = (slides) => `${head('Deck')}
  <link rel="stylesheet" href="reveal/reveal.css"><link rel="stylesheet" href="reveal/theme/white.css">
  <div class="reveal"><div class="slides">${slides}</div></div>
  <script type="module">import Reveal from './reveal/reveal.mjs'; window.Reveal = Reveal; await Reveal.initialize({ hash: true, width: 960, height: 900 });</script>`;
