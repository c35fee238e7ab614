// Exercises in decks that are written in Markdown: Slidev and Marp.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { keyOf, plain, quizOf } from './course.mjs';
import { eventually, origin, visit } from './harness.mjs';
import { decks, folder } from './slides.mjs';

const exercise = 'week-20/transit-gateway';
const item = (kind) => keyOf(exercise, quizOf(exercise).items.find(({ view }) => kind in view.body).view.id.split('#')[1]);
const [choice, match] = [item('choice'), item('match')];

/** Where the middle of something in the frame is on the screen: a deck scales its slides, and the frame with them. */
async function point(page, locator) {
  const inside = await locator.evaluate(async (element) => {
    // A key may have scrolled the frame, which takes a while.
    for (let before; before !== scrollY;) {
      before = scrollY;
      await new Promise((wake) => setTimeout(wake, 100));
    }
    const middle = () => {
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    // As a hand does where something is out of sight, or under the bar.
    const { x, y } = middle();
    if (!element.contains(element.getRootNode().elementFromPoint(x, y))) element.scrollIntoView({ block: 'center' });
    return middle();
  });
  const { box, scale } = await page.locator('iframe').evaluate((frame) => {
    const box = frame.getBoundingClientRect();
    return { box: { x: box.x, y: box.y }, scale: box.width / frame.offsetWidth };
  });
  return { x: box.x + inside.x * scale, y: box.y + inside.y * scale };
}

async function press(page, locator) {
  const { x, y } = await point(page, locator);
  await page.mouse.click(x, y);
}

/** The button takes no two presses within 400 ms. */
async function primary(frame, key) {
  await new Promise((wake) => setTimeout(wake, 450));
  await living(frame).press(key);
}

const living = (root) => root.locator('[part=exercise] #primary');

for (const [name, deck] of Object.entries(decks)) {
  deck.make();

  const open = (t, number, options = {}) =>
    visit(t, deck.hash(number), { at: deck.at, ready: false, ...options, expected: [new RegExp(`^elsewhere: ${origin}/`)] });
  const framed = async (page) => {
    const frame = page.frameLocator('iframe');
    await living(frame).waitFor();
    return frame;
  };
  const is = (page, number) => eventually(async () => assert.equal(await deck.number(page), number));
  const stays = async (page, number) => {
    await page.waitForTimeout(300);
    assert.equal(await deck.number(page), number);
  };
  /** Goes to a question by its number in the row. */
  const to = async (page, frame, item) => {
    await press(page, frame.getByRole('button', { name: `Question ${item.place}, ` }));
    await frame.locator('[part=exercise]').getByText(`Question ${item.place} of`).waitFor();
  };

  test(`${name}: what "Use in a slide or page" gives is what the docs show`, async (t) => {
    const page = await visit(t, `#/${exercise}`);
    await page.getByText('Use in a slide or page').click();
    await page.getByRole('button', { name: `In ${name}` }).click();
    assert(deck.slide.includes((await page.getByRole('textbox').inputValue()).trim()));
  });

  test(`${name}: an exercise is answered in its slide by mouse and by keyboard, and the slide stays`, async (t) => {
    const page = await open(t, 2);
    const frame = await framed(page);
    await to(page, frame, choice);
    await press(page, frame.locator(`[part=exercise] input[value="${choice.wrong[0]}"]`));
    await press(page, living(frame));
    await eventually(async () => assert.equal(await frame.locator('.status').getAttribute('data-tone'), 'wrong'));
    await primary(frame, 'Space');
    const right = frame.locator(`[part=exercise] input[value="${choice.right[0]}"]`);
    await right.focus();
    await page.keyboard.press('Space');
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'f', 'o', 'd', 'g']) await page.keyboard.press(key);
    await press(page, right);
    await primary(frame, 'Enter');
    await eventually(async () => assert.equal(await frame.locator('.status').getAttribute('data-tone'), 'right'));
    await stays(page, 2);
  });

  test(`${name}: Page Up and Page Down turn the slide from inside, each press by one`, async (t) => {
    const page = await open(t, 2);
    const frame = await framed(page);
    await living(frame).focus();
    await page.keyboard.press('PageDown');
    await is(page, 3);
    await stays(page, 3);
    await page.keyboard.press('PageUp');
    await is(page, 2);
    await living(frame).focus();
    await page.keyboard.press('PageUp');
    await is(page, 1);
    await stays(page, 1);
  });

  for (const [width, height] of [[640, 360], [1600, 900]]) {
    test(`${name}: at ${width} by ${height} a token goes where it is dropped`, async (t) => {
      const page = await open(t, 2, { width, height });
      const frame = await framed(page);
      await to(page, frame, match);
      const [prompt, token] = Object.entries(match.pairs)[0];
      const piece = frame.locator('.tray .token', { hasText: match.label(token) }).first();
      const slot = frame.locator(`[data-place="slot:${prompt}"]`);
      await slot.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      const [start, end] = [await point(page, piece), await point(page, slot)];
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(start.x + 6, start.y + 6);
      await page.mouse.move(end.x, end.y, { steps: 5 });
      await page.mouse.up();
      await slot.getByText(match.label(token)).waitFor();
      await stays(page, 2);
    });
  }

  test(`${name}: the frame lies on its slide, and the rest of the exercise is scrolled to`, async (t) => {
    const page = await open(t, 2, { width: 1280, height: 720 });
    const frame = await framed(page);
    const box = await page.locator('iframe').boundingBox();
    assert(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1280 && box.y + box.height <= 720, JSON.stringify(box));
    assert(box.height > 400, `${box.height} high`);
    const { high, wide } = await frame.locator('html').evaluate((root) => ({ high: root.scrollHeight > innerHeight, wide: root.scrollWidth > innerWidth }));
    assert.deepEqual({ high, wide }, { high: true, wide: false });
    await living(frame).scrollIntoViewIfNeeded();
    assert(await living(frame).isVisible());
  });

  test(`${name}: as an element, keys in it do not turn the slide, and those of a presenter do`, async (t) => {
    const page = await open(t, 4);
    await living(page).waitFor();
    await page.locator('[part=exercise] input').first().focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'Space', 'n', 'f', 'o', 'd', 'g', 'Home', 'End']) await page.keyboard.press(key);
    await living(page).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await stays(page, 4);
    await page.keyboard.press('PageDown');
    await is(page, 5);
  });
}

test('Marp: a deck that is printed shows the question', async (t) => {
  decks.Marp.print();
  // Firefox shows a PDF as a page with its text.
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, 'deck.pdf')).href);
  const first = plain(quizOf(exercise).items[0].view.stem).slice(0, 60);
  await eventually(async () => assert((await page.evaluate(() => document.body.innerText.replace(/\s+/g, ''))).includes(first)), 15_000);
});
