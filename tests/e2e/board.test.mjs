// An architecture to build in pages of others: the element on a host of another origin, and the exercise's own page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises } from './course.mjs';
import { eventually, judged, origin, profile, url, visit } from './harness.mjs';
import { element as exerciseElement, embed as embedIn } from './host.mjs';
import { axe, layoutFaults, picture, showAt, sizes } from './look.mjs';

const { id, title } = exercises.find(({ kind }) => kind === 'builder');
const quiz = exercises.find(({ kind }) => kind === 'quiz');

const element = (more = '') => exerciseElement(id, more);
/** Opens a page of another origin with some markup below a heading. */
const embed = (t, markup, options) => embedIn(t, `<main><h1>Host</h1>${markup}</main>`, options);

const board = (page, place = 0) => page.locator('sandtable-exercise').nth(place).locator('[part=exercise] .builder');
const button = (root, name) => root.getByRole('button', { name, exact: true });
const node = (root, part) => root.locator(`[data-node-id="${part}"]`).first();
const parts = (root, kind) => root.locator(`.stage .kind-${kind}`).count();

/** A builder that runs, with its drawing in it. */
async function living(page, place = 0) {
  const root = board(page, place);
  await root.locator('#primary').waitFor();
  await root.locator('.stage [data-node-id]').first().waitFor({ state: 'attached' });
  return root;
}

/** What an element holds the focus on, inside its shadow root. */
const inside = (page, place = 0) => page.locator('sandtable-exercise').nth(place).evaluate((element) => {
  const { activeElement: at } = element.shadowRoot;
  return at && `${at.localName} ${at.className} ${at.getAttribute('aria-label') ?? ''}`;
});

/** Adds a transit gateway by the keys of the canvas. */
async function addHub(page, root) {
  await root.locator('.proxy:not([hidden])').focus();
  await page.keyboard.press('a');
  await root.getByRole('combobox', { name: 'Add which part?' }).waitFor();
  await page.keyboard.type('transit');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await parts(root, 'transit'), 1));
  // The field that had the focus is gone; what is pressed before the part has it goes nowhere.
  await root.locator('.proxy:focus').waitFor({ state: 'attached' });
}

test('an architecture is built in the page of another host, which is told of it and keeps nothing', async (t) => {
  const page = await embed(t, `${element()}<script>window.told = []; for (const what of ['ready', 'graded', 'item', 'change'])
    addEventListener('sandtable:' + what, ({ detail }) => told.push([what, detail.exercise, detail.item, detail.value?.slice(0, 20)]));</script>`);
  const root = await living(page);
  assert.equal(await root.getAttribute('data-stage'), 'blank');
  await addHub(page, root);
  await eventually(async () => assert.match(await root.getByRole('status').first().innerText(), /added to/));
  await page.keyboard.press('Control+Enter');
  await eventually(async () => assert.match(await root.locator('.status').innerText(), /of 8 rules hold/));
  await button(root, 'Half built').click();
  const told = await page.evaluate('told');
  assert.deepEqual(told.filter(([what]) => what !== 'change'), [
    ['ready', id, undefined, undefined],
    ['graded', id, `${id}#blank`, '0'],
    ['item', id, `${id}#half-built`, ''],
  ]);
  assert(told.some(([what, , item, text]) => what === 'change' && item === `${id}#blank` && text.startsWith('{"stage":"blank"')), JSON.stringify(told));
  assert.equal(await page.evaluate(() => localStorage.length), 0, 'nothing is kept in the storage of the host');
});

test('the host chooses the stage, and can go to another', async (t) => {
  for (const [stage, shown] of [['worked', 'worked'], ['half-built', 'half-built'], ['empty', 'blank']]) {
    const page = await embed(t, element(`stage="${stage}"`));
    assert.equal(await (await living(page)).getAttribute('data-stage'), shown);
    if (stage !== 'worked') continue;
    await page.evaluate(() => document.querySelector('sandtable-exercise').setAttribute('stage', 'half-built'));
    await page.locator('[part=exercise] .builder[data-stage=half-built]').waitFor();
  }
});

test('who writes a stage that there is not is told so on the page', async (t) => {
  for (const more of ['', 'fit style="height: 360px"']) {
    const page = await embed(t, element(`stage="half" ${more}`), { width: 700, height: 640 });
    const root = await living(page);
    assert.equal(await root.getAttribute('data-stage'), 'blank');
    await root.locator('.stage-status').getByText('There is no stage called half. There are worked, half-built and empty.').waitFor();
    await picture(page, `board-no-stage${more && '-fit'}`);
  }
});

test('twelve builders are one module, which a quiz on the page does not need', async (t) => {
  const seen = [];
  const before = (page) => page.on('request', (request) => seen.push(new URL(request.url()).pathname.split('/').pop()));
  const page = await embed(t, Array(12).fill(element()).join('<hr>'), { before });
  for (let place = 0; place < 12; place += 1) {
    await page.locator('sandtable-exercise').nth(place).scrollIntoViewIfNeeded();
    await living(page, place);
  }
  const loaded = (pattern) => seen.filter((name) => pattern.test(name)).length;
  const names = [/^builder_bg\..*wasm$/, /^builder\..*js$/, /^builder\..*css$/, /^embed\..*css$/, /^quiz/, /^app/, /^boot/];
  assert.deepEqual(names.map(loaded), [1, 1, 1, 1, 0, 0, 0], seen.join(' '));
});

test('a quiz and a builder stand beside each other', async (t) => {
  const page = await embed(t, `${element()}<sandtable-exercise exercise="${quiz.id}"></sandtable-exercise>`);
  await living(page);
  const other = page.locator('sandtable-exercise').nth(1);
  await other.scrollIntoViewIfNeeded();
  await other.locator('[part=exercise] #primary').waitFor();
  const hasBoard = (at) => at.evaluate(({ shadowRoot }) => shadowRoot.adoptedStyleSheets.some((sheet) => [...sheet.cssRules].some(({ cssText }) => cssText.includes('.kind-subnet'))));
  assert.deepEqual([await hasBoard(page.locator('sandtable-exercise').first()), await hasBoard(other)], [true, false], 'the sheet of the one is not that of the other');
});

test('two builders on a page do not disturb each other, and keys act only where the focus is', async (t) => {
  const page = await embed(t, element() + element());
  const [one, other] = [await living(page, 0), await living(page, 1)];
  await addHub(page, one);
  await addHub(page, other);
  await page.keyboard.press('Control+z');
  await eventually(async () => assert.equal(await parts(other, 'transit'), 0));
  assert.equal(await parts(one, 'transit'), 1);
  assert.match(await inside(page, 1), /proxy/);
  assert.equal(await inside(page, 0), null);
  // With the focus outside of both, no key is theirs.
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('a');
  await page.waitForTimeout(300);
  for (const root of [one, other]) {
    assert.equal(await root.locator('.search').count(), 0);
    assert.doesNotMatch(await root.locator('.status').innerText(), /rules hold/);
  }
  await one.locator('.proxy:not([hidden])').focus();
  await page.keyboard.press('Control+Enter');
  await eventually(async () => assert.match(await one.locator('.status').innerText(), /rules hold/));
  assert.doesNotMatch(await other.locator('.status').innerText(), /rules hold/);
  // What is typed counts when another part is clicked, in a shadow root too.
  const hub = one.locator('.stage .kind-transit').first();
  await hub.scrollIntoViewIfNeeded();
  const settings = one.getByRole('region', { name: 'Settings', exact: true });
  await settings.getByLabel('Name', { exact: true }).fill('Middle');
  const box = await node(one, 'inspection').boundingBox();
  await page.mouse.click(box.x + 30, box.y + 6);
  await one.locator('.stage .name', { hasText: 'Middle' }).first().waitFor();
});

test("the host's keys and the builder's do not fight, and Escape with nothing to cancel gives the keyboard back", async (t) => {
  const page = await embed(t, `${element()}<script>window.heard = [];
    document.addEventListener('keydown', (event) => { heard.push(event.key); if (event.key === ' ') event.preventDefault(); });</script>`);
  const root = await living(page);
  await root.locator('.proxy:not([hidden])').focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'Space', 'n', 'Home', 'Escape', 'a']) await page.keyboard.press(key);
  await root.getByRole('combobox', { name: 'Add which part?' }).waitFor();
  await page.keyboard.type('n o');
  await page.keyboard.press('Escape');
  await eventually(async () => assert.match(await inside(page), /proxy/));
  assert.deepEqual(await page.evaluate('heard'), []);
  await page.keyboard.press('PageDown');
  for (let time = 0; time < 3 && (await inside(page)); time += 1) await page.keyboard.press('Escape');
  assert.equal(await inside(page), null);
  const heard = await page.evaluate('heard');
  assert.deepEqual([heard[0], heard.at(-1), heard.length], ['PageDown', 'Escape', 2], heard.join(' '));
});

test('a builder that is moved a hundred times keeps its board and leaves nothing behind', async (t) => {
  const page = await embed(t, `<div id="a">${element()}</div><div id="b"></div>`);
  const root = await living(page);
  await addHub(page, root);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const count = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value;
    return [of('JSEventListeners'), of('Nodes')];
  };
  await page.waitForTimeout(300);
  const asBefore = await count();
  await page.evaluate(async () => {
    const one = document.querySelector('sandtable-exercise');
    for (let time = 0; time < 100; time += 1) {
      document.getElementById(time % 2 ? 'a' : 'b').append(one);
      if (time % 10 === 0) await new Promise((go) => setTimeout(go));
    }
  });
  assert.equal(await parts(root, 'transit'), 1);
  await button(root, 'Undo: add Transit gateway').waitFor();
  const [listeners, nodes] = await count();
  assert(listeners <= asBefore[0] + 2 && nodes <= asBefore[1] + 20, `${listeners} ${nodes} after ${asBefore}`);
  // In the middle of a gesture, with a picture on its way.
  await page.evaluate(async () => {
    const one = document.querySelector('sandtable-exercise');
    one.shadowRoot.querySelector('[aria-label="Zoom in"]').click();
    one.remove();
  });
  await eventually(async () => assert((await count())[0] < asBefore[0] - 15, `what is removed for good is let go: ${await count()} of ${asBefore}`));
});

for (const scale of [0.5, 1.5]) {
  test(`a part goes where it is dropped in a slide at ${scale}, from the palette and on the canvas`, async (t) => {
    const page = await embed(t, `<style>#slide { transform: scale(${scale}); transform-origin: 0 0; width: 1200px }</style><div id="slide">${element()}</div>`, { width: 1900, height: 2400 });
    const root = await living(page);
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    const drag = async (from, to) => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(from[0] + 10, from[1] + 10);
      await page.mouse.move(...to, { steps: 6 });
      await page.mouse.up();
    };
    const region = await node(root, 'network-region').boundingBox();
    // There is room for it beside Inspection, and a little to move it.
    const to = [region.x + region.width * 0.8, region.y + region.height * 0.8];
    await drag(middle(await root.locator('.kind', { hasText: 'Transit gateway' }).locator('.kind-name').boundingBox()), to);
    const hub = root.locator('.stage rect.kind-transit[data-node-id]');
    await eventually(async () => assert.equal(await hub.count(), 1));
    const dropped = await hub.boundingBox();
    const snap = 5 * scale;
    const holds = ([x, y], box) => x > box.x - snap && x < box.x + box.width + snap && y > box.y - snap && y < box.y + box.height + snap;
    await picture(page, `board-slide-${scale}`);
    assert(holds(to, dropped), `dropped at ${to}, is at ${JSON.stringify(dropped)}`);
    const by = [8 * scale, -10 * scale];
    const from = [dropped.x + dropped.width / 2, dropped.y + dropped.height / 4];
    await drag(from, [from[0] + by[0], from[1] + by[1]]);
    const moved = await eventually(async () => {
      const box = await hub.boundingBox();
      assert(Math.abs(box.y - dropped.y) > 5 * scale);
      return box;
    });
    assert(Math.abs(moved.x - dropped.x - by[0]) <= snap && Math.abs(moved.y - dropped.y - by[1]) <= snap, `moved by ${moved.x - dropped.x}, ${moved.y - dropped.y} instead of ${by}`);
  });
}

test('what cannot be loaded says so and can be tried again, and what the host wrote stays', async (t) => {
  let refuse = true;
  const before = (page) => page.route('**/builder_bg*.wasm', (route) => (refuse ? route.abort() : route.continue()));
  const page = await embed(t, element(), { before, expected: [/builder_bg/, /ERR_FAILED/, /Failed to/] });
  await page.getByRole('alert').getByText('This exercise did not load.').waitFor();
  refuse = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await living(page);
  assert.equal(await page.locator('.failed').count(), 0);
});

test('a file of another version asks for a reload', async (t) => {
  const before = (page) => page.route('**/data/week-20/*.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ json: { ...(await response.json()), format: 99 } });
  });
  const page = await embed(t, element(), { before });
  await page.getByRole('alert').getByText('A new version is ready.').waitFor();
});

test('it runs under a strict policy of its host', async (t) => {
  const own = `'sha256-nothing'`;
  const page = await embed(t, element(), { policy: `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; img-src data:; style-src ${own}` });
  const root = await living(page);
  await addHub(page, root);
});

test('the page of its own: task, rules and board are painted before anything runs, and the builder takes their place', async (t) => {
  let go;
  const gate = new Promise((open) => { go = open; });
  const before = (page) => page.route('**/*.wasm', async (route) => { await gate; await route.continue(); });
  const page = await visit(t, `e/${id}/`, { ready: false, before });
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const given = page.locator('[data-file]');
  assert(await given.getByText('Production and development never reach each other').first().isVisible());
  const drawing = given.getByRole('img');
  assert.match(await drawing.getAttribute('viewBox'), /\d/);
  assert((await drawing.locator('rect.container').count()) > 20);
  assert.deepEqual(await axe(page), []);
  await picture(page, 'board-painted');
  const words = () => page.locator('.brief-text').first().innerText();
  const asked = await words();
  go();
  const root = await living(page);
  // It is opened on demand, since the board is what one comes for.
  await root.locator('.brief > summary').click();
  assert.equal(await root.locator('.brief-text').innerText(), asked);
  assert.equal(await root.locator('.stage [data-node-id].container').count(), await page.locator('.paper rect.container').count());
  assert(!(await page.locator('.paper').isVisible()));
  await picture(page, 'board-living');
});

test('printed it is a worksheet, with a key on a last page if asked for', async (t) => {
  for (const [query, asked] of [['', false], ['?key', true]]) {
    const page = await visit(t, `e/${id}/${query}`, { ready: false });
    await living(page);
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('.paper');
    assert(await paper.getByText('Production and development never reach each other').first().isVisible());
    assert(await paper.getByRole('img').isVisible());
    await page.getByText('Between networks: Transit gateway').waitFor();
    assert(await page.locator('.room').isVisible());
    assert(!(await board(page).isVisible()));
    await eventually(async () => assert.equal(await page.getByRole('heading', { name: 'A design that works' }).isVisible(), asked));
    if (!asked) continue;
    assert(await page.locator('.key').getByRole('img').isVisible());
    assert.match(await page.locator('.in-words').innerText(), /associated table: To production/);
    await picture(page, 'board-key', { whole: true });
  }
});

test('without script the page still shows task and board', async (t) => {
  const page = await visit(t, `e/${id}/`, { ready: false, before: (page) => page.route('**/*.js', (route) => route.abort()), expected: [/ERR_FAILED/] });
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert(await page.getByRole('img').isVisible());
});

test('axe, every width, large text and both themes', async (t) => {
  const page = await visit(t, `e/${id}/`, { ready: false });
  await living(page);
  const faults = [];
  for (const dark of [false, true]) {
    await showAt(page, sizes.laptop, { dark });
    faults.push(...(await axe(page)));
    await picture(page, `board-own-${dark ? 'dark' : 'light'}`);
  }
  for (const [size, of] of Object.entries(sizes)) {
    await showAt(page, of);
    faults.push(...(await layoutFaults(page)).map((fault) => `${size}: ${fault}`));
    const wide = await page.locator('[part=exercise]').evaluate((element) => element.scrollWidth > element.clientWidth + 1);
    if (wide) faults.push(`${size}: the builder is wider than its place`);
    await picture(page, `board-own-${size}`);
  }
  await showAt(page, sizes.narrow, { dark: true });
  faults.push(...(await axe(page)));
  assert.deepEqual([...new Set(faults)], []);
});

/** What of a builder that may not grow is cut, or lies outside of its place; what scrolls by itself may. */
const cut = (page) => page.locator('sandtable-exercise').evaluate((element) => {
  const place = element.getBoundingClientRect();
  const faults = [];
  for (const one of element.shadowRoot.querySelectorAll('button, a, select, .status, .stage')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.scroll, .parts, .paper') || one.matches('.proxy')) continue;
    const box = one.getBoundingClientRect();
    if (box.left < place.left - 1 || box.right > place.right + 1 || box.top < place.top - 1 || box.bottom > place.bottom + 1) faults.push(`outside: ${one.localName} ${one.textContent.slice(0, 30)}`);
    const target = one.matches('button, a, select') && (box.height < 43.5 || box.width < 43.5);
    if (target) faults.push(`small: ${one.localName} ${one.textContent.slice(0, 30)} ${box.width} ${box.height}`);
    const middle = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
    const hit = element.shadowRoot.elementFromPoint(...middle);
    if (one.matches('button, a, select') && hit && !one.contains(hit)) faults.push(`covered: ${one.localName} ${one.textContent.slice(0, 30)} by ${hit.className}`);
  }
  const box = element.shadowRoot.querySelector('[part=exercise]');
  if (box.scrollHeight > box.clientHeight + 1) faults.push(`it scrolls: ${box.scrollHeight} of ${box.clientHeight}`);
  if (box.scrollWidth > box.clientWidth + 1) faults.push(`it scrolls sideways: ${box.scrollWidth} of ${box.clientWidth}`);
  return faults;
});

const fitted = (width, height, more = '') => `<style>main > h1 { margin: 0; font-size: 16px } sandtable-exercise { inline-size: ${width}px; block-size: ${height}px }</style>${element(`fit ${more}`)}`;

test('in a low place that cannot grow the outline stands under a low drawing, and all of it is a link away', async (t) => {
  const page = await embed(t, fitted(480, 360), { width: 520, height: 420 });
  const root = await living(page);
  await root.getByRole('treegrid').waitFor();
  assert.equal(await root.locator('.stage').evaluate((stage) => stage.clientHeight), 120);
  const drawn = await root.locator('.stage .layer-containers').first().boundingBox();
  const room = await root.locator('.stage').boundingBox();
  assert(drawn.y >= room.y && drawn.y + drawn.height <= room.y + room.height, 'all of it is seen');
  assert.equal(await button(root, 'Check').evaluate((check) => check.checkVisibility()), true);
  assert.equal(await root.getByRole('link', { name: 'Open full size' }).evaluate((link) => link.href), `${url}e/${id}/`);
  assert.deepEqual(await cut(page), []);
  assert.deepEqual(await axe(page), []);
  await picture(page, 'board-fit-480');
  // All of it works from there: a part is added, set, checked.
  await root.locator('.outline [tabindex="0"]').first().focus();
  await page.keyboard.press('a');
  await root.getByRole('combobox', { name: 'Add which part?' }).waitFor();
  await page.keyboard.type('transit');
  await root.getByRole('option', { name: /Transit gateway/ }).waitFor();
  await picture(page, 'board-fit-480-search');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await root.locator('.stage rect.kind-transit').count(), 1));
  await root.getByRole('row', { name: /^Transit gateway/ }).first().waitFor();
  await page.keyboard.press('Control+Enter');
  await eventually(async () => assert.match(await root.locator('.status').innerText(), /of 8 rules hold/));
  await page.locator('sandtable-exercise').evaluate((element) => { element.setAttribute('theme', 'dark'); });
  await picture(page, 'board-fit-480-dark');
  assert.deepEqual(await cut(page), []);
  assert.deepEqual(await axe(page), []);
});

test('in a slide that cannot grow there are a canvas and a rail of parts', async (t) => {
  for (const stage of ['empty', 'worked']) {
    const page = await embed(t, fitted(960, 540, `stage="${stage}"`), { width: 1000, height: 600 });
    const root = await living(page);
    await picture(page, `board-fit-960-${stage}`);
    assert.deepEqual(await cut(page), []);
    assert.deepEqual(await axe(page), []);
    assert.match(await root.locator('.status').innerText(), stage === 'empty' ? /8 rules/ : /works/);
    await button(root, 'Break it').click();
    await root.getByText(/broken/).first().waitFor();
    if (stage === 'worked') continue;
    const rail = await root.locator('.parts').boundingBox();
    assert.equal(rail.width, 56);
    await button(root, 'Add Transit gateway').click();
    const region = await node(root, 'network-region').boundingBox();
    const at = [region.x + region.width * 0.8, region.y + region.height * 0.8];
    await page.mouse.move(...at);
    await page.mouse.click(...at);
    await eventually(async () => assert.equal(await root.locator('.stage rect.kind-transit').count(), 1));
    assert.deepEqual(await cut(page), []);
    await page.locator('sandtable-exercise').evaluate((element) => { element.setAttribute('theme', 'dark'); });
    await picture(page, 'board-fit-960-dark');
    assert.deepEqual(await axe(page), []);
  }
});

test('a narrow place that cannot grow, as high as a phone, has one panel at a time and scrolls', async (t) => {
  const page = await embed(t, fitted(360, 600), { width: 400, height: 660 });
  const root = await living(page);
  for (const [name, panel] of [['Parts', '.parts'], ['Outline', '.outline'], ['Rules', '.rules-panel'], ['Canvas', '.canvas']]) {
    await button(root, name).click();
    await root.locator(panel).waitFor();
  }
  await picture(page, 'board-fit-360');
  const box = await page.locator('[part=exercise]').evaluate((element) => [element.clientHeight, element.scrollWidth - element.clientWidth]);
  assert.deepEqual(box, [600, 0]);
  assert(await button(root, 'Check').evaluate((check) => check.getBoundingClientRect().bottom <= check.getRootNode().host.getBoundingClientRect().bottom));
  assert.deepEqual(await axe(page), []);
});

test('a frame that stays low shows the small form, and one that grows shows all of it', async (t) => {
  const frame = (width) => `<iframe src="${url}e/${id}/" width="${width}" height="360" title="x"></iframe>`;
  const low = await embed(t, frame(480), { init: () => addEventListener('message', (event) => event.stopImmediatePropagation(), true) });
  const inside = low.frameLocator('iframe');
  await inside.getByRole('treegrid').waitFor();
  await inside.getByRole('link', { name: 'Open full size' }).waitFor();
  assert.equal(await low.locator('iframe').evaluate((element) => element.clientHeight), 360);
  const grown = await embed(t, frame(960));
  await eventually(async () => assert((await grown.locator('iframe').evaluate((element) => element.clientHeight)) > 1000));
  await grown.frameLocator('iframe').locator('.rules-panel').waitFor();
});

test('what the page of a builder offers to copy works where it is pasted', async (t) => {
  const context = await profile(t);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await visit(t, `#/${id}`, { context });
  await page.getByText('Use in a slide or page').click();
  const taken = {};
  for (const name of ['As an element', 'As a frame', 'In reveal.js']) {
    await page.getByRole('button', { name }).click();
    await eventually(async () => {
      taken[name] = await page.getByRole('textbox', { name: 'To paste into your page' }).inputValue();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), taken[name]);
    });
  }
  await living(await embed(t, taken['As an element']));
  assert.match(taken['In reveal.js'], /<section>[^]* fit class="r-stretch">\n<a href[^]*<\/sandtable-exercise>\n<\/section>/);
  const framed = await embed(t, taken['As a frame']);
  await framed.frameLocator('iframe').locator('#primary').waitFor();
  assert.equal(await framed.getByTitle(title, { exact: true }).evaluate((frame) => frame.width), '960');
});
