// The hands of a learner: mouse, touch and keyboard, each by the events of the browser and nothing else.
import assert from 'node:assert/strict';
import { eventually, focused } from './harness.mjs';

/**
 * A point of an element, its middle if not told otherwise, where nothing else lies over it: like a learner, the hand
 * scrolls to what is covered.
 */
async function middle(locator, { x = 0.5, y = 0.5 } = {}) {
  const look = ([dx, dy, scroll]) => locator.evaluate((element, [dx, dy, scroll]) => {
    if (scroll) element.scrollIntoView({ block: 'center' });
    const box = element.getBoundingClientRect();
    const point = { x: box.x + box.width * dx, y: box.y + box.height * dy };
    const hit = element.getRootNode().elementFromPoint(point.x, point.y);
    return { ...point, by: element.contains(hit) ? null : hit?.outerHTML.slice(0, 99) ?? 'the edge of the window' };
  }, [dx, dy, scroll]);
  await locator.scrollIntoViewIfNeeded();
  let point = await look([x, y, false]);
  if (point.by) point = await look([x, y, true]);
  assert(!point.by, `${locator} is covered by ${point.by}`);
  return point;
}

const sessions = new WeakMap();
async function touch(page, type, point) {
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  const touchPoints = point ? [{ x: Math.round(point.x), y: Math.round(point.y) }] : [];
  await sessions.get(page).send('Input.dispatchTouchEvent', { type, touchPoints });
}

/** Moves with Tab, or backwards with Shift+Tab, until an element has the focus. */
export async function tabTo(locator) {
  const page = locator.page();
  for (let step = 0; step < 150; step += 1) {
    const way = await locator.evaluate((element) => {
      // Its own root knows what in it has the focus; for what is outside, where the element's host stands counts.
      const { host, activeElement } = element.getRootNode();
      const at = activeElement ?? document.activeElement;
      if (at === element) return 'there';
      return at && at !== document.body && (activeElement ? element : host).compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING ? 'back' : 'on';
    });
    if (way === 'there') return;
    await page.keyboard.press(way === 'on' ? 'Tab' : 'Shift+Tab');
  }
  assert.fail(`the keyboard does not reach ${locator}; it is at ${await focused(page)}`);
}

/** Presses an element as a hand does, and drags one to a place where the hand can. */
export const mouse = {
  name: 'mouse',
  async press(locator, at) {
    const { x, y } = await middle(locator, at);
    await locator.page().mouse.click(x, y);
  },
  async drag(from, to, at) {
    const { mouse: hand } = from.page();
    const start = await middle(from);
    const end = await middle(to, at);
    await hand.move(start.x, start.y);
    await hand.down();
    await hand.move(start.x + 6, start.y + 6);
    await hand.move(end.x, end.y, { steps: 4 });
    await hand.up();
  },
};

export const finger = {
  name: 'touch',
  async press(locator, at) {
    const point = await middle(locator, at);
    await touch(locator.page(), 'touchStart', point);
    await touch(locator.page(), 'touchEnd');
  },
  async drag(from, to, at) {
    const page = from.page();
    const start = await middle(from.locator('.grip'));
    const end = await middle(to, at);
    await touch(page, 'touchStart', start);
    for (const share of [0.1, 0.5, 0.9, 1]) {
      await touch(page, 'touchMove', { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share });
    }
    // A finger comes to rest before it lets go: else the browser takes it for a fling, and the next tap for its end.
    await page.waitForTimeout(120);
    await touch(page, 'touchEnd');
  },
};

export const keys = {
  name: 'keyboard',
  async press(locator, { key = 'Enter' } = {}) {
    await tabTo(locator);
    await locator.page().keyboard.press(key);
  },
};

const presses = new WeakMap();

/**
 * Presses the primary button, which has to be called `name`. It takes no two presses within 400 ms, so that a double
 * click is one: like a learner, this one reads before it presses again.
 */
export async function primary(page, hand, name) {
  const button = page.locator('#primary');
  await eventually(async () => assert.equal((await button.innerText()).trim(), name));
  const wait = (presses.get(page) ?? 0) + 450 - Date.now();
  if (wait > 0) await page.waitForTimeout(wait);
  await hand.press(button);
  presses.set(page, Date.now());
}

const text = (label) => new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

/** The radio button or checkbox of an option. */
export const option = (page, item, id) =>
  page.getByRole(item.pick === 'one' ? 'radio' : 'checkbox', { name: item.label(id), exact: true });

/** Chooses an option, or takes the choice back. */
export async function choose(page, hand, item, id) {
  const input = option(page, item, id);
  if (hand !== keys) {
    // The whole row is the target, up to its far end.
    return hand.press(page.locator('.option').filter({ has: input }).locator('label'), { x: 0.97, y: 0.5 });
  }
  if (item.pick !== 'one') return keys.press(input, { key: 'Space' });
  const checked = page.locator('.option input:checked');
  await tabTo((await checked.count()) > 0 ? checked : page.locator('.option input').first());
  for (let step = 0; !(await input.evaluate((radio) => radio === document.activeElement)); step += 1) {
    assert(step < 10, 'the arrows do not reach the option');
    await page.keyboard.press('ArrowDown');
  }
  if (!(await input.isChecked())) await page.keyboard.press('Space');
}

/** A token or a block by its words. */
export const piece = (page, item, id) => page.locator('.token').filter({ hasText: text(item.label(id)) });

/** Picks a piece up and waits until it is held. */
export async function pick(page, hand, token, at) {
  await hand.press(token, at);
  await eventually(async () => assert.equal(await token.getAttribute('aria-pressed'), 'true'));
}

/** An answer that is partly or wholly wrong: two options, two tokens that changed places, blocks in a wrong order. */
export async function wrongly(page, item, { hand = mouse, decoys = [] } = {}) {
  if (item.kind === 'choice') {
    await choose(page, hand, item, item.wrong[0]);
    if (item.pick !== 'one') await choose(page, hand, item, item.right[0]);
  } else if (item.kind === 'match') {
    const [[first, a], [second, b], [third, c]] = Object.entries(item.pairs);
    for (const [prompt, token] of [[first, b], [second, a], [third, c]]) {
      await page.getByLabel(`Token for ${item.label(prompt)}`, { exact: true }).selectOption({ value: token });
    }
  } else {
    const [a, b, c] = item.right;
    for (const id of [c, a, ...decoys, b]) await page.getByRole('button', { name: `Add to the list: ${item.label(id)}`, exact: true }).click();
  }
}
