// What docs/ tells people to write, written: nothing stands there that does not work. Decks in Markdown are in slides.test.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { quizOf } from './course.mjs';
import { blocks, pages, snippet, snippets, text } from './docs.mjs';
import { guest, plainPage, revealDeck } from './guests.mjs';
import { eventually, url, visit } from './harness.mjs';

const { APP, SANDTABLE } = process.env;
const root = fileURLToPath(new URL('../../', import.meta.url));
const exercise = 'week-20/transit-gateway';
const script = `<script type="module" src="${url}embed.js"></script>`;
const living = (page) => page.locator('[part=exercise] #primary');

for (const [page, heading] of [['instructors.md', 'In a page'], ['embedding.md', 'As an element']]) {
  test(`${page}: ${heading}`, async (t) => {
    const all = snippets(page, heading, 'html');
    assert(all.length > 0);
    for (const markup of all) {
      const tab = await guest(t, 'page', plainPage('Page', markup + (markup.includes('<script') ? '' : script)));
      await living(tab).waitFor();
    }
  });
}

test('embedding.md: As a frame', async (t) => {
  const page = await guest(t, 'frame', plainPage('Page', snippet('embedding.md', 'As a frame', 'html')));
  await living(page.frameLocator('iframe')).waitFor();
});

/** Checks whatever stands there: enough for something to be kept. */
async function check(root) {
  await living(root).waitFor();
  await root.locator('[part=exercise] select').first().selectOption({ index: 1 });
  await living(root).click();
}

test('embedding.md: a page keeps what is done in an element', async (t) => {
  const kept = `<script>const mine = window.mine = new Map();${snippet('embedding.md', 'As an element', 'js')}</script>`;
  const page = await guest(t, 'kept', plainPage('Page', `${script}<sandtable-exercise exercise="${exercise}" store="host"></sandtable-exercise>${kept}`));
  await check(page);
  await eventually(async () => assert(await page.evaluate(() => mine.get('transit-gateway')?.length > 10)));
});

test('embedding.md: a page keeps what is done in a frame', async (t) => {
  const kept = `<script>const mine = window.mine = new Map(); const frame = document.querySelector('iframe');${snippet('embedding.md', 'As a frame', 'js')}</script>`;
  const page = await guest(t, 'kept-frame', plainPage('Page', `<iframe sandbox="allow-scripts" src="${url}e/${exercise}/?store=host" width="720" height="640" title="x"></iframe>${kept}`));
  await check(page.frameLocator('iframe'));
  await eventually(async () => assert(await page.evaluate((id) => mine.get(id)?.length > 10, exercise)));
});

test('instructors.md: In class', async (t) => {
  const page = await visit(t, snippet('instructors.md', 'In class', 'text').trim().slice(url.length), { ready: false });
  await page.getByRole('button', { name: 'Reveal' }).waitFor();
});

test('instructors.md: In reveal.js', async (t) => {
  const page = await guest(t, 'reveal', revealDeck(`<section><h1>One</h1></section>${snippet('instructors.md', 'In reveal.js', 'html')}`));
  await page.keyboard.press('ArrowRight');
  await living(page).waitFor();
});

test('instructors.md: In a learning platform', async (t) => {
  // As Canvas does it.
  const listens = `<script>addEventListener('message', ({ data }) => {
    if (data?.subject === 'lti.frameResize') document.querySelector('iframe').style.height = data.height + 'px';
  });</script>`;
  const page = await guest(t, 'platform', plainPage('Page', listens + snippet('instructors.md', 'In a learning platform', 'html')));
  const frame = page.frameLocator('iframe');
  await living(frame).waitFor();
  await eventually(async () => {
    const high = await page.locator('iframe').evaluate((element) => element.clientHeight);
    const inside = await frame.locator('body').evaluate((body) => body.scrollHeight);
    assert(Math.abs(high - inside) <= 2 && high > 700, `${high} high for ${inside}`);
  });
});

test('instructors.md: what the buttons give is what is shown', async (t) => {
  const page = await visit(t, `#/${exercise}`);
  await page.getByText('Use in a slide or page').click();
  for (const [button, where, heading] of [['As an element', 'instructors.md', 'In a page'], ['In reveal.js', 'instructors.md', 'In reveal.js']]) {
    await page.getByRole('button', { name: button }).click();
    assert.equal(await page.getByRole('textbox').inputValue(), snippet(where, heading, 'html'));
  }
});

test('instructors.md: On paper', async (t) => {
  const page = await visit(t, snippet('instructors.md', 'On paper', 'text').trim().slice(url.length), { ready: false });
  await living(page).waitFor();
  await page.emulateMedia({ media: 'print' });
  const { length } = quizOf(exercise).items;
  for (let place = 1; place <= length; place += 1) await page.getByText(`Question ${place} of ${length}`).filter({ visible: true }).waitFor();
  await page.getByRole('heading', { name: 'Key' }).waitFor();
});

/** What `./dev` knows: the first words of the lines that its help prints. */
const known = execFileSync('./dev', ['help'], { cwd: root, encoding: 'utf8' }).split('\n').map((line) => line.match(/^\.\/dev (\w+)/)?.[1]);
const commands = (...where) => snippet(...where).trim().split('\n').map((line) => line.replace(/\s*#.*/, '').match(/"[^"]*"|\S+/g).map((word) => word.replaceAll('"', '')));

for (const where of [['instructors.md', 'On a stick', 'sh'], ['single-file.md', 'Making one', 'text']]) {
  test(`${where[0]}: ${where[1]}`, (t) => {
    const out = mkdtempSync(join(tmpdir(), 'sandtable-docs-'));
    t.after(() => rmSync(out, { recursive: true }));
    for (const [dev, command, what, file = `${what.split('/').pop()}.html`] of commands(...where)) {
      assert.deepEqual([dev, command, known.includes(command)], ['./dev', 'single', true]);
      execFileSync(SANDTABLE, ['build', join(root, 'exercises'), '--app', APP, '--single', what, '--out', join(out, file)], { stdio: 'pipe' });
      assert(existsSync(join(out, file)));
    }
  });
}

test('instructors.md: On a host', () => {
  for (const [dev, command] of commands('instructors.md', 'On a host', 'sh')) assert.deepEqual([dev, known.includes(command)], ['./dev', true]);
});

test('every block of the docs is in a test', () => {
  const here = new URL('./', import.meta.url);
  const tests = readdirSync(here).filter((name) => name.endsWith('.mjs')).map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
  for (const { page, heading, language } of blocks) {
    assert(tests.includes(`['${page}', '${heading}'`) || tests.includes(`'${page}', '${heading}', '${language}'`), `${page}, ${heading}: ${language || 'no language'}`);
  }
});

test('every link of the docs leads somewhere', () => {
  const anchors = (page) => [...text(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'));
  for (const page of pages) {
    for (const [, to] of text(page).matchAll(/[^!]\[[^\]]*\]\(([^)]+)\)/g)) {
      const [file, anchor] = to.split('#');
      if (/^https?:/.test(to)) continue;
      assert(!file || existsSync(join(root, 'docs', file)), `${page}: ${to}`);
      if (anchor) assert(anchors(file || page).includes(anchor), `${page}: ${to}`);
    }
  }
});
