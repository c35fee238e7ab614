// Single files as learners meet them: opened from a disk, without a server, in two engines, and in frames that have no
// origin.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { plain, sample } from './course.mjs';
import { eventually, keyOfRecord } from './harness.mjs';

const { APP, SANDTABLE, BROWSER, FIREFOX } = process.env;
const COURSE = fileURLToPath(new URL('../../exercises', import.meta.url));
const { one } = sample;
const builder = 'week-20/segmented-hub';

// A name with all that an address has to say otherwise.
const folder = mkdtempSync(join(tmpdir(), 'sandtable-'));
const stick = join(folder, 'usb stick ü#1 50%');
mkdirSync(stick);
const make = (what, name) => execFileSync(SANDTABLE, ['build', COURSE, '--app', APP, '--single', what, '--out', join(stick, name)], { stdio: 'pipe' });
make(one.exercise, 'exercise.html');
make('course', 'course.html');
const put = (name, html) => writeFileSync(join(stick, name), html);
const read = (name) => readFileSync(join(stick, name), 'utf8');
const quoted = (html) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const frame = (attribute) => `<!doctype html><iframe sandbox="allow-scripts" width="1000" height="700" ${attribute}></iframe>`;
put('moved.html', read('exercise.html'));
put('by-address.html', frame('src="exercise.html"'));
put('by-content.html', frame(`srcdoc="${quoted(read('exercise.html'))}"`));
put('builder-by-content.html', frame(`srcdoc="${quoted(read('course.html'))}"`));
put('damaged.html', read('exercise.html').replace(/(id="packed">\n.{900})(.)/s, (_, before, digit) => before + (digit === 'A' ? 'B' : 'A')));

const engines = {
  async Chromium() {
    const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    return { browser, shares: true, open: () => context.newPage(), before: (page, script) => page.addInitScript(script) };
  },
  async Firefox() {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      defaultViewport: { width: 1280, height: 800 },
      // Puppeteer lets files read each other; Firefox does not.
      extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
    });
    return { browser, open: () => browser.newPage(), before: (page, script) => page.evaluateOnNewDocument(script) };
  },
};

/** The element that a function finds in a frame. */
const element = (frame, find, arg) => eventually(async () => {
  const found = (await frame.evaluateHandle(find, arg)).asElement();
  assert(found, `nothing is there for ${JSON.stringify(arg)}`);
  return found;
});

/** A button, a link or an option with these words. */
const named = (frame, text) => element(frame, (text) =>
  [...document.querySelectorAll('button, a, .option')].find((one) => one.checkVisibility() && one.textContent.replace(/\s/g, '').includes(text)), text.replace(/\s/g, ''));

const press = async (frame, text) => (await named(frame, text)).click();

/** The primary button takes no two presses within 400 ms. */
async function primary(frame, text) {
  await new Promise((wake) => setTimeout(wake, 450));
  await press(frame, text);
}

const words = (frame, css) => frame.evaluate((css) => [...document.querySelectorAll(css)].map((one) => one.innerText).join(' ').replace(/\s+/g, ' ').trim(), css);
const says = (frame, css, pattern) => eventually(async () => assert.match(await words(frame, css), pattern), 15_000);

/** From the question that it opens at to another. */
async function to(frame, { address, place }) {
  await says(frame, 'main', /Question \d of 5/);
  await (await element(frame, (address) => document.querySelector(`.pips a[href="${address}"]`), address)).click();
  await says(frame, 'main', new RegExp(`Question ${place} of 5`));
}

/** Answers a question with a choice rightly at the second try. */
async function play(frame) {
  await to(frame, one);
  await press(frame, plain(one.label(one.wrong[0])));
  await primary(frame, 'Check');
  await says(frame, '.status', /Not yet\. 2 tries left/);
  await primary(frame, 'Try again');
  await press(frame, plain(one.label(one.right[0])));
  await primary(frame, 'Check');
  await says(frame, '.status', /Worth 67 %/);
}

for (const [name, start] of Object.entries(engines)) {
  const engine = await start();
  after(() => engine.browser.close());

  /** Opens a file. Whatever it asks for and whatever goes wrong fails the test. */
  const open = async (t, file) => {
    const page = await engine.open();
    const problems = [];
    const tell = (text) => problems.push(text);
    page.on('console', (message) => /^(error|warn)/.test(message.type()) && tell(message.text()));
    page.on('pageerror', (error) => tell(error.message));
    page.on('request', (request) => {
      // The file itself, and what lies in it: Firefox tells of that, too.
      const isFile = request.url().startsWith(pathToFileURL(stick).href) && request.isNavigationRequest();
      if (!isFile && !request.url().startsWith('data:')) tell(`asks for ${request.url()}`);
    });
    await engine.before(page, `addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));`);
    t.after(async () => {
      await page.close();
      assert.deepEqual(problems, []);
    });
    await page.goto(pathToFileURL(join(stick, file)).href);
    return page;
  };

  test(`${name}: an exercise opens at its question, is scored, and is there again after a reload`, async (t) => {
    const page = await open(t, 'exercise.html');
    await play(page);
    assert.match(page.url(), new RegExp(`exercise\\.html${one.address}$`));
    assert.equal(await words(page, '.saved'), 'Saved');
    await page.reload();
    await says(page, '.status', /Worth 67 %/);
    const kept = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)).body.attempts, keyOfRecord(one.exercise));
    assert.deepEqual(Object.values(kept).map(({ f }) => f).sort(), [0, 1]);
    await primary(page, 'Next');
    await says(page, 'main', new RegExp(`Question ${one.place + 1} of 5`));
    // The same file under another name.
    const moved = await open(t, 'moved.html');
    await to(moved, one);
    await says(moved, '.status', engine.shares ? /Worth 67 %/ : /0 of 1 chosen/);
  });

  test(`${name}: the course opens at its map; a builder in it works`, async (t) => {
    const page = await open(t, 'course.html');
    await says(page, 'main h1', /Level 4/);
    await press(page, 'Week 20: Advanced Networking');
    await press(page, 'Segmented hub');
    await press(page, 'Half built');
    await says(page, '.builder', /The case/);
    await primary(page, 'Check');
    await says(page, '.status', /5 of 8 rules hold/);
    assert.match(page.url(), new RegExp(`#/${builder}/half-built$`));
    await page.reload();
    await says(page, '.builder', /Half built, 0.%/);
    const kept = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)).body.attempts, keyOfRecord(builder));
    assert.equal(Object.values(kept).length, 1);
  });

  for (const file of ['by-address.html', 'by-content.html']) {
    test(`${name}: in a frame without an origin it says that nothing is saved, and offers it as text (${file})`, async (t) => {
      const page = await open(t, file);
      const frame = await eventually(async () => page.frames()[1] ?? assert.fail('no frame'));
      await play(frame);
      await says(frame, '.saved', /^Not saved$/);
      await says(frame, '.notice', /Your work is not saved here\. Save a file/);
      await press(frame, 'Save a file');
      await says(frame, 'dialog', /No files can be saved from here/);
      const text = await frame.evaluate(() => document.querySelector('dialog textarea').value);
      const { attempts } = JSON.parse(text).exercises[one.exercise];
      assert.deepEqual(Object.values(attempts).map(({ f }) => f).sort(), [0, 1]);
      await press(frame, 'Close');
      await says(frame, 'body', /^(?!.*No files can be saved)/);
      // By the app, by a link, and back.
      await primary(frame, 'Next');
      await says(frame, 'main', new RegExp(`Question ${one.place + 1} of 5`));
      await press(frame, 'Week 20');
      await says(frame, 'main', /1 of 5 done/);
      await frame.evaluate(() => history.back());
      await says(frame, 'main', new RegExp(`Question ${one.place + 1} of 5`));
      await frame.evaluate(() => history.back());
      await says(frame, '.status', /Worth 67 %/);
    });
  }

  test(`${name}: a builder in a frame without an origin goes from stage to stage`, async (t) => {
    const page = await open(t, 'builder-by-content.html');
    const frame = await eventually(async () => page.frames()[1] ?? assert.fail('no frame'));
    await press(frame, 'Week 20: Advanced Networking');
    await press(frame, 'Segmented hub');
    await press(frame, 'Half built');
    await primary(frame, 'Check');
    await says(frame, '.status', /5 of 8 rules hold/);
  });

  test(`${name}: a file that was damaged says so`, async (t) => {
    const page = await open(t, 'damaged.html');
    await says(page, '#fault', /^This file is damaged\. .* Copy it anew\.$/);
  });
}

after(() => rmSync(folder, { recursive: true }));
