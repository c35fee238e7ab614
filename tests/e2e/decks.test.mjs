// Exercises in a deck of reveal.js, as its own users build one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { exercises, keyOf, quizOf, sample } from './course.mjs';
import { eventually, origin, url, visit } from './harness.mjs';

const dist = new URL('node_modules/reveal.js/dist/', import.meta.url);
const types = { js: 'text/javascript', mjs: 'text/javascript', css: 'text/css' };
const deck = (slide) => `<!doctype html><meta charset="utf-8"><title>Deck</title><link rel="icon" href="data:,">
  <link rel="stylesheet" href="reveal/reveal.css"><script type="module" src="${url}embed.js"></script>
  <div class="reveal"><div class="slides"><section><h1>One</h1></section><section id="ours">${slide}</section><section><h1>Three</h1></section></div></div>
  <script type="module">import Reveal from './reveal/reveal.mjs'; window.Reveal = Reveal; await Reveal.initialize({ hash: true, width: 960, height: 900 });</script>`;
let slide = '';
const host = createServer((request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  const file = path.match(/^\/deck\/reveal\/([\w./-]+)$/)?.[1];
  if (file && !file.includes('..')) {
    response.setHeader('content-type', types[file.split('.').pop()] ?? 'application/octet-stream');
    return response.end(readFileSync(new URL(file, dist)));
  }
  response.setHeader('content-type', 'text/html');
  return response.end(deck(slide));
});
await new Promise((done) => host.listen(0, '127.0.0.1', done));
after(() => host.close());
const at = `http://127.0.0.1:${host.address().port}/deck/`;

const { one, match } = sample;
const element = (item, more = '') => `<sandtable-exercise exercise="${item.exercise}" item="${item.short}" ${more}></sandtable-exercise>`;
const show = (t, markup, hash, options = {}) => {
  slide = markup;
  return visit(t, hash, { at, ready: false, ...options, expected: [new RegExp(`^elsewhere: ${origin}/`)] });
};
const number = (page) => page.evaluate(() => Reveal.getIndices().h);
const living = (page) => page.locator('[part=exercise] #primary');

test('keys in an exercise do not turn the slide, and those of a presenter do', async (t) => {
  const page = await show(t, element(one), '#/1');
  await living(page).waitFor();
  await page.locator('[part=exercise] input').first().focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'Space', 'n', 'f', 'Home', 'End']) await page.keyboard.press(key);
  await living(page).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  assert.equal(await number(page), 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await eventually(async () => assert.equal(await number(page), 2));
  await page.keyboard.press('ArrowLeft');
  await living(page).focus();
  await page.keyboard.press('PageDown');
  await eventually(async () => assert.equal(await number(page), 2));
});

test('from a frame in a slide the presenter turns the page too', async (t) => {
  const page = await show(t, `<iframe src="${url}e/${one.exercise}/" width="900" height="800" title="Exercise"></iframe>`, '#/1');
  const primary = page.frameLocator('iframe').locator('#primary');
  await primary.focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await number(page), 1);
  await page.keyboard.press('PageDown');
  await eventually(async () => assert.equal(await number(page), 2));
});

for (const [width, height] of [[480, 450], [1600, 1500]]) {
  test(`a token goes where it is dropped on a screen of ${width} by ${height}`, async (t) => {
    const [prompt, token] = Object.entries(match.pairs)[0];
    const page = await show(t, element(match), '#/1', { width, height });
    await living(page).waitFor();
    const piece = page.locator('.tray .token', { hasText: match.label(token) }).first();
    const slot = page.locator(`[data-place="slot:${prompt}"]`);
    const boxes = async () => [await piece.boundingBox(), await slot.boundingBox()];
    // A slide does not scroll: what does not fit on it is brought onto the screen.
    let [from, to] = await boxes();
    const shift = Math.max(0, to.y + to.height - height / 2, from.y + from.height - height / 2);
    await page.evaluate((by) => { document.querySelector('.slides').style.marginTop = `${-by}px`; }, shift);
    [from, to] = await boxes();
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(...middle(from));
    await page.mouse.down();
    await page.mouse.move(...middle(to), { steps: 5 });
    await page.locator('.ghost').waitFor();
    await page.mouse.up();
    await slot.getByText(match.label(token)).waitFor();
    assert.equal(await number(page), 1);
  });
}

test('printed, a deck moves its slides, and the exercise is still there', async (t) => {
  const page = await show(t, element(one, 'loading="eager"'), '?view=print');
  await living(page).waitFor();
  await page.locator('.pdf-page').first().waitFor();
  const { items } = quizOf(one.exercise);
  assert(items.some(({ view }) => view.id === keyOf(one.exercise, one.short).id));
  assert(await page.locator('[part=exercise] .stem').isVisible());
});

const building = exercises.find(({ kind }) => kind === 'builder').id;
const builder = (more = '') => `<sandtable-exercise exercise="${building}" ${more}></sandtable-exercise>`;

/** A builder in a slide, with its drawing in it. */
async function board(page) {
  const root = page.locator('[part=exercise] .builder');
  await root.locator('#primary').waitFor();
  await root.locator('.stage [data-node-id]').first().waitFor({ state: 'attached' });
  return root;
}

test('keys of a builder do not turn the slide, and those of a presenter do', async (t) => {
  const page = await show(t, builder(), '#/1');
  const root = await board(page);
  await root.locator('.proxy:not([hidden])').focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'Space', 'n', 'f', 'Home', 'End', 'o', 'ArrowRight']) await page.keyboard.press(key);
  await root.getByRole('combobox', { name: 'What to break' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await number(page), 1);
  await page.keyboard.press('PageDown');
  await eventually(async () => assert.equal(await number(page), 2));
});

for (const [width, height] of [[640, 600], [1600, 1500]]) {
  test(`a part goes where it is dropped on a screen of ${width} by ${height}, from the palette and on the canvas`, async (t) => {
    const page = await show(t, builder(), '#/1', { width, height });
    const root = await board(page);
    const scale = await page.evaluate(() => Reveal.getScale());
    const stage = root.locator('.stage');
    // A slide does not scroll: the board is brought onto the screen.
    const { y } = await stage.boundingBox();
    await page.evaluate((by) => { document.querySelector('.slides').style.marginTop = `${-by}px`; }, Math.max(0, y - 40));
    const drag = async (from, to) => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(from[0] + 10, from[1] + 10);
      await page.mouse.move(...to, { steps: 6 });
      await page.mouse.up();
    };
    const region = await root.locator('[data-node-id="network-region"]').first().boundingBox();
    const to = [region.x + region.width * 0.8, region.y + region.height * 0.8];
    const kind = await root.locator('.kind', { hasText: 'Transit gateway' }).locator('.kind-name').boundingBox();
    await drag([kind.x + 5, kind.y + kind.height / 2], to);
    const hub = root.locator('.stage rect.kind-transit[data-node-id]');
    await eventually(async () => assert.equal(await hub.count(), 1));
    const dropped = await hub.boundingBox();
    const slack = 5 * scale;
    const [x, top] = to;
    assert(x > dropped.x - slack && x < dropped.x + dropped.width + slack && top > dropped.y - slack && top < dropped.y + dropped.height + slack, `${to} is not at ${JSON.stringify(dropped)}`);
    const from = [dropped.x + dropped.width / 2, dropped.y + dropped.height / 4];
    const by = [8 * scale, -10 * scale];
    await drag(from, [from[0] + by[0], from[1] + by[1]]);
    await eventually(async () => {
      const box = await hub.boundingBox();
      assert(Math.abs(box.x - dropped.x - by[0]) <= slack && Math.abs(box.y - dropped.y - by[1]) <= slack, `moved by ${box.x - dropped.x}, ${box.y - dropped.y} instead of ${by}`);
    });
    assert.equal(await number(page), 1);
  });
}

test('printed, a deck keeps its builder', async (t) => {
  const page = await show(t, builder('loading="eager"'), '?view=print');
  await board(page);
  await page.locator('.pdf-page').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  // The deck hides what is not its current slide from readers, not from paper.
  assert(await page.locator('.paper svg').isVisible());
});
