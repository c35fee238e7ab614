// Exercises in a deck of reveal.js, as its own users build one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { exercises, keyOf, quizOf, sample } from './course.mjs';
import { eventually, origin, url, visit } from './harness.mjs';
import { asked, embed } from './host.mjs';

const dist = new URL('node_modules/reveal.js/dist/', import.meta.url);
const types = { js: 'text/javascript', mjs: 'text/javascript', css: 'text/css' };
const deck = (slide) => `<!doctype html><meta charset="utf-8"><title>Deck</title><link rel="icon" href="data:,">
  <link rel="stylesheet" href="reveal/reveal.css"><script type="module" src="${url}embed.js"></script>
  <div class="reveal"><div class="slides"><section><h1>One</h1></section><section id="ours">${slide}</section><section><h1>Three</h1></section></div></div>
  <script type="module">import Reveal from './reveal/reveal.mjs'; import Notes from './reveal/plugin/notes.mjs'; window.Reveal = Reveal; await Reveal.initialize({ hash: true, width: 960, height: ${high}, plugins: [Notes] });</script>`;
let slide = '';
let high = 900;
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
  high = options.deck ?? 900;
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

test('a slide is laid out again once its exercise has its height', async (t) => {
  const page = await show(t, element(one), '#/0');
  await page.evaluate(() => Reveal.next());
  await living(page).waitFor();
  await eventually(async () => {
    const [top, high] = await page.locator('#ours').evaluate((slide) => [parseFloat(slide.style.top), slide.scrollHeight]);
    assert(Math.abs(top - Math.max(0, (900 - high) / 2)) <= 1, `a slide of ${high} px begins at ${top}`);
  });
});

test('from a frame in a slide the presenter turns the page too, from the moment in which it can be answered', async (t) => {
  const before = (page) => page.route('**/page.*.js', async (route) => { await new Promise((go) => setTimeout(go, 1500)); await route.continue(); });
  const page = await show(t, `<iframe src="${url}e/${one.exercise}/" width="900" height="800" title="Exercise"></iframe>`, '#/1', { before });
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

for (const [width, height] of [[480, 450], [800, 600]]) {
  test(`the bar stands below its question on a screen of ${width} by ${height}`, async (t) => {
    const page = await show(t, element(one), '#/1', { width, height });
    await living(page).waitFor();
    const { bottom, top } = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('sandtable-exercise');
      const box = (css) => [...shadowRoot.querySelectorAll(css)].at(-1).getBoundingClientRect();
      return { bottom: box('.option').bottom, top: box('.bar').top };
    });
    assert(top >= bottom, `the bar begins at ${top}, the last option ends at ${bottom}`);
  });
}

test('printed, a deck moves its slides, and the exercise is still there', async (t) => {
  const page = await show(t, element(one), '?view=print');
  await living(page).waitFor();
  await page.locator('.pdf-page').first().waitFor();
  const { items } = quizOf(one.exercise);
  assert(items.some(({ view }) => view.id === keyOf(one.exercise, one.short).id));
  assert(await page.locator('[part=exercise] .stem').isVisible());
});

for (const more of ['', 'mode="present"', 'fit class="r-stretch"', 'fit class="r-stretch" mode="present"']) for (const deck of [540, 900]) test(`printed, all of a question is on its slide of ${deck} px ${more}`, async (t) => {
  const page = await show(t, element(one, more), '?view=print', { deck });
  await page.locator('.pdf-page').first().waitFor();
  await page.locator(more.includes('present') ? '.presenting .stem' : '[part=exercise] .stem').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  await eventually(async () => {
    const [stem, sheet] = await Promise.all([page.locator('[part=exercise] .stem').boundingBox(), page.locator('.pdf-page', { has: page.locator('sandtable-exercise') }).boundingBox()]);
    assert(stem?.height > 20 && stem.y >= sheet.y && stem.y + stem.height <= sheet.y + sheet.height, JSON.stringify([stem, sheet]));
    // All of it, its last line too.
    const { top, bottom } = await page.locator('sandtable-exercise').evaluate((at) => {
      const boxes = [...at.shadowRoot.querySelectorAll('.question *, .shown *')].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect()).filter(({ height }) => height > 0);
      return { top: Math.min(...boxes.map(({ top }) => top)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)) };
    });
    assert(top >= sheet.y - 1 && bottom <= sheet.y + sheet.height + 1, `from ${top} to ${bottom} on a slide from ${sheet.y} to ${sheet.y + sheet.height}`);
  });
});

// What scrolls in a slide is the exercise. What lies around it stays where it is, down to the part of a pixel.
for (const [deck, more] of [[400, ''], [400, 'mode="present"'], [540, 'mode="present"'], [900, 'mode="present"']]) test(`a question scrolls in its place of ${deck} px, and Tab drags no slide ${more}`, async (t) => {
  const page = await show(t, element(one, `fit class="r-stretch" ${more}`), '#/1', { deck });
  await (more ? page.locator('.bar').getByRole('button', { name: 'Reveal' }) : living(page)).waitFor();
  await eventually(async () => {
    const high = await page.locator('sandtable-exercise').evaluate((at) => at.offsetHeight);
    assert(high > deck * 0.75 && high <= deck, `${high} high`);
  });
  const lies = () => page.evaluate(() => {
    const { shadowRoot } = document.querySelector('sandtable-exercise');
    const around = [...document.querySelectorAll('html, body, .reveal, .slides, section, sandtable-exercise')];
    const { top, bottom } = document.querySelector('sandtable-exercise').getBoundingClientRect();
    const focus = shadowRoot.activeElement?.getBoundingClientRect();
    return { dragged: around.map((one) => one.scrollTop).filter(Boolean), top: Math.round(top), hidden: focus ? focus.top < top - 1 || focus.top > bottom : false };
  });
  const { top } = await lies();
  for (let press = 0; press < 14; press += 1) {
    await page.keyboard.press('Tab');
    assert.deepEqual(await lies(), { dragged: [], top, hidden: false }, `after ${press + 1} presses`);
  }
});

test('presented in a frame of a slide, Tab drags the slide as little', async (t) => {
  const page = await show(t, `<iframe src="${url}e/${one.exercise}/present/" width="900" height="360" data-fixed title="Exercise"></iframe>`, '#/1', { deck: 400 });
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Reveal' }).waitFor();
  const lies = () => page.evaluate(() => [...document.querySelectorAll('html, body, .reveal, .slides, section')].map((one) => one.scrollTop).filter(Boolean));
  await page.locator('iframe').focus();
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press('Tab');
    assert.deepEqual(await lies(), [], `after ${press + 1} presses`);
  }
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

test('in a deck nothing is stored, and one click makes it fresh for the next class', async (t) => {
  const page = await show(t, element(one), '#/1');
  const input = (id) => page.locator(`[part=exercise] input[value="${id}"]`);
  const reset = page.getByRole('button', { name: 'Reset for the next class' });
  await living(page).waitFor();
  for (const id of one.right) await input(id).check();
  await living(page).click();
  await page.locator('.status[data-tone="right"]').waitFor();
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  await reset.click();
  await page.getByRole('button', { name: `Question ${one.place}, new` }).waitFor();
  assert.equal(await page.locator('[part=exercise] input:checked').count(), 0);
  await page.keyboard.press('Space');
  await page.locator('.status[data-tone="right"]').waitFor();
  assert.equal(await number(page), 1, 'Undo took the key, not the deck');
});

test('a deck is known by what it is made of, and a page is none', async (t) => {
  const decks = ['<div class="reveal"><div class="slides"><section>$</section></div></div>', '<div id="slide-content"><div class="slidev-layout">$</div></div>',
    '<div class="marpit"><section>$</section></div>', '<svg data-marpit-svg viewBox="0 0 960 1800"><foreignObject width="960" height="1800"><section>$</section></foreignObject></svg>',
    '<div id="impress"><div class="step">$</div></div>'];
  for (const around of [...decks, '<div class="slides"><section>$</section></div>', '<div class="reveal">$</div>']) {
    const page = await embed(t, around.replace('$', asked(one)), { width: 960, height: 1800 });
    await living(page).waitFor();
    await page.locator('[part=exercise] .option-row').first().click();
    await eventually(async () => assert.equal(await page.getByRole('button', { name: 'Reset for the next class' }).count(), decks.includes(around) ? 1 : 0, around));
  }
  const inside = await embed(t, `<div class="reveal"><div class="slides"><my-slide></my-slide></div></div><script>
    document.querySelector('my-slide').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(asked(one))};</script>`);
  await inside.locator('[part=exercise] .option-row').first().click();
  await inside.getByRole('button', { name: 'Reset for the next class' }).waitFor();
});

test('in the speaker view it is there to be read, and what is done is recorded once', async (t) => {
  const page = await show(t, `${element(one, 'store="auto"')}<script>window.told = 0; addEventListener('sandtable:graded', () => { told += 1; });</script>`, '#/1');
  await living(page).waitFor();
  const opened = page.waitForEvent('popup');
  await page.keyboard.press('s');
  const speaker = await opened;
  const frames = await eventually(async () => {
    const found = speaker.frames().filter((frame) => frame.url().includes('receiver'));
    assert.equal(found.length, 2);
    return found;
  });
  const current = frames.find((frame) => frame.url().includes('#/1')) ?? frames[0];
  await current.getByText('Speaker view: only to look at.').waitFor();
  assert(await current.locator('.stem').first().isVisible());
  assert.equal(await current.locator('[part=exercise] input:enabled').count(), 0);
  for (const id of one.right) await page.locator(`[part=exercise] input[value="${id}"]`).check();
  await living(page).click();
  await page.locator('.status[data-tone="right"]').waitFor();
  const stored = await page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('st1:')));
  assert.equal(stored.length, 1);
  for (const frame of frames) {
    assert.equal(await frame.locator('#primary').count(), 0);
    assert(!(await frame.evaluate('window.told')));
  }
  assert.equal(await page.evaluate('told'), 1);
});

test('by the address of the speaker view, in a frame of a deck on the same site too', async (t) => {
  const page = await show(t, element(one), '?receiver#/1');
  await page.getByText('Speaker view: only to look at.').waitFor();
  assert.equal(await living(page).count(), 0);
  // The word alone makes no deck of a page.
  const other = await embed(t, asked(one), { query: '?receiver' });
  await living(other).waitFor();
  const body = `<!doctype html><title>Deck</title><iframe src="${url}e/${one.exercise}/?store=auto" width="900" height="700"></iframe>`;
  const before = (page) => page.route('**/deck/?receiver', (route) => route.fulfill({ contentType: 'text/html', body }));
  const framed = await visit(t, 'deck/?receiver', { ready: false, before });
  const frame = framed.frameLocator('iframe');
  await frame.getByText('Speaker view: only to look at.').waitFor();
  assert.equal(await frame.locator('sandtable-exercise').locator('input:enabled, select:enabled').count(), 0);
});

test('presented in a deck, the arrows turn the slide, letters act, and nothing is stored', async (t) => {
  const page = await show(t, element(one, 'mode="present"'), '#/1', { width: 960, height: 540 });
  const button = (name) => page.locator('.bar').getByRole('button', { name, exact: true });
  await button('Reveal').focus();
  await page.keyboard.press('r');
  await button('Why').waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('heading', { name: 'Why' }).waitFor();
  assert.equal(await number(page), 1);
  await button('Reset for the next class').click();
  await button('Reveal').waitFor();
  await button('Reveal').focus();
  await page.keyboard.press('ArrowRight');
  await eventually(async () => assert.equal(await number(page), 2));
  await page.keyboard.press('ArrowLeft');
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
});

test('presented in a frame of a deck, the arrows turn the slide', async (t) => {
  const page = await show(t, `<iframe src="${url}e/${one.exercise}/present/" width="900" height="800" title="Exercise"></iframe>`, '#/1');
  const next = page.frameLocator('iframe').getByRole('button', { name: 'Next' });
  await next.focus();
  await page.keyboard.press('n');
  await page.frameLocator('iframe').locator('.shown .place', { hasText: 'Question 2 of' }).waitFor();
  assert.equal(await number(page), 1);
  await page.keyboard.press('ArrowRight');
  await eventually(async () => assert.equal(await number(page), 2));
});

test('in a slide a builder takes the room that it is given, and no more', async (t) => {
  const page = await show(t, builder('fit class="r-stretch"'), '#/1', { width: 700, height: 660, deck: 540 });
  const root = await board(page);
  const scale = await page.evaluate(() => Reveal.getScale());
  const box = await page.locator('sandtable-exercise').boundingBox();
  assert(Math.abs(box.height / scale - 540) < 1 && Math.abs(box.width / scale - 960) < 1, JSON.stringify(box));
  await root.getByRole('button', { name: 'Add Transit gateway' }).click();
  const region = await root.locator('[data-node-id="network-region"]').first().boundingBox();
  const at = [region.x + region.width * 0.8, region.y + region.height * 0.8];
  await page.mouse.move(...at);
  await page.mouse.click(...at);
  const hub = root.locator('.stage rect.kind-transit[data-node-id]');
  await eventually(async () => assert.equal(await hub.count(), 1));
  const placed = await hub.boundingBox();
  assert.deepEqual(await root.locator('[data-node-id="network-region"]').first().boundingBox(), region, 'nothing moves under the hand');
  assert(at[0] > placed.x - 2 && at[0] < placed.x + placed.width + 2 && at[1] > placed.y - 2 && at[1] < placed.y + placed.height + 2, `${at} is not at ${JSON.stringify(placed)}`);
  assert.equal(await number(page), 1);
});
