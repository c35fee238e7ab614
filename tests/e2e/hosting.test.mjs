// One built site, unchanged, on other people's hosts: what they send, and that it runs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
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

for (const name of names) {
  for (const base of ['/', '/some/sub/path/']) {
    test(`${name} at ${base}`, async (t) => {
      const at = await host(t, name, base);
      await sends(at, { bare: name === 'python' });
      if (base !== '/') {
        const { status, headers } = await ask(at.slice(0, -1));
        assert([301, 302, 307, 308].includes(status), `${status}`);
        assert.equal(new URL(headers.location, at).href, at, 'without its last slash the address leads to the site');
      }
      const tab = await visit(t, sample.one.address, { at, context: await profile(t, { worker: true }) });
      assert.match(await tab.title(), /Sandtable/);
      // It is kept for later: the worker found every file as the build wrote it.
      await eventually(async () => assert(await tab.evaluate(() => !!navigator.serviceWorker.controller)), 10000);
    });
  }
}
