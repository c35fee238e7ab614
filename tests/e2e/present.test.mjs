// An exercise before a class: mode="present", and e/<id>/present/.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises, items, plain, quizOf, sample, secrets } from './course.mjs';
import { eventually, profile, url, visit } from './harness.mjs';
import { asked, element, embed, living } from './host.mjs';
import { axe, layoutFaults, picture, showAt, sizes, targetFaults } from './look.mjs';

const { one, match, tray } = sample;
const shown = (page) => page.locator('.presenting');
const button = (page, name) => page.locator('.bar').getByRole('button', { name, exact: true });
const present = (t, exercise, options = {}) => visit(t, `e/${exercise}/present/`, { ready: false, ...options });
const place = (page, at, of) => page.locator('.shown .place', { hasText: `Question ${at} of ${of}.` }).waitFor();
const quizzes = exercises.filter(({ kind }) => kind === 'quiz');

/** Everything that stands in the document, in shadow roots too. */
const document_ = (page) => page.evaluate(() => {
  const all = (root) => root.innerHTML + [...root.querySelectorAll('*')].map((at) => (at.shadowRoot ? all(at.shadowRoot) : '')).join('');
  return all(document.documentElement);
});

test('no answer is in the document before it is revealed, no explanation before why is asked', async (t) => {
  for (const { id } of quizzes) {
    const page = await present(t, id, sizes.slide);
    const all = quizOf(id).items.map(({ view }) => items.find((item) => item.id === view.id));
    for (const [at, item] of all.entries()) {
      await place(page, at + 1, all.length);
      const { explain, reasons } = secrets(item);
      const before = plain(await document_(page));
      assert(!before.includes(explain) && reasons.every((why) => why === '' || !before.includes(why)), item.id);
      assert.equal(await shown(page).locator('[data-state]').count(), 0);
      await button(page, 'Reveal').click();
      const right = { choice: item.right, order: item.right, match: Object.keys(item.pairs ?? {}) }[item.kind];
      assert.equal(await shown(page).locator('[data-state="right"]').count(), right.length);
      assert(!plain(await document_(page)).includes(explain));
      await button(page, 'Why').click();
      assert(plain(await document_(page)).includes(explain));
      if (at + 1 < all.length) await button(page, 'Next').click();
    }
    assert.equal(await button(page, 'Next').getAttribute('aria-disabled'), 'true');
  }
});

test('what is revealed is what the key calls right', async (t) => {
  for (const item of [one, match, tray]) {
    const page = await embed(t, asked(item, 'mode="present"'));
    await button(page, 'Reveal').click();
    const told = await shown(page).locator('[data-state="right"]').allInnerTexts();
    const words = item.kind === 'match' ? Object.values(item.pairs) : item.right;
    const inOrder = item.kind === 'choice' ? told.sort() : told;
    const wanted = item.kind === 'choice' ? words.map(item.label).sort() : words.map(item.label);
    if (item.kind === 'match') for (const label of wanted) assert(inOrder.join().includes(label), label);
    else wanted.forEach((label, at) => assert(inOrder[at].includes(label), `${inOrder[at]} for ${label}`));
  }
});

test('by the keyboard alone: N, B, R at once on its own page, and the focus stays where it was', async (t) => {
  const count = quizOf(one.exercise).items.length;
  const page = await present(t, one.exercise);
  await place(page, 1, count);
  await eventually(async () => assert(await shown(page).locator('.place').evaluate((at) => at.getRootNode().activeElement === at)));
  await page.keyboard.press('r');
  await button(page, 'Why').waitFor();
  await eventually(async () => assert.match(await shown(page).locator('.said').innerText(), /^The answer: \S/));
  await page.keyboard.press('r');
  await shown(page).getByRole('heading', { name: 'Why' }).waitFor();
  assert.equal(await button(page, 'Why').getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('n');
  await place(page, 2, count);
  await button(page, 'Reveal').waitFor();
  await page.keyboard.press('b');
  await place(page, 1, count);
  await shown(page).getByRole('heading', { name: 'Why' }).waitFor();
  await page.keyboard.press('b');
  await place(page, 1, count);
  const next = button(page, 'Next');
  await next.focus();
  for (let at = 2; at <= count; at += 1) {
    await page.keyboard.press('Enter');
    await place(page, at, count);
    assert(await next.evaluate((at) => at.getRootNode().activeElement === at));
  }
  await page.keyboard.press('Enter');
  await place(page, count, count);
});

test('keys act while the focus is inside, not with keys="off", and a held key is one press', async (t) => {
  const count = quizOf(one.exercise).items.length;
  const page = await embed(t, `<button id="out">x</button>${element(one.exercise, 'mode="present"')}<script>window.heard = []; document.addEventListener('keydown', ({ key }) => heard.push(key));</script>`);
  await place(page, 1, count);
  await page.locator('#out').focus();
  await page.keyboard.press('n');
  await place(page, 1, count);
  await button(page, 'Next').focus();
  await page.evaluate('heard.length = 0');
  await page.keyboard.down('n');
  await page.keyboard.down('n');
  await page.keyboard.up('n');
  await place(page, 2, count);
  for (const key of ['ArrowRight', 'ArrowLeft', 'PageDown', 'r', 'Space']) await page.keyboard.press(key);
  assert.deepEqual(await page.evaluate('heard'), ['ArrowRight', 'ArrowLeft', 'PageDown'], 'arrows are the deck\'s');
  await page.evaluate(() => document.querySelector('sandtable-exercise').setAttribute('keys', 'off'));
  await button(page, 'Back').focus();
  await page.keyboard.press('b');
  await page.waitForTimeout(100);
  await place(page, 3, count);
});

test('nothing is stored, nothing is loaded that grades, and the page in which it stands is told where it is', async (t) => {
  const seen = [];
  const before = (page) => page.on('request', (request) => seen.push(request.url()));
  const page = await embed(t, `${asked(one, 'mode="present" store="auto"')}<script>window.told = []; addEventListener('sandtable:item', ({ detail }) => told.push(detail.item));</script>`, { before });
  await button(page, 'Reveal').click();
  await button(page, 'Next').click();
  const all = quizOf(one.exercise).items;
  assert.deepEqual(await page.evaluate('told'), [all[one.place].view.id]);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert(!seen.some((address) => /wasm|\/data\//.test(address)), seen.join(' '));
  // Back to a question that can be answered.
  await page.evaluate(() => document.querySelector('sandtable-exercise').removeAttribute('mode'));
  await living(page).waitFor();
});

test('covered again for the next class, and taken back', async (t) => {
  const page = await embed(t, asked(one, 'mode="present" reset'), sizes.slide);
  const reset = button(page, 'Reset for the next class');
  await button(page, 'Reveal').waitFor();
  assert(!(await reset.isVisible()));
  await button(page, 'Reveal').click();
  await reset.click();
  await button(page, 'Reveal').waitFor();
  assert.equal(await shown(page).locator('[data-state]').count(), 0);
  await button(page, 'Undo').click();
  await button(page, 'Why').waitFor();
  assert.equal(await shown(page).locator('[data-state="right"]').count(), one.right.length);
});

const LONG = 'Sixty letters are what an option may have before it is too l';

test('four options of 60 letters, their stem and the bar are whole on a slide of 960 by 540', async (t) => {
  assert.equal(LONG.length, 60);
  for (const dark of [false, true]) {
    const item = items.find(({ kind, options }) => kind === 'choice' && options.length === 4) ?? one;
    const page = await embed(t, `<style>body { margin: 0 }</style>${asked(item, 'mode="present"')}`, { ...sizes.slide, dark });
    await button(page, 'Reveal').waitFor();
    await shown(page).evaluate((root, text) => {
      root.querySelectorAll('.asked .option').forEach((option, at) => { if (at > 3) option.remove(); });
      root.querySelectorAll('.asked .option-text').forEach((option) => { option.textContent = text; });
      root.querySelector('.stem').innerHTML = '<p>A transit gateway holds two routes for the address of a packet, one static and one propagated. Which of the two does it take, and why?</p>';
    }, LONG);
    const size = () => page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
    const rows = () => shown(page).locator('.asked .option').evaluateAll((all) => all.map((at) => at.getBoundingClientRect().height));
    assert.deepEqual((await size()).map((is, at) => is <= [540, 960][at]), [true, true], String(await size()));
    assert((await rows()).every((height) => height < 70), 'each on one line');
    await picture(page, `present-slide-long-${dark ? 'dark' : 'light'}`);
    const signs = await shown(page).locator('.asked .sign').evaluateAll((all) => all.map((at) => [at.offsetWidth, at.offsetHeight]));
    for (const [width, height] of signs) assert(width >= 44 && height >= 44);
  }
});

test('nothing is under 18 px, and nothing moves when the answer of a choice is revealed', async (t) => {
  for (const { id } of quizzes) {
    const page = await present(t, id, sizes.slide);
    const all = quizOf(id).items;
    for (let at = 1; at <= all.length; at += 1) {
      await place(page, at, all.length);
      const boxes = () => shown(page).locator('.asked > .choice > .option').evaluateAll((rows) => rows.map((row) => { const { y, height } = row.getBoundingClientRect(); return [Math.round(y), Math.round(height)]; }));
      const small = () => shown(page).evaluate((root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
          const { parentElement: of, textContent } = walker.currentNode;
          if (textContent.trim() && parseFloat(getComputedStyle(of).fontSize) < 18) found.push(`${of.tagName} ${textContent}`);
        }
        return found;
      });
      const before = await boxes();
      const asked = await page.locator('.bar .button').evaluateAll((all) => all.map((at) => at.getBoundingClientRect().x));
      await button(page, 'Reveal').click();
      if ('choice' in all[at - 1].view.body) assert.deepEqual(await boxes(), before);
      assert.deepEqual(await page.locator('.bar .button').evaluateAll((all) => all.map((at) => at.getBoundingClientRect().x)), asked, 'the buttons stay where they are');
      await button(page, 'Why').click();
      assert.deepEqual(await small(), []);
      if (at < all.length) await button(page, 'Next').click();
    }
  }
});

test('it fits from 320 px to a projector, and axe finds nothing, light and dark', async (t) => {
  for (const dark of [false, true]) {
    for (const item of [one, match, tray]) {
      const page = await present(t, item.exercise, { dark, ...sizes.slide });
      const count = quizOf(item.exercise).items.length;
      await place(page, 1, count);
      for (let at = 1; at < item.place; at += 1) await button(page, 'Next').click();
      for (const state of ['asked', 'answered', 'why']) {
        if (state !== 'asked') await button(page, state === 'why' ? 'Why' : 'Reveal').click();
        assert.deepEqual(await axe(page), [], state);
        for (const [name, size] of Object.entries({ narrow: sizes.narrow, slide: sizes.slide, projector: { width: 1920, height: 1080 } })) {
          await showAt(page, size, { dark });
          assert.deepEqual([...await layoutFaults(page), ...await targetFaults(page)], [], `${item.id} ${state} ${name}`);
          await picture(page, `present-${item.kind}-${state}-${name}-${dark ? 'dark' : 'light'}`);
        }
      }
      await showAt(page, sizes.slide, { dark, forced: true });
      assert.deepEqual(await layoutFaults(page), []);
      await picture(page, `present-${item.kind}-forced`);
    }
  }
});

test('full screen from its own page, where the browser allows it', async (t) => {
  const page = await present(t, one.exercise);
  await button(page, 'Full screen').click();
  await eventually(async () => assert(await page.evaluate(() => document.fullscreenElement?.localName === 'sandtable-exercise')));
  await button(page, 'Leave full screen').click();
  await eventually(async () => assert(await page.evaluate(() => !document.fullscreenElement)));
  await button(page, 'Full screen').waitFor();
  const host = await embed(t, `<iframe src="${url}e/${one.exercise}/present/" width="960" height="540" title="x"></iframe>`);
  await host.frameLocator('iframe').getByRole('button', { name: 'Reveal' }).waitFor();
  assert.equal(await host.frameLocator('iframe').getByRole('button', { name: 'Full screen' }).count(), 0, 'a frame that may not offers it not');
});

test('?present leads there', async (t) => {
  // What the one page has asked for ahead is broken off.
  const page = await visit(t, `e/${one.exercise}/?present&reset`, { ready: false, expected: [/ERR_ABORTED/] });
  await place(page, 1, quizOf(one.exercise).items.length);
  assert.equal(new URL(page.url()).pathname, new URL(`${url}e/${one.exercise}/present/`).pathname);
  await button(page, 'Reveal').click();
  await button(page, 'Reset for the next class').waitFor();
});

test('the page of an exercise leads there', async (t) => {
  const page = await visit(t, one.address, { context: await profile(t) });
  await page.getByText('Use in a slide or page').click();
  await page.getByRole('link', { name: 'Present' }).click();
  await place(page, 1, quizOf(one.exercise).items.length);
});

/** Nothing in the bar lies over the question, over another thing of the bar, or beside the bar. */
async function clear(page, about) {
  const bar = await page.locator('.presenting > .bar').evaluate((bar) => {
    const box = (one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { words: one.textContent, left, right, top, bottom }; };
    const { left, right, top, bottom } = box(bar);
    const own = [...bar.querySelectorAll('.below, button:not([hidden])')].map(box).filter((one) => one.right > one.left);
    const outside = own.filter((one) => one.left < left || one.right > right || one.top < top || one.bottom > bottom);
    const over = own.filter((one, at) => own.slice(at + 1).some((two) => one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 1 && two.top < one.bottom - 1));
    return { outside, over };
  });
  assert.deepEqual(bar, { outside: [], over: [] }, about);
}

test('what is below is said beside the buttons, whatever else the bar holds, and nothing moves when it comes', async (t) => {
  for (const [name, size] of Object.entries({ narrow: sizes.narrow, embed: { width: 700, height: 500 }, slide: sizes.slide })) {
    const page = await embed(t, `<style>body { margin: 0 } sandtable-exercise { height: ${size.height}px }</style>${asked(one, 'mode="present" fit reset')}`, size);
    await button(page, 'Reveal').waitFor();
    const lies = () => page.locator('.presenting').evaluate((box) => ['.bar', '.below', '.primary'].map((name) => { const { top, height } = box.querySelector(name).getBoundingClientRect(); return `${name} ${Math.round(top)} ${Math.round(height)}`; }));
    const below = page.locator('.below');
    await below.getByText('More below').waitFor();
    const before = await lies();
    const scroll = (to) => page.locator('.presenting').evaluate((box, to) => { box.scrollTop = to; }, to);
    await scroll(1e6);
    await below.waitFor({ state: 'hidden' });
    assert.deepEqual(await lies(), before, name);
    await scroll(0);
    await below.getByText('More below').waitFor();
    // By hand: to go to a button that is in sight moves nothing.
    const { x, y, width, height } = await button(page, 'Reveal').boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.locator('.presenting').evaluate((box) => box.scrollTop), 0);
    await button(page, 'Reset for the next class').waitFor();
    await below.getByText('below').waitFor();
    await clear(page, name);
    const rest = (all) => all.filter((one) => !one.startsWith('.below'));
    if (name === 'slide') assert.deepEqual(rest(await lies()), rest(before), 'where the bar is one row');
    await picture(page, `present-below-reset-${name}`);
    await button(page, 'Reset for the next class').click();
    await button(page, 'Undo').waitFor();
    await clear(page, name);
    await picture(page, `present-below-undo-${name}`);
  }
});

test('a question begins at its top, shrinks so as to fit where it can, and what is below is said', async (t) => {
  let isCut = 0;
  for (const { id } of quizzes) {
    const page = await present(t, id, sizes.slide);
    const all = quizOf(id).items;
    const is = () => shown(page).evaluate((box) => {
      const { top } = box.querySelector('.place').getBoundingClientRect();
      const { bottom } = box.querySelector('.shown').getBoundingClientRect();
      const right = [...box.querySelectorAll('.asked [data-state="right"]')].map((row) => row.getBoundingClientRect().bottom);
      return { top, bottom, right: Math.max(0, ...right), end: box.querySelector('.bar').getBoundingClientRect().top, size: parseFloat(getComputedStyle(box).fontSize) };
    });
    const below = page.locator('.below');
    for (let at = 1; at <= all.length; at += 1) {
      await place(page, at, all.length);
      await eventually(async () => assert((await is()).top >= 0, `question ${at} of ${id} begins at ${(await is()).top}`));
      const asked = await is();
      assert(asked.bottom <= asked.end + 1 || asked.size > 21.9, `question ${at} of ${id} ends at ${asked.bottom} with ${asked.size} px`);
      await button(page, 'Reveal').click();
      await button(page, 'Why').waitFor();
      const told = await is();
      await eventually(async () => assert.equal(await below.isVisible(), told.bottom > told.end + 1, `question ${at} of ${id}`));
      if (told.bottom > told.end + 1) {
        isCut += 1;
        await clear(page, `question ${at} of ${id}`);
        assert.match(await below.innerText(), told.right > told.end + 1 ? /^Answer below/ : /^More below/);
        await picture(page, 'present-below');
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        await below.waitFor({ state: 'hidden' });
      }
      await button(page, 'Why').click();
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      if (at < all.length) await button(page, 'Next').click();
    }
  }
  assert(isCut > 0);
});
