// What every end-to-end test needs: the built site under a sub-path, one browser, and pages that tell on themselves.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const { SITE, SANDTABLE, BROWSER } = process.env;
assert(SITE && SANDTABLE && BROWSER, 'SITE, SANDTABLE and BROWSER have to be set: run ./dev test');

export const BASE = '/some/sub/path/';
const server = spawn(SANDTABLE, ['serve', SITE, '--port', '0', '--base', BASE], { stdio: ['ignore', 'pipe', 'ignore'] });
const [hello] = await once(server.stdout, 'data');
export const url = String(hello).match(/http:\S+/)[0];
export const origin = new URL(url).origin;

const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', ...quiet] });
after(async () => {
  await browser.close();
  server.kill();
});

/**
 * A browser profile of its own: storage is shared by its tabs and by nothing else. Without `worker` no service worker is
 * let in: what it answers would pass by the routes of a test.
 */
export async function profile(t, options = {}) {
  const { width = 1280, height = 800, dark, touch, state, worker } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: touch,
    storageState: state,
    serviceWorkers: worker ? 'allow' : 'block',
  });
  context.setDefaultTimeout(5000);
  t.after(() => context.close());
  return context;
}

/**
 * Opens a page of the course, as a new tab of `context` or in a profile of its own. When the test ends, anything in the
 * console, any failed request, any breach of the policy and any word to another origin fails it, unless it matches one
 * of `page.expected`. `init` runs before the page's own scripts; `before(page)` may route requests; `at` is another site.
 */
export async function visit(t, hash = '#/', options = {}) {
  const context = options.context ?? (await profile(t, options));
  const page = await context.newPage();
  const { at = url } = options;
  watch(t, page, new URL(at));
  page.expected.push(...(options.expected ?? []));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.addInitScript(sameSeeds);
  if (options.init) await page.addInitScript(options.init, options.arg);
  await options.before?.(page);
  await page.goto(at + hash);
  if (options.ready !== false) await ready(page);
  return page;
}

/**
 * Pieces are laid out from four random bytes. Every page draws the same ones in turn: by chance, one run in many had a
 * list that began in the very order that a test was about to make, and so with nothing to move.
 */
function sameSeeds() {
  const draw = crypto.getRandomValues.bind(crypto);
  let turn = 0;
  crypto.getRandomValues = (bytes) => {
    if (bytes.byteLength !== 4) return draw(bytes);
    turn += 1;
    bytes.set([turn * 37, turn * 101, turn * 173, turn * 211].map((byte) => byte % 256));
    return bytes;
  };
}

/** What Playwright itself says where it lets no worker in. */
const BLOCKED = 'console: Service Worker registration blocked by Playwright';

function watch(t, page, at) {
  const seen = [];
  page.expected = [];
  page.problems = () => seen.filter((one) => !page.expected.some((pattern) => pattern.test(one)));
  let open = true;
  const tell = (text) => open && text !== BLOCKED && seen.push(text);
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && tell(`console: ${message.text()}`));
  page.on('pageerror', (error) => tell(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    const error = request.failure()?.errorText;
    // A reload breaks off the icon of the page before it where that is still on its way: nobody misses it.
    if (error === 'net::ERR_ABORTED' && request.url().endsWith('/icon.svg')) return;
    tell(`failed: ${request.url()} ${error}`);
  });
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (['data:', 'blob:'].includes(to.protocol)) return;
    if (to.origin !== at.origin || !to.pathname.startsWith(at.pathname)) tell(`elsewhere: ${to}`);
  });
  t.after(async () => {
    open = false;
    await page.close();
    assert.deepEqual(page.problems(), []);
  });
}

/** The page has its heading and, on an exercise, its question. */
export async function ready(page) {
  await page.locator('main h1').waitFor();
  const isItem = /#\/week-\d+\/[a-z0-9-]+/.test(page.url());
  if (isItem) await page.locator('#primary').waitFor();
}

/** Goes to another place of the course without loading the page anew. */
export async function go(page, hash) {
  await page.evaluate((to) => { location.hash = to; }, hash);
}

/** Waits until `check` passes; it is called again and again, and its last error is the one that is told. */
export async function eventually(check, time = 5000) {
  const end = Date.now() + time;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((wake) => setTimeout(wake, 30));
  }
}

/** What the bar says: tone and words. */
export async function verdict(page) {
  const status = page.locator('.status');
  const text = (await status.innerText()).replace(/\s+/g, ' ').trim();
  return { tone: await status.getAttribute('data-tone'), text };
}

/** Waits for a verdict of this tone and gives its words. */
export async function judged(page, tone) {
  return eventually(async () => {
    const { tone: found, text } = await verdict(page);
    assert.equal(found, tone, text);
    return text;
  });
}

/** Waits until a screen reader is told something that matches. */
export async function said(page, pattern) {
  const region = page.locator('#app').getByRole('status');
  return eventually(async () => assert.match((await region.allInnerTexts()).join(' '), pattern));
}

export const keyOfRecord = (exercise) => `st1:level-4:${exercise}`;

/** The stored record of an exercise: attempts, oldest first, and the drafts by item. */
export async function record(page, exercise) {
  const text = await page.evaluate((key) => localStorage.getItem(key), keyOfRecord(exercise));
  const body = text ? JSON.parse(text).body : {};
  const attempts = Object.entries(body.attempts ?? {}).map(([id, attempt]) => ({ id, ...attempt }));
  return { text, attempts: attempts.sort((a, b) => a.at - b.at), drafts: body.drafts ?? {} };
}

/** What has the focus, as a short text. */
export async function focused(page) {
  return page.evaluate(() => {
    const { activeElement: at } = document;
    return at.id ? `#${at.id}` : `${at.tagName.toLowerCase()}: ${at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 60)}`;
  });
}

/** Waits until an element has the focus. */
export async function hasFocus(locator) {
  return eventually(async () => {
    const isFocused = await locator.evaluate((element) => element === document.activeElement);
    assert(isFocused, `expected the focus on ${locator}, it is on ${await focused(locator.page())}`);
  });
}
