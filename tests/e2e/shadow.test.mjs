// The element in the page of another host, by every hand and in every look: what lies in a shadow root is to be used, read
// and seen as the course itself. Each look is taken of a quiz and of a builder, as high as they are and with `fit`.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises, sample } from './course.mjs';
import { finger, mouse, pick, piece, primary, tabTo, wrongly } from './hands.mjs';
import { eventually, judged } from './harness.mjs';
import { asked, element, embed, input, living } from './host.mjs';
import { axe, focusFaults, layoutFaults, picture, showAt, targetFaults } from './look.mjs';

const { one, any, match, tray } = sample;
const building = exercises.find(({ kind }) => kind === 'builder').id;
const board = (more = '') => element(building, `stage="half-built" ${more}`);
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** A page with words and a link before and after, so long that it scrolls; the element is as wide as a column. */
const around = (exercise, { head = '' } = {}) => `<style>
    body { margin: 0; font-family: Georgia, serif; line-height: 1.5 } main { max-width: 760px; margin: 0 auto; padding: 0 16px }
    .high { min-height: 700px } :focus-visible { outline: 3px solid } sandtable-exercise[fit] { height: 480px } ${head}</style>
  <main><h1>A page of a course</h1><p>Before it comes <a href="#before">a link</a>.</p>${exercise}
  <p>After it comes <a id="after" href="#after">another link</a>.</p><p class="high">The end.</p></main>`;
const open = (t, exercise, options = {}) => embed(t, around(exercise, options), { width: 800, height: 800, ...options });

/** Opens an exercise and waits until it lives, a builder with its drawing. */
async function run(t, exercise, options) {
  const page = await open(t, exercise, options);
  await living(page).waitFor();
  if (exercise.includes(building)) await page.locator('.stage [data-node-id]').first().waitFor({ state: 'attached' });
  return page;
}

const checked = async (page) => {
  await primary(page, mouse, 'Check');
  await eventually(async () => assert(['partial', 'wrong'].includes(await page.locator('.status').getAttribute('data-tone'))));
};
const hinted = async (page) => {
  await page.locator('.bar-buttons .hint').click();
  await page.getByRole('region', { name: 'Hints' }).waitFor();
};
const end = async (page) => {
  await button(page, 'Show answer').click();
  await page.getByRole('region', { name: 'Explanation' }).waitFor();
};
/** Shows a panel of a builder, which in a narrow place is one of several. */
const shown = async (page, name, panel) => {
  const view = button(page, name);
  if (!(await page.locator(panel).isVisible()) && (await view.isVisible())) await view.click();
};

/** States of an exercise, one after the other on one page; `only` says at which place in the page it is one. */
const walks = {
  choice: { markup: asked(one), states: { start() {}, answered: (page) => wrongly(page, one), hint: hinted, checked, end } },
  'choice of any': { markup: asked(any), states: { answered: (page) => wrongly(page, any), checked, end } },
  match: { markup: asked(match), states: { start() {}, answered: (page) => wrongly(page, match), checked, end } },
  order: { markup: asked(tray), states: { start() {}, answered: (page) => wrongly(page, tray), checked, end } },
  builder: {
    markup: board(),
    states: {
      start() {},
      async checked(page) {
        await living(page).click();
        await page.locator('.status').getByText('5 of 8 rules hold').waitFor();
      },
      async hint(page) {
        await page.locator('.bar-buttons').getByRole('button', { name: /^Hint/ }).click();
      },
      async broken(page) {
        await shown(page, 'Rules', '.outage');
        const it = page.locator('.outage').getByRole('button', { name: 'Break it', exact: true });
        if (await it.isVisible()) await it.click();
      },
      async outline(page) {
        await shown(page, 'Outline', '.outline');
        await page.locator('.outline tbody tr').nth(1).click();
      },
      async adding(page) {
        await page.locator('.outline [tabindex="0"]').first().focus();
        await page.keyboard.press('a');
        await page.getByRole('combobox', { name: 'Add which part?' }).waitFor();
      },
      async worked(page) {
        await page.locator('sandtable-exercise').evaluate((exercise) => exercise.setAttribute('stage', 'worked'));
        await page.locator('.builder[data-stage=worked] [data-node-id]').first().waitFor({ state: 'attached' });
      },
    },
  },
};
const file = (...names) => `shadow-${names.filter(Boolean).join('-').replace(/\W+/g, '-')}`;

const DARK = 'html.dark { color-scheme: dark; background: #14181d; color: #e8e6e1 } html.dark a { color: #9cc4f2 }';
/** What a host says of its looks. */
const themes = [
  { name: 'light' }, { name: 'dark, with fit', dark: true, fit: true }, { name: 'dark in a light page', theme: 'dark' }, { name: 'light in a dark page', dark: true, theme: 'light' },
];
const dress = (page, { dark = false, theme, fit = false }) => page.evaluate(([dark, theme, fit]) => {
  document.documentElement.classList.toggle('dark', dark);
  const exercise = document.querySelector('sandtable-exercise');
  exercise.toggleAttribute('fit', fit);
  if (theme) exercise.setAttribute('theme', theme);
  else exercise.removeAttribute('theme');
}, [dark, theme, fit]);

for (const [name, { markup, states }] of Object.entries(walks)) {
  test(`axe finds nothing, whatever colours the host has: ${name}`, async (t) => {
    const faults = [];
    const page = await run(t, markup, { head: DARK });
    for (const [state, then] of Object.entries(states)) {
      await then(page);
      // All four where there is most to be seen.
      for (const look of themes.slice(0, /end|broken/.test(state) ? 4 : 2)) {
        await dress(page, look);
        // What lies over the edge of a place that scrolls, or under its bar, is scrolled into view.
        const found = (await axe(page)).filter((fault) => !(look.fit && fault.includes('partially obscured')));
        faults.push(...found.map((fault) => `${state}, ${look.name}: ${fault}`));
        await picture(page, file(name, state, look.name));
      }
      await dress(page, {});
    }
    assert.deepEqual(faults, []);
  });
}

const narrow = 'main { max-width: 320px; padding: 0 } main > :is(h1, p) { padding: 0 16px }';
/** What makes letters large, or room little. Each of them leaves 320 px or twice the size. */
const strains = {
  'a column of 320 px': { head: narrow, size: { width: 1024, height: 800 } },
  'a window of 320 px': { head: narrow, size: { width: 320, height: 640 } },
  'text of 200 %': { size: { width: 1280, height: 800 }, text: 2 },
  'text of 200 % on a phone': { head: 'main { padding: 0 }', size: { width: 360, height: 640 }, text: 2 },
  // To a page, a browser that is zoomed to 400 % is one with few and large pixels.
  'zoomed to 400 %': { head: narrow, size: { width: 320, height: 256 }, zoom: 4 },
};
for (const [strain, { head, size, text, zoom }] of Object.entries(strains)) {
  for (const [name, { markup, states }] of Object.entries(walks)) {
    test(`nothing is cut, covered or too small to hit in ${strain}: ${name}`, async (t) => {
      const faults = new Map();
      const last = Object.keys(states).at(-1);
      const page = await run(t, markup, { head, ...size });
      if (zoom) await (await page.context().newCDPSession(page)).send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: zoom, mobile: false });
      if (text) await showAt(page, size, { text });
      for (const [state, then] of Object.entries(states)) {
        await then(page);
        for (const fit of [false, true]) {
          await dress(page, { fit });
          if (fit) await page.waitForTimeout(100);
          const found = [...await layoutFaults(page), ...await targetFaults(page)];
          for (const fault of found) faults.set(fault, [...(faults.get(fault) ?? []), `${state}${fit ? ', with fit' : ''}`]);
          if (!zoom && state === last) await picture(page, file(name, state, strain, fit && 'fit'), { whole: true });
        }
        await dress(page, {});
      }
      assert.equal(faults.size, 0, [...faults].map(([fault, where]) => `${fault} (${where.join('; ')})`).join('\n'));
    });
  }
}

test('a page that makes its root small, to count in tens, has letters that can be read', async (t) => {
  const page = await run(t, asked(one), { head: 'html { font-size: 62.5% } body { font-size: 1.6rem }' });
  const sizes = await page.locator('.stem, .option-text, .status, #primary').evaluateAll((all) => all.map((at) => parseFloat(getComputedStyle(at).fontSize)));
  assert(Math.min(...sizes) >= 16, sizes.join(' '));
  const own = await run(t, asked(one), { head: 'sandtable-exercise { --st-base: 14px }' });
  assert.equal(await living(own).evaluate((at) => getComputedStyle(at).fontSize), '14px', 'the page has the last word');
});

/** How the edge of an element is drawn. */
const edge = (locator) => locator.first().evaluate((at) => {
  const { borderInlineStartWidth, borderInlineStartColor, borderInlineStartStyle, borderBlockStartWidth, borderBlockStartStyle } = getComputedStyle(at);
  return [borderInlineStartWidth, borderInlineStartStyle, borderBlockStartWidth, borderBlockStartStyle, borderInlineStartColor].join(' ');
});
for (const [kind, item, row] of [['choices', any, '.option'], ['match', match, '.prompt'], ['order', tray, '.block']]) {
  test(`in forced colours each state has an edge of its own, and an accent of the host's is no danger: ${kind}`, async (t) => {
    for (const dark of [false, true]) {
      const page = await run(t, asked(item), { dark, head: 'sandtable-exercise { --st-accent: #123; --st-on-accent: #234 }' });
      await page.emulateMedia({ forcedColors: 'active', colorScheme: dark ? 'dark' : 'light' });
      const edges = { plain: await edge(page.locator(row)) };
      await wrongly(page, item, { decoys: item.decoys?.slice(0, 1) });
      if (kind === 'choices') {
        edges.chosen = await edge(page.locator('.option[data-chosen]'));
        edges.left = await edge(page.locator('.option:not([data-chosen])'));
        assert.equal(edges.left, edges.plain);
        delete edges.left;
      }
      await primary(page, mouse, 'Check');
      for (const state of ['right', 'wrong']) {
        const at = page.locator(`${row}[data-state="${state}"]`);
        await at.first().waitFor();
        edges[state] = await edge(at);
      }
      await button(page, 'Show answer').click();
      const missed = page.locator(`${row}[data-state="missed"]`);
      if (await missed.count()) edges.missed = await edge(missed);
      assert.equal(new Set(Object.values(edges)).size, Object.keys(edges).length, JSON.stringify(edges, null, 1));
      const [ink, ground] = await living(page).evaluate((at) => [getComputedStyle(at).color, getComputedStyle(at).backgroundColor]);
      const [text, sheet] = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.cssText = 'color: HighlightText; background: Highlight; forced-color-adjust: none';
        const { color, backgroundColor } = getComputedStyle(probe);
        probe.remove();
        return [color, backgroundColor];
      });
      assert.deepEqual([ink, ground], [text, sheet], 'the button is in the colours of the system');
      await picture(page, `shadow-forced-${kind}-${dark ? 'dark' : 'light'}`);
      await page.close();
    }
  });
}

for (const theme of ['light', 'dark']) {
  test(`in forced colours a builder is drawn in those of the system, whatever its host is: ${theme}`, async (t) => {
    for (const dark of [false, true]) {
      const page = await run(t, board(`theme="${theme}"`), { dark, width: 1200 });
      await page.emulateMedia({ forcedColors: 'active', colorScheme: dark ? 'dark' : 'light' });
      await living(page).click();
      const odd = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        const named = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
        const system = ['Canvas', 'CanvasText', 'Highlight', 'HighlightText', 'ButtonBorder', 'ButtonFace', 'ButtonText', 'GrayText'].map(named);
        probe.remove();
        const isOurs = (colour) => colour === 'none' || /, 0\)|\/ 0\)|transparent/.test(colour) || system.includes(colour);
        const { shadowRoot } = document.querySelector('sandtable-exercise');
        return [...new Set([...shadowRoot.querySelectorAll('svg *')].flatMap((at) => {
          const { fill, stroke } = getComputedStyle(at);
          return [fill, stroke].filter((colour) => !isOurs(colour) && !colour.startsWith('url')).map((colour) => `${at.localName}.${at.getAttribute('class')} ${colour}`);
        }))];
      });
      assert.deepEqual(odd, []);
      await picture(page, `shadow-forced-builder-${theme}-${dark ? 'dark' : 'light'}`);
      await button(page, 'Outline').click();
      const rows = page.locator('.outline tbody tr');
      await rows.nth(2).click();
      const look = (at) => at.evaluate((row) => { const style = getComputedStyle(row); return [style.outlineStyle, style.outlineWidth, style.borderInlineStartStyle, style.borderInlineStartWidth].join(' '); });
      const selected = page.locator('.outline tr[aria-selected="true"]');
      await selected.waitFor();
      await page.evaluate(() => document.activeElement.shadowRoot.activeElement?.blur());
      assert.notEqual(await look(selected), await look(rows.nth(0)), 'the chosen row is to be known');
      await page.close();
    }
  });
}

test('with reduced motion nothing moves by itself', async (t) => {
  for (const markup of [asked(one), asked(match), board()]) {
    const page = await run(t, markup);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    if (markup === asked(one)) await wrongly(page, one);
    await living(page).click();
    await page.locator('.bar-buttons .hint, .camera .tool').first().click();
    const moving = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('sandtable-exercise');
      const running = [...document.getAnimations(), ...shadowRoot.getAnimations()].map(({ effect }) => `runs: ${effect.target.className}`);
      const would = [...shadowRoot.querySelectorAll('*')].filter((at) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(at);
        return /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth';
      });
      return [...running, ...would.map((at) => `would move: ${at.localName} ${at.className}`)];
    });
    assert.deepEqual(moving, []);
  }
});

const fitted = 'sandtable-exercise[fit] { height: 1100px }';
const heights = { 'as high as it is': '', 'with fit': 'fit' };
for (const [height, fit] of Object.entries(heights)) {
  test(`by touch tokens are placed, by tap and tap and by their grip, ${height}`, async (t) => {
    const page = await run(t, asked(match, fit), { touch: true, height: 1300, head: fitted });
    const [[first, a], [second, b]] = Object.entries(match.pairs);
    const menu = (prompt) => page.getByLabel(`Token for ${match.label(prompt)}`, { exact: true });
    const isOn = (prompt, token) => eventually(async () => assert.equal(await menu(prompt).inputValue(), token));
    await pick(page, finger, piece(page, match, a).first());
    await finger.press(page.getByRole('button', { name: `Place here: ${match.label(first)}`, exact: true }));
    await isOn(first, a);
    await finger.drag(piece(page, match, b).first(), page.locator(`[data-place="slot:${second}"]`));
    await isOn(second, b);
    await finger.press(living(page));
    await judged(page, 'partial');
  });

  test(`by touch blocks are put in order, by tap and tap and by their grip, ${height}`, async (t) => {
    const page = await run(t, asked(tray, fit), { touch: true, height: 1300, head: fitted });
    const [a, b] = tray.right;
    const list = () => page.locator('ol.blocks .token').allInnerTexts();
    for (const [at, id] of [a, b].entries()) {
      await finger.press(page.getByRole('button', { name: `Add to the list: ${tray.label(id)}`, exact: true }));
      await eventually(async () => assert.equal((await list()).length, at + 1));
    }
    const before = await list();
    await finger.drag(piece(page, tray, b), page.locator('ol.blocks > .block').first(), { x: 0.3, y: 0.1 });
    await eventually(async () => assert.deepEqual(await list(), [...before].reverse()));
    await pick(page, finger, piece(page, tray, b));
    const [target] = await page.locator('.place-here').all();
    assert(target, 'there is where to put it');
    await finger.press(page.locator('.place-here').last());
    await eventually(async () => assert.equal(await page.locator('.place-here').count(), 0));
  });

  test(`by touch a part is placed and moved, ${height}`, async (t) => {
    const page = await run(t, element(building, fit), { touch: true, width: 1000, height: 1300, head: `main { max-width: 960px; padding: 0 } ${fitted}` });
    const hub = page.locator('.stage rect.kind-transit[data-node-id]');
    await finger.press(button(page, 'Add Transit gateway'));
    await page.getByText(/where it goes/).first().waitFor();
    const region = await page.locator('[data-node-id="network-region"]').first().boundingBox();
    const { touch, rest } = await fingers(page);
    const to = [region.x + region.width * 0.8, region.y + region.height * 0.8];
    await touch('touchStart', to);
    await touch('touchEnd');
    await eventually(async () => assert.equal(await hub.count(), 1));
    const at = await hub.boundingBox();
    const from = [at.x + at.width / 2, at.y + at.height / 4];
    await touch('touchStart', from);
    for (const by of [3, 6, 10, 14]) await touch('touchMove', [from[0] + by, from[1] - by]);
    await rest();
    await eventually(async () => {
      const now = await hub.boundingBox();
      assert(Math.abs(now.x - at.x - 14) <= 9 && Math.abs(now.y - at.y + 14) <= 9, JSON.stringify([at, now]));
    });
    assert.equal(await page.evaluate(() => scrollY), 0, 'the page stays where it is');
  });

  for (const [name, markup, over] of [['a quiz', asked(match, fit), '.stem'], ['a builder', board(fit), '.builder .stage']]) {
    test(`one finger over ${name} scrolls the page and moves nothing, ${height}`, async (t) => {
      const page = await run(t, markup, { touch: true, width: 390, height: 700, head: 'main { padding: 0 } sandtable-exercise[fit] { height: 420px }' });
      const { touch, rest } = await fingers(page);
      const told = await page.evaluate(() => { window.told = 0; for (const what of ['change', 'graded']) addEventListener(`sandtable:${what}`, () => { told += 1; }); return told; });
      // What scrolls by itself gives the page its turn at its end.
      const swipe = async () => {
        const box = await page.locator(over).boundingBox();
        const host = await page.locator('sandtable-exercise').boundingBox();
        const [x, y] = [box.x + box.width / 2, Math.max(host.y, Math.min(box.y + 60, host.y + host.height - 40))];
        await touch('touchStart', [x, y]);
        for (const by of [20, 60, 120, 180]) await touch('touchMove', [x, y - by]);
        await rest();
      };
      await page.locator(over).scrollIntoViewIfNeeded();
      const before = await page.evaluate(() => scrollY);
      await swipe();
      if (fit) {
        await page.locator('[part=exercise]').evaluate((box) => box.scrollTo(0, box.scrollHeight));
        const host = await page.locator('sandtable-exercise').boundingBox();
        const [x, y] = [host.x + 20, host.y + host.height / 2];
        await touch('touchStart', [x, y]);
        for (const by of [20, 60, 120, 180]) await touch('touchMove', [x, y - by]);
        await rest();
      }
      await eventually(async () => assert((await page.evaluate(() => scrollY)) > before + 60, 'the page has scrolled'));
      assert.equal(told, await page.evaluate('told'));
      assert.equal(await page.locator('[aria-pressed="true"].token').count(), 0);
    });
  }
}

/** Fingers on a page, by the events that a screen sends. */
async function fingers(page) {
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x: Math.round(x), y: Math.round(y), id })) });
  // A finger comes to rest before it lets go: else it is a fling.
  const rest = async () => {
    await page.waitForTimeout(120);
    await touch('touchEnd');
  };
  return { touch, rest };
}

/** What has the focus, however deep. */
const focus = (page) => page.evaluate(() => {
  let at = document.activeElement;
  const isInside = Boolean(at?.shadowRoot);
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return { isInside, id: at?.id ?? '', name: at === document.body ? 'nothing' : `${at.localName} ${at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 40)}` };
});
const isInside = (page, after) => eventually(async () => {
  const { isInside, name } = await focus(page);
  assert(isInside, `after ${after} the focus is on ${name}`);
}, 1000);

for (const [name, { markup }] of Object.entries(walks)) {
  test(`the keyboard leads into it, through it and out again, with a ring at every stop: ${name}`, async (t) => {
    for (const fit of [false, true]) {
      const page = await run(t, markup, { height: 900 });
      await dress(page, { fit });
      assert.deepEqual(await focusFaults(page, 150), [], fit ? 'with fit' : '');
      await page.locator('#after').focus();
      await page.keyboard.press('Shift+Tab');
      await isInside(page, 'Shift+Tab from behind it');
      await page.locator('a').first().focus();
      await page.keyboard.press('Tab');
      await isInside(page, 'Tab from before it');
      let stops = 0;
      for (; (await focus(page)).id !== 'after'; stops += 1) {
        assert(stops < 150, 'it leads out of it again');
        assert.notEqual((await focus(page)).name, 'nothing');
        await page.keyboard.press('Tab');
      }
      // Escape gives the keyboard back where it was, not at the top of the page.
      await page.locator('a').first().focus();
      for (let step = 0; step < stops; step += 1) await page.keyboard.press('Tab');
      await isInside(page, 'Tab');
      await page.keyboard.press('Escape');
      if ((await focus(page)).isInside) await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      await eventually(async () => assert.equal((await focus(page)).id, 'after'));
    }
  });

  test(`whatever is pressed in it, the focus stays in it: ${name}`, async (t) => {
    const page = await run(t, markup, { width: 1000, height: 1000, head: 'main { max-width: 960px }' });
    if (name === 'builder') await walks.builder.states.checked(page);
    const buttons = page.locator('[part=exercise] button:visible');
    for (let at = 0; at < await buttons.count(); at += 1) {
      const what = await buttons.nth(at).evaluate((it) => it.getAttribute('aria-label') ?? it.textContent);
      // These ask for a file, or end what is being tried here.
      if (/file|picture|Open|Practise again|Show answer/i.test(what)) continue;
      await buttons.nth(at).focus();
      await page.keyboard.press('Enter');
      await page.waitForTimeout(30);
      await isInside(page, what);
      if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape');
    }
  });
}

test('what is tried again after it did not load, or begins anew, keeps the focus', async (t) => {
  let refuse = true;
  const before = (page) => page.route(/\/data\/week-20\//, (route) => (refuse ? route.fulfill({ status: 503 }) : route.continue()));
  const page = await open(t, board(), { before, expected: [/503/, /ERR_ABORTED/] });
  const again = button(page, 'Try again');
  await again.focus();
  await page.keyboard.press('Enter');
  await isInside(page, 'a try that failed again');
  await again.waitFor();
  refuse = false;
  await tabTo(again);
  await page.keyboard.press('Enter');
  await living(page).waitFor();
  await isInside(page, 'Try again');
  await living(page).focus();
  await page.locator('sandtable-exercise').evaluate((exercise) => exercise.setAttribute('stage', 'worked'));
  await page.locator('.builder[data-stage=worked]').waitFor();
  await isInside(page, 'another stage that the host chose');
});

test('what was focused while it was painted gives the focus on when it lives', async (t) => {
  for (const [markup, place] of [[asked(one), '.stem'], [board(), '.drawn']]) {
    let go;
    const gate = new Promise((open) => { go = open; });
    const page = await open(t, markup, { before: (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); }) });
    const painted = page.locator(`[data-file] ${place}`).first();
    await painted.waitFor();
    await painted.evaluate((at) => { at.tabIndex = 0; at.focus(); });
    go();
    await living(page).waitFor();
    await isInside(page, 'it came to life');
  }
});

test('a source opens beside the page, in which nothing is lost', async (t) => {
  const page = await run(t, asked(one));
  await page.context().route(/^https:/, (route) => route.fulfill({ body: 'a source' }));
  await end(page);
  const opened = page.waitForEvent('popup');
  await page.locator('.sources a').first().click();
  await opened;
  assert(await page.getByRole('region', { name: 'Explanation' }).isVisible());
});

test('with fit nothing is to be seen below the bar', async (t) => {
  const page = await run(t, asked(match, 'fit'));
  for (const to of [0, 200, 10_000]) {
    const [bar, host] = await page.locator('[part=exercise]').evaluate((box, to) => {
      box.scrollTo(0, to);
      return [box.querySelector('.bar'), box.getRootNode().host].map((at) => at.getBoundingClientRect().bottom);
    }, to);
    assert(Math.abs(bar - host) <= 1, `scrolled to ${to} the bar ends at ${bar}, the element at ${host}`);
  }
});
