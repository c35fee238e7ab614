// Nothing moves that the learner did not move; the focus is always to be seen; motion is off where it is not wanted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sample } from './course.mjs';
import { keys, mouse, pick, piece, primary, wrongly } from './hands.mjs';
import { eventually, verdict, visit } from './harness.mjs';
import { focusFaults, showAt, sizes } from './look.mjs';

const { one, any, match, tray } = sample;

/** By keys: the mouse would leave something hovered. */
const answer = (page, item) => wrongly(page, item, { hand: keys });

/** Where the stem, the primary button and the rows are, and how high the text of each row is. */
const places = (page) =>
  page.evaluate(() => {
    const box = (element) => {
      const { x, y, right, bottom } = element.getBoundingClientRect();
      return { x: Math.round(x), y: Math.round(y), right: Math.round(right), bottom: Math.round(bottom) };
    };
    const primary = box(document.querySelector('#primary'));
    const rows = [...document.querySelectorAll('.option label, .prompt > :first-child, .block .token')];
    return {
      scroll: Math.round(scrollY),
      stem: box(document.querySelector('#stem')),
      // It is renamed, so its left side may move; its right side, top and bottom may not.
      primary: { y: primary.y, right: primary.right, bottom: primary.bottom },
      rows: rows.map((row) => Math.round(row.getBoundingClientRect().height)),
      first: box(rows[0]).y,
    };
  });

const scrolls = {
  'at the top': () => scrollTo(0, 0),
  'at the answers': () => document.querySelector('.option, .prompt, .block').scrollIntoView({ block: 'center' }),
  'at the end': () => scrollTo(0, 99999),
};

for (const [kind, item] of Object.entries({ 'one choice': one, choices: any, match, order: tray })) {
  for (const size of ['phone', 'laptop']) {
    test(`Check moves nothing: ${kind}, ${size}`, async (t) => {
      const moved = [];
      for (const [where, scroll] of Object.entries(scrolls)) {
        const page = await visit(t, item.address, sizes[size]);
        await answer(page, item);
        await page.evaluate(scroll);
        const before = await places(page);
        // By script: neither the mouse nor the focus may scroll here.
        await page.evaluate(() => document.querySelector('#primary').click());
        await eventually(async () => assert(['partial', 'wrong'].includes((await verdict(page)).tone)));
        const after = await places(page);
        for (const part of Object.keys(before)) {
          const [was, is] = [JSON.stringify(before[part]), JSON.stringify(after[part])];
          if (was !== is) moved.push(`${where}: ${part} ${was} is now ${is}`);
        }
        await page.context().close();
      }
      assert(moved.length === 0, moved.join('\n'));
    });
  }
}

const stops = {
  map: { hash: '#/' },
  week: { hash: '#/week-20' },
  choice: { hash: one.address },
  'choice at the end': { hash: one.address, then: (page) => page.getByRole('button', { name: 'Show answer' }).click() },
  match: { hash: match.address, then: (page) => answer(page, match) },
  'match, held': { hash: match.address, then: (page) => pick(page, mouse, piece(page, match, match.tokens[0].id)) },
  order: { hash: tray.address, then: (page) => answer(page, tray) },
};

for (const [name, { hash, then }] of Object.entries(stops)) {
  test(`the focus is to be seen: ${name}`, async (t) => {
    const page = await visit(t, hash);
    await then?.(page);
    const faults = [];
    for (const size of name.endsWith('held') ? ['laptop'] : ['phone', 'embed', 'laptop']) {
      await showAt(page, sizes[size]);
      faults.push(...(await focusFaults(page)).map((fault) => `${size}: ${fault}`));
    }
    assert(faults.length === 0, faults.join('\n'));
  });
}

test('with reduced motion nothing moves by itself', async (t) => {
  const page = await visit(t, one.address);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await answer(page, one);
  await primary(page, mouse, 'Check');
  const moving = await page.evaluate(() => [
    ...document.getAnimations().map((one) => `running: ${one.effect.target.className}`),
    ...[...document.querySelectorAll('*')]
      .filter((element) => /[1-9]/.test(getComputedStyle(element).transitionDuration) || getComputedStyle(element).animationName !== 'none')
      .map((element) => element.className),
  ]);
  assert.deepEqual(moving, []);
});

for (const [kind, item] of Object.entries({ choices: any, match, order: tray })) {
  test(`a state is a shape and a word, in forced colours as well: ${kind}`, async (t) => {
    const page = await visit(t, item.address);
    await page.emulateMedia({ forcedColors: 'active' });
    await answer(page, item);
    await page.locator('#primary').click();
    const shapes = [];
    for (const [state, word] of [['right', /\bRight\b/], ['wrong', /\bNot (this one|here)\b/]]) {
      const row = page.locator(`[data-state="${state}"]`).first();
      await row.waitFor();
      shapes.push(await row.locator('svg').innerHTML());
      assert.equal(await row.evaluate((element) => getComputedStyle(element).borderInlineStartWidth), '4px');
      assert.match(await row.innerText(), word);
    }
    assert.notEqual(shapes[0], shapes[1]);
  });
}

test('what can be dragged shows its grip', async (t) => {
  const page = await visit(t, match.address);
  const grip = page.locator('.token .grip').first();
  await grip.scrollIntoViewIfNeeded();
  const blank = await grip.evaluate((element) => getComputedStyle(element).backgroundImage === 'none' && !element.querySelector('svg'));
  assert(!blank, 'the grip is an empty square');
});

test('the rings of a week differ in forced colours', async (t) => {
  const page = await visit(t, '#/week-20');
  await page.emulateMedia({ forcedColors: 'active' });
  const pie = page.locator('.pie').first();
  const pictures = [];
  for (const state of ['empty', 'half', 'full']) {
    await pie.evaluate((element, state) => element.setAttribute('data-state', state), state);
    pictures.push((await pie.screenshot()).toString('base64'));
  }
  assert.equal(new Set(pictures).size, 3, 'empty, half and full look different');
});
