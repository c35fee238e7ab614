// One built site, unchanged, on other people's hosts: what they send, and that it runs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { exercises, sample } from './course.mjs';
import { eventually, profile, visit } from './harness.mjs';
import { host, names } from './hosts.mjs';

const { SITE } = process.env;
const page = readFileSync(join(SITE, 'index.html'), 'utf8');
const policy = page.match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)"/)[1];
const named = (start, end) => {
  const found = readdirSync(SITE).filter((file) => file.startsWith(start) && file.endsWith(end));
  assert.equal(found.length, 1, `${start}*${end}`);
  return found[0];
};

const script = /^(text|application)\/javascript/;
const files = [
  { path: '', file: 'index.html', type: /^text\/html/ },
  { path: named('boot.', '.js'), type: script, kept: true },
  { path: named('app.', '.js'), type: script, kept: true },
  { path: named('app_bg.', '.wasm'), type: /^application\/wasm$/, kept: true },
  { path: named('sandtable.', '.css'), type: /^text\/css/, kept: true },
  { path: 'sw.js', type: script },
  { path: 'manifest.json', type: /^application\/json/ },
  { path: 'icon.svg', type: /^image\/svg\+xml/ },
  // What stands in pages of others: the script keeps its name, what it loads does not.
  { path: 'embed.js', type: script },
  { path: named('quiz.', '.js'), type: script, kept: true },
  { path: named('quiz_bg.', '.wasm'), type: /^application\/wasm$/, kept: true },
  ...['embed.', 'builder.', 'drawing.'].map((name) => ({ path: named(name, '.css'), type: /^text\/css/, kept: true })),
  { path: named('builder.', '.js'), type: script, kept: true },
  { path: named('builder_bg.', '.wasm'), type: /^application\/wasm$/, kept: true },
  ...exercises.map(({ id }) => ({ path: `e/${id}/`, file: `e/${id}/index.html`, type: /^text\/html/ })),
  { path: `e/${sample.one.exercise}/key.html`, type: /^text\/html/ },
  { path: 'data/course.json', type: /^application\/json/ },
  { path: `data/${exercises[0].file}`, type: /^application\/json/, kept: true },
];

const forever = 'public, max-age=31536000, immutable';

/** An answer as it comes over the wire. */
const ask = (address, headers = {}) => new Promise((done, failed) => {
  request(address, { headers }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
  }).on('error', failed).end();
});

const decoders = { br: brotliDecompressSync, gzip: gunzipSync };

/** `bare` is a host that sends files and nothing else. */
async function sends(at, { bare }) {
  for (const { path, file = path, type, kept } of files) {
    const content = readFileSync(join(SITE, file));
    for (const [accept, encoding] of [['identity'], ['gzip', 'gzip'], ['gzip, deflate, br, zstd', 'br']]) {
      const { status, headers, body } = await ask(at + path, { 'Accept-Encoding': accept });
      const what = `${path || 'the page'} for ${accept}`;
      assert.equal(status, 200, what);
      assert.match(headers['content-type'], type, what);
      if (bare) {
        assert.deepEqual(body, content, what);
        continue;
      }
      assert.equal(headers['cache-control'], kept ? forever : 'no-cache', what);
      assert.equal(headers['content-encoding'], encoding, what);
      // Not compressed anew on the way: these are the bytes that the build wrote.
      const sent = encoding ? readFileSync(join(SITE, `${file}.${encoding === 'br' ? 'br' : 'gz'}`)) : content;
      assert.deepEqual(body, sent, what);
      assert.deepEqual(encoding ? decoders[encoding](body) : body, content, what);
      assert.match(headers.vary ?? '', /accept-encoding/i, what);
      assert.equal(headers['content-security-policy'], policy, what);
      assert.equal(headers['access-control-allow-origin'], '*', what);
      assert.equal(headers['x-content-type-options'], 'nosniff', what);
    }
  }
  const gone = await ask(`${at}app.0123456789.js`);
  assert.equal(gone.status, 404);
  if (bare) return;
  assert.equal(gone.headers['cache-control'], 'no-cache', 'what is not there may be there tomorrow');
  for (const hidden of ['.sandtable-site', '.nojekyll']) assert.equal((await ask(at + hidden)).status, 404, hidden);
  const { headers: { etag } } = await ask(at);
  const again = await ask(at, { 'If-None-Match': etag });
  assert.deepEqual([again.status, again.body.length], [304, 0], 'what has not changed is not sent again');
}

/** A page of another origin with an exercise in it. */
let guest = '';
const other = createServer((request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><meta charset="utf-8"><title>Guest</title><link rel="icon" href="data:,">${guest}`);
});
await new Promise((done) => other.listen(0, '127.0.0.1', done));
after(() => other.close());

const element = (at) => `<script type="module" src="${at}embed.js"></script>
  <sandtable-exercise exercise="${sample.one.exercise}" item="${sample.one.short}"><p>In the handout.</p></sandtable-exercise>`;
const frame = (at, more) => `<iframe src="${at}e/${sample.one.exercise}/" width="900" height="900" title="Exercise" ${more}></iframe>`;

/** Opens it. A host is another origin by its port. */
function open(t, at, markup, expected = []) {
  guest = markup;
  return visit(t, '', { at: `http://127.0.0.1:${other.address().port}/`, ready: false, expected: [new RegExp(`^elsewhere: ${at}`), ...expected] });
}

/** The first question of the exercise, answered in an element or a frame: `root` is where it stands. */
async function answered(page, root) {
  await root.locator('[part=exercise] #primary').waitFor();
  await root.locator('[part=exercise]').locator('input, select').first().focus();
  await page.keyboard.press('ArrowDown');
  await root.locator('[part=exercise] #primary').click();
  await eventually(async () => assert.notEqual(await root.locator('[part=exercise] .status').getAttribute('data-tone'), 'plain'));
}

for (const name of names) {
  for (const base of ['/', '/some/sub/path/']) {
    test(`${name} at ${base}`, async (t) => {
      const at = await host(t, name, base);
      await sends(at, { bare: name === 'python' });
      // Without its last slash an address leads to the one with it: what a page names is relative.
      for (const folder of [`${at}e/${sample.one.exercise}/`, ...(base === '/' ? [] : [at])]) {
        const { status, headers } = await ask(folder.slice(0, -1));
        assert([301, 302, 307, 308].includes(status), `${status}`);
        assert.equal(new URL(headers.location, folder).href, folder);
      }
      const tab = await visit(t, sample.one.address, { at, context: await profile(t, { worker: true }) });
      assert.match(await tab.title(), /Sandtable/);
      // It is kept for later: the worker found every file as the build wrote it.
      await eventually(async () => assert(await tab.evaluate(() => !!navigator.serviceWorker.controller)), 10000);
    });

    // A host that lets nobody else in says so in the browser's console, and the guest keeps what it wrote itself.
    const closed = name === 'python';
    const refused = closed ? [/CORS policy/, /net::ERR_FAILED/] : [];

    test(`${name} at ${base}: an element in a page of another origin`, async (t) => {
      const at = await host(t, name, base);
      const page = await open(t, at, element(at), refused);
      if (closed) {
        await page.waitForLoadState('networkidle');
        assert(await page.getByText('In the handout.').isVisible());
        return;
      }
      await answered(page, page.locator('sandtable-exercise'));
    });

    test(`${name} at ${base}: a frame, and one without an origin`, async (t) => {
      const at = await host(t, name, base);
      const plain = await open(t, at, frame(at, ''));
      await answered(plain, plain.frameLocator('iframe'));
      const page = await open(t, at, frame(at, 'sandbox="allow-scripts"'), refused);
      const inside = page.frameLocator('iframe');
      if (!closed) return answered(page, inside);
      // Nothing of ours may run there. What is to be read is read all the same.
      await inside.locator('.stem').first().waitFor();
    });
  }
}
