// Match: tokens to prompts by every hand, with the same verdict.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sample } from './course.mjs';
import { finger, keys, mouse, pick, piece, primary, tabTo } from './hands.mjs';
import { eventually, hasFocus, judged, record, said, visit } from './harness.mjs';

const item = sample.match;
const prompts = item.prompts.map((prompt) => prompt.id);
const [first, second] = prompts;
const slot = (page, prompt) => page.locator(`[data-place="slot:${prompt}"]`);
const target = (page, prompt, of = item) => page.getByRole('button', { name: `Place here: ${of.label(prompt)}`, exact: true });
const menu = (page, prompt, of = item) => page.getByLabel(`Token for ${of.label(prompt)}`, { exact: true });

/** Puts a token on a prompt, in the ways there are. */
const ways = {
  'mouse, dragging': { hand: mouse, put: (page, token, prompt) => mouse.drag(piece(page, item, token), slot(page, prompt)) },
  'mouse, click and click': {
    hand: mouse,
    async put(page, token, prompt) {
      await pick(page, mouse, piece(page, item, token));
      await mouse.press(target(page, prompt));
    },
  },
  'touch, dragging the grip': {
    hand: finger,
    options: { touch: true, width: 820, height: 1500 },
    put: (page, token, prompt) => finger.drag(piece(page, item, token), slot(page, prompt)),
  },
  'touch, tap and tap': {
    hand: finger,
    options: { touch: true, width: 820, height: 1180 },
    async put(page, token, prompt) {
      await pick(page, finger, piece(page, item, token));
      await finger.press(target(page, prompt));
    },
  },
  'keyboard, Space and arrows': {
    hand: keys,
    async put(page, token, prompt) {
      await pick(page, keys, piece(page, item, token), { key: 'Space' });
      const goal = target(page, prompt);
      for (let step = 0; !(await goal.evaluate((button) => button === document.activeElement)); step += 1) {
        assert(step < 10, 'the arrows do not reach the target');
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Space');
    },
  },
  'keyboard, Enter and Tab': {
    hand: keys,
    async put(page, token, prompt) {
      await pick(page, keys, piece(page, item, token));
      await keys.press(target(page, prompt));
    },
  },
  'menus alone': { hand: mouse, put: (page, token, prompt) => menu(page, prompt).selectOption({ value: token }) },
  'menus alone, on a phone': {
    hand: finger,
    options: { touch: true, width: 390, height: 844 },
    put: (page, token, prompt) => menu(page, prompt).selectOption({ value: token }),
  },
};

const verdicts = new Map();

for (const [name, { hand, put, options }] of Object.entries(ways)) {
  test(`match by ${name}`, async (t) => {
    const page = await visit(t, item.address, { height: 1500, ...options });
    const isOn = (prompt, token) => eventually(async () => assert.equal(await menu(page, prompt).inputValue(), token));
    const swapped = { ...item.pairs, [first]: item.pairs[second], [second]: item.pairs[first] };
    for (const prompt of prompts) {
      await put(page, swapped[prompt], prompt);
      await isOn(prompt, swapped[prompt]);
    }
    await primary(page, hand, 'Check');
    const partial = await judged(page, 'partial');
    await primary(page, hand, 'Try again');
    // From one prompt to another: what lay there gives way.
    await put(page, item.pairs[first], first);
    await isOn(first, item.pairs[first]);
    await isOn(second, '');
    await put(page, item.pairs[second], second);
    await isOn(second, item.pairs[second]);
    await primary(page, hand, 'Check');
    const right = await judged(page, 'right');
    const { attempts } = await record(page, item.exercise);
    assert.deepEqual(attempts.map(({ f, answer }) => [f, answer]), [
      [Number(((prompts.length - 2) / prompts.length).toFixed(6)), { match: swapped }],
      [1, { match: item.pairs }],
    ]);
    const words = [partial, right];
    if (verdicts.size === 0) verdicts.set('words', words);
    assert.deepEqual(words, verdicts.get('words'), 'the same words for every hand');
  });
}

test('a placed token keeps the focus and is said; Escape puts back, Delete clears', async (t) => {
  const page = await visit(t, item.address);
  const token = piece(page, item, item.pairs[first]);
  await pick(page, keys, token, { key: 'Space' });
  await said(page, /picked up/);
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await token.getAttribute('aria-pressed'), 'false'));
  assert.equal(await page.locator('.place-here').count(), 0);
  await hasFocus(token);
  await ways['keyboard, Enter and Tab'].put(page, item.pairs[first], first);
  await hasFocus(slot(page, first).locator('.token'));
  await said(page, new RegExp(`${item.label(item.pairs[first]).slice(0, 20)}.* matched to`));
  await page.keyboard.press('Delete');
  await eventually(async () => assert.equal(await menu(page, first).inputValue(), ''));
  await eventually(async () => {
    const isLost = await page.evaluate(() => document.activeElement === document.body);
    assert(!isLost, 'the focus is not lost with the token that was cleared');
  }, 1000);
});

test('a token goes back: dragged to the tray, by its button, by the menu', async (t) => {
  const page = await visit(t, item.address, { height: 1500 });
  const token = item.pairs[first];
  const isEmpty = () => eventually(async () => assert.equal(await menu(page, first).inputValue(), ''));
  const put = async () => {
    await menu(page, first).selectOption({ value: token });
    await slot(page, first).locator('.token').waitFor();
  };
  await put();
  await mouse.drag(piece(page, item, token), page.locator('[data-place="tray"]'));
  await isEmpty();
  await put();
  await pick(page, mouse, piece(page, item, token));
  await mouse.press(page.getByRole('button', { name: 'Put back' }));
  await isEmpty();
  await put();
  await menu(page, first).selectOption({ value: '' });
  await isEmpty();
  assert.equal(await piece(page, item, token).count(), 1);
});

test('a drag that is broken off changes nothing', async (t) => {
  const page = await visit(t, item.address, { height: 1500 });
  const token = piece(page, item, item.pairs[first]);
  const from = await token.boundingBox();
  const to = await slot(page, first).boundingBox();
  const dragOver = async () => {
    await page.mouse.move(from.x + 60, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 30, to.y + 20, { steps: 3 });
    await eventually(async () => assert.equal(await slot(page, first).getAttribute('data-target'), ''));
  };
  await dragOver();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  assert.equal(await menu(page, first).inputValue(), '', 'Escape during a drag');
  await dragOver();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  assert.equal(await menu(page, first).inputValue(), '', 'let go beside every target');
  await page.mouse.move(from.x + 60, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 63, from.y + 20);
  await page.mouse.up();
  await eventually(async () => assert.equal(await token.getAttribute('aria-pressed'), 'true', 'less than 4 px is a click'));
});

test('a second finger breaks a drag off', async (t) => {
  const page = await visit(t, item.address, { touch: true, width: 820, height: 1500 });
  const session = await page.context().newCDPSession(page);
  const send = (type, ...points) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const grip = await piece(page, item, item.pairs[first]).locator('.grip').boundingBox();
  const other = await piece(page, item, item.pairs[second]).locator('.grip').boundingBox();
  const to = await slot(page, first).boundingBox();
  const start = [grip.x + 20, grip.y + 20];
  const end = [to.x + 30, to.y + 20];
  await send('touchStart', start);
  await send('touchMove', end);
  await eventually(async () => assert.equal(await slot(page, first).getAttribute('data-target'), ''));
  await send('touchStart', end, [other.x + 20, other.y + 20]);
  await send('touchEnd');
  assert.equal(await menu(page, first).inputValue(), '');
  assert.equal(await page.locator('[data-target]').count(), 0);
});

test('one finger beside the grip scrolls the page and moves nothing', async (t) => {
  const page = await visit(t, item.address, { touch: true, width: 820, height: 700 });
  const token = piece(page, item, item.pairs[first]);
  await token.scrollIntoViewIfNeeded();
  const box = await token.boundingBox();
  const before = await page.evaluate(() => scrollY);
  const session = await page.context().newCDPSession(page);
  const send = (type, y) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: box.x + box.width - 30, y }] });
  await send('touchStart', box.y + 20);
  for (const by of [20, 60, 120, 200]) await send('touchMove', box.y + 20 - by);
  await send('touchEnd');
  await eventually(async () => assert.notEqual(await page.evaluate(() => scrollY), before));
  assert.equal(await token.getAttribute('aria-pressed'), 'false');
});

test('a token that may serve twice stays in the tray', async (t) => {
  const of = sample.reuse;
  const page = await visit(t, of.address, { height: 1700 });
  const twice = Object.values(of.pairs).find((token, at, all) => all.indexOf(token) !== at);
  const served = Object.keys(of.pairs).filter((prompt) => of.pairs[prompt] === twice);
  const inTray = page.locator('[data-place="tray"] .token').filter({ hasText: of.label(twice) });
  for (const prompt of served) {
    await pick(page, mouse, inTray);
    await mouse.press(target(page, prompt, of));
    await eventually(async () => assert.equal(await menu(page, prompt, of).inputValue(), twice));
  }
  for (const [prompt, token] of Object.entries(of.pairs)) await menu(page, prompt, of).selectOption({ value: token });
  await primary(page, mouse, 'Check');
  await judged(page, 'right');
});

test('before its time the list of a menu gives nothing away', async (t) => {
  const page = await visit(t, item.address);
  const lists = await page.locator('.slot-select').evaluateAll((all) => all.map((one) => [...one.options].map((o) => o.value).join()));
  assert.equal(new Set(lists).size, 1, 'every menu has the same order');
  await tabTo(menu(page, first));
});
