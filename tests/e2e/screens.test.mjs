// Every screen: axe in both themes, LOOK's sizes, and a picture of each in screenshots/, to be looked at.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises, items, sample } from './course.mjs';
import { mouse, pick, piece, primary, wrongly } from './hands.mjs';
import { eventually, go, judged, verdict, visit } from './harness.mjs';
import { axe, layoutFaults, picture, primaryFaults, showAt, sizes, targetFaults } from './look.mjs';

const { one, two, any, match, tray } = sample;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const denied = `Storage.prototype.setItem = () => { throw new DOMException('denied by the test', 'SecurityError'); }`;

/** With a block that does not belong where there is one. */
const answer = (page, item) => wrongly(page, item, { decoys: item.decoys?.slice(0, 1) });

async function checked(page, item) {
  await answer(page, item);
  await primary(page, mouse, 'Check');
  await eventually(async () => assert(['partial', 'wrong'].includes((await verdict(page)).tone)));
}

async function ended(page, item) {
  await checked(page, item);
  await button(page, 'Show answer').click();
  await page.getByRole('region', { name: 'Explanation' }).waitFor();
}

const item = (of, then) => async (t) => {
  const page = await visit(t, of.address);
  await then?.(page, of);
  return page;
};

const screens = {
  map: (t) => visit(t, '#/'),
  'map begun': item(one, async (page) => {
    await checked(page, one);
    await go(page, '#/');
    await page.getByRole('link', { name: 'Continue' }).waitFor();
  }),
  week: (t) => visit(t, '#/week-20'),
  'week begun': item(one, async (page) => {
    await checked(page, one);
    await go(page, '#/week-20');
    await page.getByText('1 of 5 done').waitFor();
  }),
  'choice of one': item(one),
  'choice of one, wrong': item(one, checked),
  'choice of one, end': item(one, ended),
  'choice of two': item(two, answer),
  'choice of any, partly': item(any, checked),
  'choice of any, end': item(any, ended),
  match: item(match),
  'match, held': item(match, async (page) => {
    await page.getByLabel(`Token for ${match.label(match.prompts[0].id)}`, { exact: true }).selectOption({ index: 1 });
    await pick(page, mouse, piece(page, match, match.tokens.at(-1).id).last());
  }),
  'match, partly': item(match, checked),
  'match, end': item(match, ended),
  order: item(tray),
  'order, held': item(tray, async (page) => {
    await answer(page, tray);
    await pick(page, mouse, piece(page, tray, tray.right[0]));
  }),
  'order, partly': item(tray, checked),
  'order, end': item(tray, ended),
  'hints, nothing answered': item(one, async (page) => {
    await button(page, 'Hint').click();
    await button(page, 'Hint (costs 10 %)').click();
    await primary(page, mouse, 'Check');
    await judged(page, 'invalid');
  }),
  'notices': (t) => visit(t, one.address, { init: denied }),
  'no such page': (t) => visit(t, '#/week-99'),
  'no such exercise': async (t) => {
    const page = await visit(t, '#/week-20/no-such-exercise-at-all', { ready: false });
    await page.getByText('There is no exercise called').waitFor();
    return page;
  },
  'no such item': async (t) => {
    const page = await visit(t, `#/${one.exercise}/no-such-item`, { ready: false });
    await page.getByText('There is no item called').waitFor();
    return page;
  },
  'course not loaded': async (t) => {
    const page = await visit(t, '#/', { ready: false, expected: [/status of 500/], before: (page) => page.route('**/course.json', (route) => route.fulfill({ status: 500 })) });
    await button(page, 'Try again').waitFor();
    return page;
  },
  'exercise not loaded': async (t) => {
    const page = await visit(t, one.address, { ready: false, expected: [/status of 500/], before: (page) => page.route('**/data/week-20/*', (route) => route.fulfill({ status: 500 })) });
    await button(page, 'Try again').waitFor();
    return page;
  },
  'still loading': async (t) => {
    const page = await visit(t, one.address, { ready: false, expected: [/ERR_/], before: async (page) => {
      await page.clock.install();
      await page.route('**/data/week-20/*', () => {});
    } });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.clock.runFor(9000);
    await page.getByText('Still loading.').waitFor();
    await page.clock.resume();
    return page;
  },
  'a fault of ours': async (t) => {
    const page = await visit(t, '#/', { expected: [/./] });
    await page.evaluate(() => dispatchEvent(new CustomEvent('sandtable:panic', { detail: `Sandtable 0.1.0\npanicked at src/${'a-long-path/'.repeat(20)}` })));
    await page.locator('#fault').waitFor();
    return page;
  },
};

for (const [name, open] of Object.entries(screens)) {
  test(`screen: ${name}`, async (t) => {
    const page = await open(t);
    const file = name.replace(/[, ]+/g, '-');
    const faults = new Map();
    const note = (where, found) => found.forEach((fault) => faults.set(fault, [...(faults.get(fault) ?? []), where]));
    for (const [size, box] of Object.entries(sizes)) {
      await showAt(page, box);
      note(size, await layoutFaults(page));
      note(size, await primaryFaults(page));
      if (size === 'phone' || size === 'laptop') {
        note(size, await targetFaults(page));
        await picture(page, `${file}-${size}-light`, { whole: true });
        note(`${size}, light`, await axe(page));
        await showAt(page, box, { dark: true });
        await picture(page, `${file}-${size}-dark`, { whole: true });
        if (size === 'laptop') note(`${size}, dark`, await axe(page));
      } else if (size === 'embed' || size === 'slide') {
        await picture(page, `${file}-${size}`);
      }
    }
    for (const size of ['phone', 'laptop']) {
      await showAt(page, sizes[size], { text: 2 });
      note(`${size}, text 200 %`, await layoutFaults(page));
      note(`${size}, text 200 %`, await primaryFaults(page));
      await picture(page, `${file}-${size}-large`);
    }
    for (const size of ['phone', 'laptop']) {
      await showAt(page, sizes[size], { forced: true });
      note(`${size}, forced colours`, await layoutFaults(page));
      await picture(page, `${file}-${size}-forced`);
    }
    assert(faults.size === 0, [...faults].map(([fault, where]) => `${fault} (${where.join(', ')})`).join('\n'));
  });
}

test('the course when all is answered', async (t) => {
  // A clock that goes on by a second at each look, so that every press counts.
  const page = await visit(t, '#/', { init: () => {
    const now = Date.now;
    let ahead = 0;
    Date.now = () => now() + (ahead += 1000);
  } });
  for (const item of items) {
    await go(page, item.address);
    await page.getByText(`Question ${item.place} of`).waitFor();
    await eventually(() => page.evaluate((kind) => {
      const find = { choice: '.option input', match: '.slot-select', order: 'button[aria-label^="Add to the list"]' };
      const first = document.querySelector(find[kind]);
      if (kind === 'match') {
        first.selectedIndex = 1;
        first.dispatchEvent(new Event('change', { bubbles: true }));
      } else {
        first.click();
      }
    }, item.kind));
    await page.locator('#primary').click();
    await eventually(async () => assert.notEqual((await verdict(page)).tone, 'plain'));
  }
  for (const builder of exercises.filter(({ kind }) => kind === 'builder')) {
    for (const stage of ['half-built', 'blank']) {
      await go(page, `#/${builder.id}/${stage}`);
      await page.locator(`.builder[data-stage="${stage}"] [data-node-id]`).first().waitFor({ state: 'attached' });
      await page.locator('#primary').click();
      await eventually(async () => assert.notEqual((await verdict(page)).tone, 'plain'));
    }
  }
  await go(page, '#/');
  await page.getByText('You have answered every item there is.').waitFor();
  await picture(page, 'map-done-laptop-light', { whole: true });
  await go(page, '#/week-20');
  await eventually(async () => assert.equal(await page.getByText('5 of 5 done').count(), 5));
  await picture(page, 'week-done-laptop-light', { whole: true });
  assert.deepEqual(await layoutFaults(page), []);
});
