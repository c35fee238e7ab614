// Choice: one right and several right, by every hand.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sample } from './course.mjs';
import { choose, finger, keys, mouse, option, primary, tabTo } from './hands.mjs';
import { judged, record, visit } from './harness.mjs';

const verdicts = new Map();

/** Every hand gets the same words: the first one to come says which. */
function sameAsOthers(what, words) {
  if (!verdicts.has(what)) verdicts.set(what, words);
  assert.equal(words, verdicts.get(what), `the verdict on ${what} is the same for every hand`);
}

for (const hand of [mouse, finger, keys]) {
  const options = hand === finger ? { touch: true, width: 390, height: 844 } : {};

  test(`one right, by ${hand.name}`, async (t) => {
    const item = sample.one;
    const page = await visit(t, item.address, options);
    await choose(page, hand, item, item.wrong[0]);
    assert(await option(page, item, item.wrong[0]).isChecked());
    await primary(page, hand, 'Check');
    sameAsOthers('a wrong option', await judged(page, 'wrong'));
    await primary(page, hand, 'Try again');
    await choose(page, hand, item, item.right[0]);
    await primary(page, hand, 'Check');
    sameAsOthers('the right option', await judged(page, 'right'));
    const { attempts } = await record(page, item.exercise);
    assert.deepEqual(attempts.map(({ f, answer }) => [f, answer]), [
      [0, { choice: [item.wrong[0]] }],
      [1, { choice: [item.right[0]] }],
    ]);
  });

  test(`several right, by ${hand.name}`, async (t) => {
    const item = sample.any;
    const page = await visit(t, item.address, options);
    const [first, ...others] = item.right;
    await choose(page, hand, item, first);
    await choose(page, hand, item, item.wrong[0]);
    await choose(page, hand, item, item.wrong[0]);
    assert(!(await option(page, item, item.wrong[0]).isChecked()), 'a second press takes the choice back');
    await primary(page, hand, 'Check');
    sameAsOthers('one of several', await judged(page, 'partial'));
    await primary(page, hand, 'Try again');
    for (const id of others) await choose(page, hand, item, id);
    await primary(page, hand, 'Check');
    sameAsOthers('all of several', await judged(page, 'right'));
    const { attempts } = await record(page, item.exercise);
    assert.deepEqual(attempts.map(({ f }) => f), [Number((1 / item.right.length).toFixed(6)), 1]);
    assert.deepEqual([...attempts[1].answer.choice].sort(), [...item.right].sort());
  });
}

test('more than asked for is refused, not graded', async (t) => {
  const item = sample.two;
  const page = await visit(t, item.address);
  for (const id of [...item.right, item.wrong[0]]) await choose(page, mouse, item, id);
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'invalid'), /^3 are chosen and 2 wanted/);
  assert.deepEqual((await record(page, item.exercise)).attempts, []);
  await choose(page, mouse, item, item.wrong[0]);
  assert.match(await judged(page, 'plain'), /^2 of 2 chosen/);
  await primary(page, mouse, 'Check');
  await judged(page, 'right');
});

test('after the end nothing can be changed, and what has the focus keeps it', async (t) => {
  const item = sample.one;
  const page = await visit(t, item.address);
  await choose(page, keys, item, item.right[0]);
  await primary(page, keys, 'Check');
  await judged(page, 'right');
  const before = (await record(page, item.exercise)).text;
  await choose(page, mouse, item, item.wrong[0]);
  assert(await option(page, item, item.right[0]).isChecked());
  assert(!(await option(page, item, item.wrong[0]).isChecked()));
  await tabTo(option(page, item, item.right[0]));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  assert(await option(page, item, item.right[0]).isChecked());
  assert.equal((await record(page, item.exercise)).text, before);
});
