// Single keys, Undo and Redo: the same as the buttons, and only where they cannot be struck by mistake.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sample, serveQuiz, withoutTray } from './course.mjs';
import { choose, keys, mouse, option, primary, tabTo } from './hands.mjs';
import { eventually, focused, go, hasFocus, judged, ready, record, said, verdict, visit } from './harness.mjs';

const { one, any, match, tray } = sample;
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** The option that stands under a letter. */
const under = (page, letter) => page.locator('.option').filter({ has: page.locator('.letter', { hasText: letter }) }).locator('input');

test('a letter chooses the option under it, and gives it the focus', async (t) => {
  const page = await visit(t, one.address);
  await tabTo(page.locator('.option input').first());
  for (const letter of ['C', 'A', 'B']) {
    await page.keyboard.press(letter.toLowerCase());
    await eventually(async () => assert(await under(page, letter).isChecked()));
    await hasFocus(under(page, letter));
  }
  assert.match((await verdict(page)).text, /^1 of 1 chosen/);
  await go(page, any.address);
  await page.getByText('Choose all that apply.').waitFor();
  await tabTo(page.locator('.option input').first());
  await page.keyboard.press('a');
  await page.keyboard.press('b');
  await page.keyboard.press('a');
  await eventually(async () => assert.deepEqual([await under(page, 'A').isChecked(), await under(page, 'B').isChecked()], [false, true]));
});

test('H takes a hint and leaves the focus; N goes on and B back', async (t) => {
  const item = [match, tray].find((one) => one.place > 1);
  const page = await visit(t, item.address);
  await tabTo(page.locator('.token').first());
  const before = await focused(page);
  await page.keyboard.press('h');
  await said(page, /Hint shown\./);
  await page.getByRole('region', { name: 'Hints' }).waitFor();
  assert.equal(await focused(page), before);
  const pips = page.getByRole('navigation', { name: 'Questions' }).getByRole('link');
  const place = await pips.evaluateAll((all) => all.findIndex((one) => one.ariaCurrent));
  const isPlace = (number) => eventually(async () => assert.equal(await pips.evaluateAll((all) => all.findIndex((one) => one.ariaCurrent)), number));
  await page.keyboard.press('b');
  await isPlace(place - 1);
  await hasFocus(page.locator('#question'));
  await page.keyboard.press('n');
  await isPlace(place);
  await hasFocus(page.locator('#question'));
});

test('at the end N is the Next button, and B goes back from a choice as well', async (t) => {
  const page = await visit(t, any.address);
  await button(page, 'Show answer').click();
  await hasFocus(page.locator('#primary'));
  await page.keyboard.press('b');
  await hasFocus(page.locator('#question'));
  await page.goBack();
  await page.locator('#primary').getByText(/Next|Finish/).waitFor();
  await tabTo(page.locator('#primary'));
  const label = (await page.locator('#primary').innerText()).trim();
  await page.keyboard.press('n');
  if (label === 'Finish') await page.getByRole('heading', { level: 1, name: /^Week/ }).waitFor();
  else await eventually(async () => assert(!page.url().endsWith(any.address)));
});

test('single keys do nothing outside the exercise, in a menu, or with another key held', async (t) => {
  const page = await visit(t, one.address);
  const before = page.url();
  const strike = async () => {
    for (const key of ['a', 'h', 'n', 'b']) await page.keyboard.press(key);
  };
  await strike();
  await tabTo(page.locator('.brand'));
  await strike();
  await tabTo(page.locator('.option input').first());
  for (const held of ['Shift', 'Alt', 'Control']) for (const key of ['c', 'h', 'b']) await page.keyboard.press(`${held}+${key}`);
  await page.waitForTimeout(200);
  assert.equal(page.url(), before);
  assert.equal(await page.locator('.option input:checked').count(), 0);
  assert.equal(await page.getByRole('region', { name: 'Hints' }).count(), 0);
  const menu = await visit(t, match.address);
  await menu.locator('.slot-select').first().focus();
  const address = menu.url();
  for (const key of ['h', 'n', 'b']) await menu.keyboard.press(key);
  await menu.waitForTimeout(200);
  assert.equal(menu.url(), address);
  assert.equal(await menu.getByRole('region', { name: 'Hints' }).count(), 0);
});

for (const denied of [false, true]) {
  test(`single keys can be switched off${denied ? ', also where nothing can be kept' : ', and stay off'}`, async (t) => {
    const init = denied && `Storage.prototype.setItem = () => { throw new DOMException('denied by the test', 'SecurityError'); }`;
    const page = await visit(t, '#/', { init });
    const keysMenu = page.getByLabel('Single keys A-F, H, N, B');
    assert.equal(await keysMenu.inputValue(), 'on');
    await keysMenu.selectOption({ label: 'Off' });
    await go(page, one.address);
    await ready(page);
    if (!denied) await page.reload();
    await ready(page);
    await tabTo(page.locator('.option input').first());
    for (const key of ['c', 'h', 'b']) await page.keyboard.press(key);
    await page.waitForTimeout(200);
    assert.equal(await page.locator('.option input:checked').count(), 0);
    assert.equal(await page.getByRole('region', { name: 'Hints' }).count(), 0);
    // With Ctrl they are not single.
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+z');
    await eventually(async () => assert.equal(await page.locator('.option input:checked').count(), 0));
    await said(page, /^Undone/);
    await go(page, '#/');
    await keysMenu.selectOption({ label: 'On' });
    await go(page, one.address);
    await ready(page);
    await tabTo(page.locator('.option input').first());
    await page.keyboard.press('c');
    await eventually(async () => assert(await under(page, 'C').isChecked()));
  });
}

/** Gives two answers, one after the other, and says what they are. */
const twice = {
  choice: { item: one, async answer(page) {
    await choose(page, mouse, one, one.wrong[0]);
    await choose(page, mouse, one, one.right[0]);
  } },
  match: { item: match, async answer(page) {
    const [[first, a], [second, b]] = Object.entries(match.pairs);
    for (const [prompt, token] of [[first, a], [second, b]]) {
      await page.getByLabel(`Token for ${match.label(prompt)}`, { exact: true }).selectOption({ value: token });
    }
  } },
  order: { item: tray, async answer(page) {
    for (const id of tray.right.slice(0, 2)) await page.getByRole('button', { name: `Add to the list: ${tray.label(id)}`, exact: true }).click();
  } },
};
const plain = withoutTray();
twice['order without a tray'] = { item: plain.item, before: serveQuiz(plain.quiz), async answer(page) {
  for (const id of [plain.item.right.at(-1), plain.item.right[0]]) await page.getByLabel(`Place of ${plain.item.label(id)}`, { exact: true }).selectOption({ value: '0' });
} };

/** What is given, as it is kept. */
const given = async (page, item) => (await record(page, item.exercise)).drafts[item.id]?.run.answer;

for (const [kind, { item, answer, before }] of Object.entries(twice)) {
  for (const way of ['buttons', 'keys']) {
    test(`Undo and Redo by ${way}: ${kind}`, async (t) => {
      const page = await visit(t, item.address, { before });
      assert(!(await button(page, 'Undo').isVisible()), 'nothing to take back yet');
      await answer(page);
      const last = await given(page, item);
      await page.locator('.choice input, .slot-select, .token').first().focus();
      const act = async (name) => {
        if (way === 'buttons') await button(page, name).click();
        else await page.keyboard.press(name === 'Undo' ? 'Control+z' : 'Control+Shift+z');
      };
      const becomes = (want) => eventually(async () => assert.deepEqual(await given(page, item), want));
      await act('Undo');
      await eventually(async () => assert.notDeepEqual(await given(page, item), last));
      await said(page, /^Undone\. /);
      await act('Undo');
      await becomes(undefined);
      await eventually(async () => assert.equal(await button(page, 'Undo').getAttribute('aria-disabled'), 'true'));
      if (way === 'buttons') await button(page, 'Undo').click({ force: true });
      else await act('Undo');
      await becomes(undefined);
      if (way === 'buttons') await hasFocus(button(page, 'Undo'));
      await act('Redo');
      await act('Redo');
      await becomes(last);
      await said(page, /^Redone\. /);
      assert(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
      assert.deepEqual((await record(page, item.exercise)).attempts, []);
    });
  }
}

test('what was judged can be changed back, what is ended cannot', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, mouse, one, one.wrong[0]);
  await choose(page, mouse, one, one.wrong[1]);
  await primary(page, keys, 'Check');
  await judged(page, 'wrong');
  await page.keyboard.press('Control+z');
  await judged(page, 'plain');
  assert(await option(page, one, one.wrong[0]).isChecked());
  assert.match((await verdict(page)).text, /2 tries left/);
  await button(page, 'Show answer').click();
  await eventually(async () => assert.match((await verdict(page)).text, /Here is the answer/));
  assert(await button(page, 'Undo').isHidden());
  await page.keyboard.press('Control+z');
  await page.waitForTimeout(150);
  assert(await option(page, one, one.wrong[0]).isChecked());
});

// So high that the bar stands where the answers end, not at the edge of the window.
for (const size of [{ width: 360, height: 2400 }, { width: 1280, height: 1800 }]) {
  test(`Undo moves nothing when it comes, at ${size.width}`, async (t) => {
    const page = await visit(t, one.address, size);
    const places = () => page.evaluate(() => ['#stem', '#primary', '.bar', '.choice'].map((part) => {
      const { top, bottom } = document.querySelector(part).getBoundingClientRect();
      return [part, Math.round(top), Math.round(bottom)];
    }));
    const before = await places();
    await page.evaluate(() => document.querySelector('.option input').click());
    await eventually(async () => assert(await button(page, 'Undo').isVisible()));
    assert.deepEqual(await places(), before);
    await button(page, 'Undo').click();
    await eventually(async () => assert.equal(await page.locator('.option input:checked').count(), 0));
    assert(await button(page, 'Undo').isVisible(), 'it stays, with the focus');
  });
}

test('Ctrl+Enter on a button that goes at the end leaves the focus on the way on', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, mouse, one, one.right[0]);
  await tabTo(button(page, 'Hint'));
  await page.keyboard.press('Control+Enter');
  await judged(page, 'right');
  await hasFocus(page.locator('#primary'));
});
