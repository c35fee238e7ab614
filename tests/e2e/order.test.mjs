// Order, with a tray and without, by every hand, with the same verdict.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sample, serveQuiz, withoutTray } from './course.mjs';
import { finger, keys, mouse, pick, piece, primary, tabTo } from './hands.mjs';
import { eventually, hasFocus, judged, record, said, visit } from './harness.mjs';

const tall = { height: 1800 };
const tablet = { touch: true, width: 820, height: 1800 };
const phone = { touch: true, width: 390, height: 844 };
const plainOrder = withoutTray();
const boards = {
  'with a tray': { item: sample.tray },
  'without a tray': { item: plainOrder.item, before: serveQuiz(plainOrder.quiz) },
};

/** The list as it stands, by ids. */
async function listed(page, item) {
  const rows = await page.locator('[data-place^="row:"] .token').allInnerTexts();
  return rows.map((row) => item.blocks.find((block) => row.replace(/^\d+\.\s*/, '').trim() === block.label)?.id ?? row);
}

const become = (page, item, want) => eventually(async () => assert.deepEqual(await listed(page, item), want));

/** The place that a piece has to be brought to so that it becomes the one at `at`, above what stands there now. */
async function goal(page, item, at) {
  const count = (await listed(page, item)).length;
  return at < count
    ? { place: page.locator(`[data-place="row:${at}"]`), spot: { y: 0.2 }, button: page.locator(`[data-place="row:${at}"] .place-here`) }
    : { place: page.locator(`[data-place="gap:${count}"]`), button: page.getByRole('button', { name: 'Place at the end' }) };
}

const dragging = (hand) => async (page, item, id, at) => {
  const { place, spot } = await goal(page, item, at);
  await hand.drag(piece(page, item, id), place, spot);
};

const picking = (hand, key) => async (page, item, id, at) => {
  const { button } = await goal(page, item, at);
  await pick(page, hand, piece(page, item, id), { key });
  await hand.press(button, { key });
};

/** From the tray by Add; inside the list by what `move` does. */
const adding = (hand, move) => async (page, item, id, at) => {
  const add = page.getByRole('button', { name: `Add to the list: ${item.label(id)}`, exact: true });
  if ((await add.count()) > 0) {
    await hand.press(add);
    await eventually(async () => assert.equal((await listed(page, item)).at(-1), id));
  }
  await move(page, item, id, at);
};

const menuOf = (page, item, id) => page.getByLabel(`Place of ${item.label(id)}`, { exact: true });

async function byMenu(page, item, id, at) {
  await menuOf(page, item, id).selectOption({ value: String(at) });
}

const byArrows = (hand, up) => async (page, item, id, at) => {
  for (let from = (await listed(page, item)).indexOf(id); from > at; from -= 1) {
    await up(page, item, id, hand);
    await eventually(async () => assert.equal((await listed(page, item)).indexOf(id), from - 1));
  }
};

async function altUp(page, item, id) {
  await tabTo(piece(page, item, id));
  await page.keyboard.press('Alt+ArrowUp');
}

async function upButton(page, item, id, hand) {
  await hand.press(page.getByRole('button', { name: `Move up: ${item.label(id)}`, exact: true }));
}

const ways = {
  'mouse, dragging': { hand: mouse, put: dragging(mouse), options: tall },
  'mouse, click and click': { hand: mouse, put: picking(mouse), either: true },
  'touch, dragging the grip': { hand: finger, put: dragging(finger), options: tablet },
  'touch, tap and tap': { hand: finger, put: picking(finger), options: phone, either: true },
  'touch, Add and Up': { hand: finger, put: adding(finger, byArrows(finger, upButton)), options: phone },
  'keyboard, Space and Space': { hand: keys, put: picking(keys, 'Space') },
  'keyboard, Enter and Enter': { hand: keys, put: picking(keys, 'Enter'), either: true },
  'keyboard, Add and Alt+Up': { hand: keys, put: adding(keys, byArrows(keys, altUp)) },
  'menus alone': { hand: mouse, put: adding(mouse, byMenu) },
};

/** Brings the list into an order, place after place. */
async function arrange(page, item, put, want) {
  for (const [at, id] of want.entries()) {
    if ((await listed(page, item))[at] === id) continue;
    await put(page, item, id, at);
    await eventually(async () => assert.equal((await listed(page, item))[at], id));
  }
}

const verdicts = new Map();

for (const [board, { item, before }] of Object.entries(boards)) {
  // Two neighbours of which one has to come first, the wrong way round.
  const at = item.right.findIndex((id, place) => place > 0 && item.after(id).includes(item.right[place - 1]));
  const swapped = [...item.right];
  [swapped[at - 1], swapped[at]] = [swapped[at], swapped[at - 1]];
  const n = item.right.length;
  const fraction = item.tray ? (n - 2) / n : 1 - 4 / (n * (n - 1));

  for (const [name, { hand, put, options, either }] of Object.entries(ways)) {
    // What goes by the same way on both boards is tried on the one with more to it.
    if (either && !item.tray) continue;
    test(`order ${board} by ${name}`, async (t) => {
      const page = await visit(t, item.address, { ...options, before });
      await arrange(page, item, put, swapped);
      await primary(page, hand, 'Check');
      const partial = await judged(page, 'partial');
      await primary(page, hand, 'Try again');
      await arrange(page, item, put, item.right);
      await primary(page, hand, 'Check');
      const words = [partial, await judged(page, 'right')];
      const { attempts } = await record(page, item.exercise);
      assert.deepEqual(attempts.map(({ f, answer }) => [f, answer]), [
        [Number(fraction.toFixed(6)), { order: swapped }],
        [1, { order: item.right }],
      ]);
      if (!verdicts.has(board)) verdicts.set(board, words);
      assert.deepEqual(words, verdicts.get(board), 'the same words for every hand');
    });
  }
}

const { item } = boards['with a tray'];
const [a, b, c] = item.right;

/** Three blocks in the list. */
async function three(t, options) {
  const page = await visit(t, item.address, options);
  await arrange(page, item, ways['menus alone'].put, [a, b, c]);
  return page;
}

test('downwards: dragged, picked, by Alt+Down, by the button', async (t) => {
  const page = await three(t, tall);
  await mouse.drag(piece(page, item, a), page.locator('[data-place="row:1"]'), { y: 0.8 });
  await become(page, item, [b, a, c]);
  await pick(page, mouse, piece(page, item, b));
  await mouse.press(page.locator('[data-place="row:2"] .place-here'));
  await become(page, item, [a, c, b]);
  await tabTo(piece(page, item, a));
  await page.keyboard.press('Alt+ArrowDown');
  await become(page, item, [c, a, b]);
  await hasFocus(piece(page, item, a));
  await said(page, /, 2 of 3, after /);
  const down = page.getByRole('button', { name: `Move down: ${item.label(c)}`, exact: true });
  await keys.press(down);
  await become(page, item, [a, c, b]);
  await hasFocus(down);
  await keys.press(down);
  await become(page, item, [a, b, c]);
  await hasFocus(down);
  await page.keyboard.press('Enter');
  await become(page, item, [a, b, c]);
});

test('back to the tray: dragged, by Delete, by the button, by the menu', async (t) => {
  const page = await three(t, tall);
  await mouse.drag(piece(page, item, a), page.locator('[data-place="tray"]'), { y: 0.05 });
  await become(page, item, [b, c]);
  await tabTo(piece(page, item, b));
  await page.keyboard.press('Delete');
  await become(page, item, [c]);
  await hasFocus(piece(page, item, b));
  await said(page, /not used/);
  await pick(page, mouse, piece(page, item, c));
  await mouse.press(page.locator('[data-place="tray"] .place-here'));
  await become(page, item, []);
  await ways['menus alone'].put(page, item, a, 0);
  await menuOf(page, item, a).selectOption({ value: 'tray' });
  await become(page, item, []);
});

test('on a phone there is no grip: a finger on a block scrolls, and taps and buttons do it all', async (t) => {
  const page = await visit(t, item.address, { ...phone, height: 600 });
  assert.equal(await page.locator('.grip').filter({ visible: true }).count(), 0);
  const token = piece(page, item, a);
  await token.scrollIntoViewIfNeeded();
  const box = await token.boundingBox();
  const before = await page.evaluate(() => scrollY);
  const session = await page.context().newCDPSession(page);
  const send = (type, y) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: box.x + 20, y }] });
  await send('touchStart', box.y + 20);
  const way = before > 200 ? 1 : -1;
  for (const by of [20, 60, 120, 200]) await send('touchMove', box.y + 20 + way * by);
  await send('touchEnd');
  await eventually(async () => assert.notEqual(await page.evaluate(() => scrollY), before));
  assert.equal(await token.getAttribute('aria-pressed'), 'false');
  await become(page, item, []);
});

test('held: Escape puts back, arrows go from place to place, Home and End to the ends', async (t) => {
  const page = await three(t);
  await pick(page, keys, piece(page, item, c), { key: 'Space' });
  await said(page, /picked up/);
  const places = page.locator('.order .place-here');
  assert.equal(await places.count(), 3, 'two rows and the tray');
  await page.keyboard.press('ArrowDown');
  await hasFocus(places.first());
  await page.keyboard.press('ArrowDown');
  await hasFocus(places.nth(1));
  await page.keyboard.press('ArrowUp');
  await hasFocus(places.first());
  await page.keyboard.press('End');
  await hasFocus(places.last());
  await page.keyboard.press('Home');
  await hasFocus(places.first());
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await places.count(), 0));
  await hasFocus(piece(page, item, c));
  await become(page, item, [a, b, c]);
});

test('Escape breaks a drag off', async (t) => {
  const page = await three(t, tall);
  const from = await piece(page, item, c).boundingBox();
  const to = await page.locator('[data-place="row:0"]').boundingBox();
  await page.mouse.move(from.x + 80, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(to.x + 80, to.y + 5, { steps: 3 });
  await page.locator('[data-target]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await become(page, item, [a, b, c]);
  assert.equal(await page.locator('[data-target]').count(), 0);
});

test('what is dragged follows the pointer, above everything', async (t) => {
  const page = await three(t, tall);
  const from = await piece(page, item, c).boundingBox();
  await page.mouse.move(from.x + 80, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(300, 300, { steps: 3 });
  const ghost = page.locator('[popover]').getByText(item.label(c));
  await ghost.waitFor();
  const box = await ghost.boundingBox();
  assert(Math.abs(box.x - 300) < 60 && Math.abs(box.y - 300) < 60, `near the pointer, not at ${box.x} ${box.y}`);
  await page.mouse.up();
  await eventually(async () => assert.equal(await page.locator('[popover]').count(), 0));
});

test('an untouched order without a tray is not graded', async (t) => {
  const { item: of, before } = boards['without a tray'];
  const page = await visit(t, of.address, { before });
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'invalid'), /^Move a block first\./);
  assert.deepEqual((await record(page, of.exercise)).attempts, []);
});
