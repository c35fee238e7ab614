// The builder: by mouse, by keyboard alone and by touch, what is kept, and how it looks.
import assert from 'node:assert/strict';
import test from 'node:test';
import { exercises } from './course.mjs';
import { eventually, focused, go, hasFocus, profile, record, said, verdict, visit } from './harness.mjs';
import { axe, focusFaults, layoutFaults, picture, primaryFaults, showAt, sizes, targetFaults } from './look.mjs';

const exercise = 'week-20/segmented-hub';
const half = `#/${exercise}/half-built`;
const blank = `#/${exercise}/blank`;
const worked = `#/${exercise}/worked`;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const inspector = (page) => page.getByRole('region', { name: 'Settings', exact: true });
const node = (page, id) => page.locator(`[data-node-id="${id}"]`).first();

/** The middle of a part in the window; of a container a place on its title. */
async function place(page, id, { title } = {}) {
  const box = await eventually(async () => {
    const box = await node(page, id).boundingBox();
    assert(box, `${id} is not drawn`);
    return box;
  });
  return title ? { x: box.x + Math.min(40, box.width / 2), y: box.y + 6 } : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Puts the board into the window and shows all of it, large enough to be hit. */
async function board(page) {
  const brief = page.locator('.brief[open] > summary');
  if (await brief.count()) await brief.click();
  await page.locator('.stage').scrollIntoViewIfNeeded();
  await eventually(async () => assert((await page.locator('.stage [data-node-id]').count()) > 10));
}

const draft = async (page, item) => (await record(page, exercise)).drafts[`${exercise}#${item}`]?.run.design;
const kept = (page, item, check) => eventually(async () => {
  const design = await draft(page, item);
  assert(design, 'nothing is kept yet');
  return check(design);
});

/** Adds a row to the table that is chosen. */
async function addRoute(page, prefix, target) {
  await page.getByLabel('Prefix of a new route').fill(prefix);
  await page.getByLabel('Target of a new route').selectOption({ label: target });
  await button(page, 'Add route').click();
}

test('there is a builder to play', () => {
  assert(exercises.some((entry) => entry.id === exercise && entry.kind === 'builder'));
});

test('by mouse: check, mend, check again; both are attempts', async (t) => {
  const page = await visit(t, half);
  await board(page);
  await button(page, 'Check').click();
  await eventually(async () => assert.match((await verdict(page)).text, /5 of 8 rules hold/));
  await said(page, /5 of 8 rules hold/);
  let { attempts } = await record(page, exercise);
  assert.equal(attempts.length, 1);
  assert.equal(attempts[0].item, `${exercise}#half-built`);
  assert.equal(attempts[0].f, 0);
  assert(attempts[0].answer.design.parts.hub, 'the attempt holds the design');

  for (const [table, prefix] of [['hub-production', '10.32.0.0/12'], ['hub-development', '10.16.0.0/12']]) {
    await button(page, 'Fit').click();
    const { x, y } = await place(page, table);
    await page.mouse.click(x, y);
    await inspector(page).waitFor();
    await addRoute(page, prefix, 'Drop (blackhole)');
  }
  await kept(page, 'half-built', (design) => assert.equal(design.parts['hub-development'].attrs.entries.length, 2));
  await eventually(async () => assert.match((await verdict(page)).text, /Changed since the last check/));
  await page.waitForTimeout(450);
  await button(page, 'Check').click();
  await eventually(async () => assert.match((await verdict(page)).text, /6 of 8 rules hold/));
  ({ attempts } = await record(page, exercise));
  assert.equal(attempts.length, 2);
  assert(attempts[1].f > 0.5);
  await go(page, '#/week-20');
  await page.getByText('Segmented hub').first().waitFor();
});

test('by mouse: drag, place, connect, pan, zoom, undo and redo', async (t) => {
  const page = await visit(t, half);
  await board(page);
  const start = await place(page, 'dublin-vpn');
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 8, start.y + 8);
  await page.mouse.move(start.x + 40, start.y + 24, { steps: 4 });
  await page.mouse.up();
  await button(page, 'Undo: move Dublin VPN').click();
  await button(page, 'Redo: move Dublin VPN').waitFor();

  // What does not fit is refused in words, and nothing is placed.
  await button(page, 'Add Firewall').click();
  const site = await place(page, 'dublin');
  await page.mouse.move(site.x, site.y);
  await page.mouse.click(site.x, site.y);
  await page.getByText(/A firewall cannot sit inside a site/).first().waitFor();
  await page.keyboard.press('Escape');

  await button(page, 'Add Subnet').click();
  const zone = await place(page, 'inspection-az2');
  await page.mouse.move(zone.x, zone.y);
  await page.mouse.click(zone.x, zone.y);
  await kept(page, 'half-built', (design) => {
    const added = Object.values(design.parts).filter((part) => part.kind === 'subnet' && part.in === 'inspection-az2');
    assert.equal(added.length, 1);
  });

  // The wheel scrolls the page; with Control it zooms.
  const scale = () => page.locator('.world').evaluate((world) => new DOMMatrix(getComputedStyle(world).transform).a);
  const before = await scale();
  const middle = await page.locator('.stage').boundingBox();
  await page.mouse.move(middle.x + middle.width / 2, middle.y + middle.height / 2);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await eventually(async () => assert((await scale()) > before));
  await button(page, 'Fit').click();

  await page.keyboard.press('Control+z');
});

test('what was typed into a field counts when another part is clicked', async (t) => {
  const page = await visit(t, half);
  await board(page);
  const press = async (id) => {
    const { x, y } = await place(page, id);
    await page.mouse.click(x, y);
  };
  await press('dublin-vpn');
  await inspector(page).getByLabel('Name', { exact: true }).fill('Tunnel');
  await button(page, 'Fit').focus();
  await inspector(page).getByLabel('Name', { exact: true }).fill('Tunnel to Dublin');
  await press('hub-production');
  await kept(page, 'half-built', (design) => assert.equal(design.parts['dublin-vpn'].name, 'Tunnel to Dublin'));
  await inspector(page).getByRole('heading', { name: 'To production' }).waitFor();
});

test('Escape ends what a click on Add began', async (t) => {
  const page = await visit(t, half);
  await board(page);
  await button(page, 'Add Subnet').click();
  await page.locator('.stage-status').getByText(/choose where it goes/i).waitFor();
  await hasFocus(page.locator('.proxy:not([hidden])'));
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await page.locator('.stage-status').count(), 0));
  await button(page, 'Add Subnet').click();
  await button(page, 'Start again').click();
  await eventually(async () => assert.equal(await page.locator('.stage-status').count(), 0));
});

test('by keyboard alone: add, carry, link, rename, undo, in the canvas and in the outline', async (t) => {
  const page = await visit(t, blank);
  await board(page);
  await page.locator('.proxy:not([hidden])').focus();
  // Go to the region of the Network account, so that the hub lands there.
  await page.keyboard.press('a');
  const search = page.getByRole('combobox', { name: 'Add which part?' });
  await hasFocus(search);
  await page.keyboard.type('transit');
  await page.getByRole('option', { name: /Transit gateway/ }).waitFor();
  await page.keyboard.press('Enter');
  await kept(page, 'blank', (design) => assert(Object.values(design.parts).some((part) => part.kind === 'transit')));
  await hasFocus(page.locator('.proxy:not([hidden])'));
  await said(page, /added to/);

  await page.keyboard.press('c');
  await hasFocus(page.getByRole('combobox', { name: /Link .* to what\?/ }));
  await page.keyboard.type('Shared services');
  await page.keyboard.press('Enter');
  await kept(page, 'blank', (design) => assert.equal(Object.keys(design.links).length, 1));

  await page.keyboard.press('Control+z');
  await kept(page, 'blank', (design) => assert.equal(Object.keys(design.links).length, 0));
  await page.keyboard.press('Control+Shift+z');
  await kept(page, 'blank', (design) => assert.equal(Object.keys(design.links).length, 1));

  await page.keyboard.press('o');
  await eventually(async () => assert.match(await focused(page), /^tr|^td/));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  assert((await page.getByRole('row').count()) > 3);
  await page.keyboard.press('Control+Enter');
  await eventually(async () => assert.match((await verdict(page)).text, /of 8 rules hold/));
});

test('by touch: tap a kind, tap a place; two fingers zoom; one finger scrolls the page', async (t) => {
  const page = await visit(t, blank, { width: 360, height: 640, touch: true });
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x: Math.round(x), y: Math.round(y), id })) });
  const tap = async (x, y) => {
    await touch('touchStart', [x, y]);
    await touch('touchEnd');
  };
  const brief = page.locator('.brief[open] > summary');
  if (await brief.count()) await brief.tap();
  await button(page, 'Parts').tap();
  await button(page, 'Add Transit gateway').tap();
  await page.getByText(/where it goes/).first().waitFor();
  await page.locator('.stage').evaluate((stage) => stage.scrollIntoView({ block: 'start' }));
  await page.waitForTimeout(200);
  const region = await place(page, 'network-region', { title: true });
  await tap(region.x, region.y);
  await kept(page, 'blank', (design) => assert(Object.values(design.parts).some((part) => part.kind === 'transit')));

  const scale = () => page.locator('.world').evaluate((world) => new DOMMatrix(getComputedStyle(world).transform).a);
  const before = await scale();
  const stage = await page.locator('.stage').boundingBox();
  const [x, y] = [stage.x + stage.width / 2, stage.y + 120];
  await touch('touchStart', [x - 20, y]);
  await touch('touchStart', [x - 20, y], [x + 20, y]);
  for (const by of [30, 50, 70]) await touch('touchMove', [x - by, y], [x + by, y]);
  await touch('touchEnd');
  await eventually(async () => assert((await scale()) > before, 'pinching zooms'));
});

test('a reload in the middle comes back to the board as it was', async (t) => {
  const page = await visit(t, blank);
  await board(page);
  await page.locator('.proxy:not([hidden])').focus();
  await page.keyboard.press('a');
  await page.keyboard.type('transit');
  await page.keyboard.press('Enter');
  await kept(page, 'blank', (design) => assert(Object.values(design.parts).some((part) => part.kind === 'transit')));
  const before = await draft(page, 'blank');
  await page.reload();
  await page.locator('.stage [data-node-id]').first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('.stage-choice[aria-current]').innerText(), 'Empty board');
  assert.deepEqual(await draft(page, 'blank'), before);
  const hub = Object.entries(before.parts).find(([, part]) => part.kind === 'transit')[0];
  await node(page, hub).waitFor({ state: 'attached' });
});

test('two tabs: the attempts of both stay', async (t) => {
  const context = await profile(t);
  const one = await visit(t, half, { context });
  const other = await visit(t, half, { context });
  for (const page of [one, other]) {
    await button(page, 'Check').click();
    await eventually(async () => assert.match((await verdict(page)).text, /rules hold/));
  }
  await eventually(async () => assert.equal((await record(one, exercise)).attempts.length, 2));
});

test('the worked stage is broken on purpose, and says what still arrives', async (t) => {
  const page = await visit(t, worked);
  const panel = page.getByRole('region', { name: 'Break it' });
  await panel.getByText(/flows arrive, in both directions/).waitFor();
  await button(page, 'Break it').click();
  await panel.getByText(/broken\. \d+ parts down, .* still arrive/).waitFor();
  await said(page, /broken/);
  assert((await page.locator('.stage .down').count()) > 0, 'what is down is drawn');
  const lost = panel.locator('.flow').first();
  await lost.click();
  await panel.locator('.hops li').first().waitFor();
  await button(page, 'Mend it').click();
  await panel.getByText(/flows arrive, in both directions/).waitFor();
  assert.equal((await record(page, exercise)).attempts.length, 0);
});

test('help comes a step at a time, beside the rule it is about', async (t) => {
  const page = await visit(t, half);
  await button(page, 'Hint').click();
  await page.getByRole('list', { name: 'Hints' }).getByRole('listitem').first().waitFor();
  await button(page, 'Hint').click();
  await eventually(async () => assert.equal(await page.locator('.hint-list > li').count(), 2));
  await said(page, /Hint shown/);
});

test('nothing moves that the learner did not move: not the board by settings, not the tools by what can be undone', async (t) => {
  const page = await visit(t, half);
  await board(page);
  const boxes = () => page.evaluate(() => ['.stage', '.views', '.history .tool:last-child']
    .map((selector) => JSON.stringify(document.querySelector(selector).getBoundingClientRect())));
  const camera = () => page.locator('.world').evaluate((world) => world.style.transform);
  const before = [...await boxes(), await camera()];
  const { x, y } = await place(page, 'dublin-vpn');
  await page.mouse.click(x, y);
  await inspector(page).getByRole('heading', { name: 'Dublin VPN' }).waitFor();
  assert.deepEqual([...await boxes(), await camera()], before);
  await page.keyboard.press('Shift+ArrowRight');
  await button(page, 'Undo: move Dublin VPN').waitFor();
  assert.deepEqual([...await boxes(), await camera()], before);
});

test('at every width the board stays where it is when a part of it is chosen', async (t) => {
  for (const width of [360, 620, 800, 900, 1000, 1100, 1280, 1600]) {
    const page = await visit(t, half, { width, height: 800 });
    await board(page);
    const box = () => page.locator('.stage').boundingBox();
    const before = await box();
    await page.locator('.stage [data-node-id="hub-production"]').first().waitFor();
    const { x, y } = await place(page, 'hub-production');
    await page.mouse.click(x, y);
    await inspector(page).waitFor();
    assert.deepEqual(await box(), before, `${width} px`);
    await page.close();
  }
});

test('on a phone the rules are no wider than the screen, and Add takes the settings away from the board', async (t) => {
  const page = await visit(t, half, sizes.phone);
  await board(page);
  await button(page, 'Check').click();
  await button(page, 'Rules').click();
  await page.locator('.flows').waitFor();
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), sizes.phone.width);
  await button(page, 'Canvas').click();
  await page.evaluate(() => scrollTo(0, 0));
  await board(page);
  const { x, y } = await place(page, 'hub-production');
  await page.mouse.click(x, y);
  await inspector(page).waitFor();
  await button(page, 'Parts').click();
  await button(page, 'Add Subnet').click();
  await page.locator('.stage-status').waitFor();
  assert(!(await inspector(page).isVisible()));
});

test('a finding leads to the setting where the reason lies, and Escape back to the canvas', async (t) => {
  const page = await visit(t, half);
  await button(page, 'Check').click();
  const rule = page.locator('.rule').first();
  await rule.getByRole('button', { name: 'Show To development, Routes' }).click();
  const reason = inspector(page).locator('[data-field="entries"] .reason');
  await reason.getByText(/sends 0\.0\.0\.0\/0 to Inspection/).waitFor();
  await hasFocus(inspector(page).getByLabel('Prefix of route 1'));
  // A table names what is looked up in it, and leads there.
  await inspector(page).getByRole('button', { name: 'Show Booking dev to Hub' }).first().click();
  await inspector(page).getByRole('heading', { name: 'Booking dev to Hub' }).waitFor();
  await hasFocus(page.locator('.proxy:not([hidden])'));
  await page.keyboard.press('i');
  await eventually(async () => assert.match(await focused(page), /^(input|select)/));
  await page.keyboard.press('Escape');
  await hasFocus(page.locator('.proxy:not([hidden])'));
});

test('Ctrl+Z in a box takes the last change back, in a field of text what was typed', async (t) => {
  const page = await visit(t, half);
  await button(page, 'Outline').click();
  await page.getByPlaceholder('Find in the outline').fill('attached to Hub, table From inspection');
  await page.locator('.row-link').first().click();
  const box = inspector(page).getByLabel('Appliance mode');
  await box.check();
  await kept(page, 'half-built', (design) => assert.equal(design.links['inspection-hub'].attrs.appliance, true));
  await hasFocus(box);
  await page.keyboard.press('Control+z');
  await kept(page, 'half-built', (design) => assert.equal(design.links['inspection-hub'].attrs.appliance, undefined));
  assert.equal(await box.isChecked(), false);
  await hasFocus(box);
  await page.keyboard.press('Escape');
  await eventually(async () => assert.match(await focused(page), /^tr/));
});

test('the actions of a row are a menu: keys read it, and one that is chosen is done in the outline', async (t) => {
  const page = await visit(t, half);
  await button(page, 'Outline').click();
  await page.locator('.outline tr', { has: page.getByText('To production', { exact: true }) }).first().locator('.row-name').click();
  const row = page.locator('.outline tr[aria-selected]').first();
  await hasFocus(row);
  const before = await row.getAttribute('aria-rowindex');
  await page.keyboard.press('Tab');
  const open = button(page, 'Actions for To production');
  await hasFocus(open);
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: 'Actions for To production' });
  await hasFocus(menu.getByRole('menuitem', { name: 'Settings' }));
  assert.deepEqual(await axe(page), []);
  await picture(page, 'builder-menu');
  for (const name of ['Rename', 'Move into', 'Link to', 'Add a part', 'Delete', 'Settings', 'Rename']) {
    await page.keyboard.press('ArrowDown');
    await hasFocus(menu.getByRole('menuitem', { name, exact: true }));
  }
  await page.keyboard.press('Escape');
  await hasFocus(open);
  assert.equal(await menu.count(), 0);
  // Tab leaves it, and so does a click elsewhere.
  await page.keyboard.press('Space');
  await hasFocus(menu.getByRole('menuitem', { name: 'Settings' }));
  await page.keyboard.press('Tab');
  await eventually(async () => assert.equal(await menu.count(), 0));
  await open.click();
  await menu.waitFor();
  await open.click();
  await eventually(async () => assert.equal(await menu.count(), 0));
  await open.click();
  await menu.waitFor();
  await page.getByRole('heading', { name: 'Rules' }).click();
  await eventually(async () => assert.equal(await menu.count(), 0));
  assert.equal(await draft(page, 'half-built'), undefined, 'nothing was done by all that');
  assert.equal(await row.getAttribute('aria-rowindex'), before);

  // The hub's own row: a part that is added stays in the outline, with its row.
  await page.locator('.outline tr', { has: page.getByText(/^▾ Hub$/) }).first().locator('.row-name').click();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await hasFocus(page.getByRole('menuitem', { name: 'Add a part' }));
  await page.keyboard.press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Add which part?' }));
  await page.keyboard.type('route table');
  await picture(page, 'builder-outline-search');
  await page.keyboard.press('Enter');
  await eventually(async () => assert.match(await focused(page), /^tr/));
  await page.locator('.outline tr:focus .row-name').getByText('Route table', { exact: false }).waitFor();
  assert(await page.getByRole('treegrid').isVisible());
});

test('after a check a button leads to the findings, also where they are a panel of their own', async (t) => {
  for (const size of [sizes.laptop, sizes.phone]) {
    const page = await visit(t, half, size);
    await board(page);
    const primary = button(page, 'Check');
    const at = async () => JSON.stringify(await primary.boundingBox());
    await page.evaluate(() => scrollTo(0, 0));
    await primary.focus();
    const before = await at();
    await page.keyboard.press('Enter');
    const link = button(page, 'See findings');
    await link.waitFor();
    if (size === sizes.laptop) assert.equal(await at(), before, 'the button that was pressed stays where it is');
    await hasFocus(primary);
    await link.click();
    const rule = page.locator('.rule').first();
    await hasFocus(rule.locator('.rule-say'));
    await picture(page, `builder-findings-${size.width}`);
    const { y } = await rule.boundingBox();
    assert(y >= 0 && y < size.height - 100, `the rule is at ${y}`);
    await page.keyboard.press('Tab');
    await hasFocus(rule.getByRole('button', { name: 'Show To development, Routes' }).first());
    await page.close();
  }
});

test('what was typed of a route counts at the check, and its way to Enter is short', async (t) => {
  const page = await visit(t, half);
  await board(page);
  const { x, y } = await place(page, 'hub-production');
  await page.mouse.click(x, y);
  const prefix = page.getByLabel('Prefix of a new route');
  await prefix.fill('10.32.0.0/12');
  await prefix.press('Enter');
  await inspector(page).getByText('Choose a target: where the route leads.').waitFor();
  await hasFocus(page.getByLabel('Target of a new route'));
  await page.getByLabel('Target of a new route').selectOption({ label: 'Drop (blackhole)' });
  await button(page, 'Check').click();
  await kept(page, 'half-built', (design) => assert.equal(design.parts['hub-production'].attrs.entries.length, 2));
  assert.equal(await prefix.inputValue(), '');
  // A field that is not left yet counts when the keyboard checks.
  await inspector(page).getByLabel('Name', { exact: true }).fill('To prod');
  await page.waitForTimeout(450);
  await page.keyboard.press('Control+Enter');
  await kept(page, 'half-built', (design) => assert.equal(design.parts['hub-production'].name, 'To prod'));
  const { attempts } = await record(page, exercise);
  assert.equal(attempts.at(-1).answer.design.parts['hub-production'].name, 'To prod');
});

test('Start again says so, and the findings of the board before are gone', async (t) => {
  const page = await visit(t, half);
  await button(page, 'Check').click();
  await page.locator('.findings').first().waitFor();
  await button(page, 'Start again').click();
  await said(page, /Started again: the board is as it was at first/);
  await eventually(async () => assert.equal(await page.locator('.findings').count(), 0));
  assert.match((await verdict(page)).text, /not checked yet/);
});

test('the way of a flow and the row of a part that is shown come into view', async (t) => {
  const page = await visit(t, half, { width: 1280, height: 720 });
  const inView = async (locator) => eventually(async () => {
    const box = await locator.boundingBox();
    assert(box && box.y >= 0 && box.y < 640, JSON.stringify(box));
  });
  const cell = page.locator('.flow').last();
  await cell.evaluate((cell) => cell.scrollIntoView({ block: 'end' }));
  await cell.click();
  await inView(page.locator('.flow-ways h3').first());
  await inView(page.locator('.flow-ways .flow-way').first());

  await button(page, 'Outline').click();
  await page.getByRole('row').filter({ has: page.getByText(/Dublin data centre$/) }).first().locator('.row-name').click();
  await button(page, 'Check').click();
  await button(page, 'See findings').click();
  await page.locator('.rule').first().getByRole('button', { name: 'Show To development, Routes' }).click();
  await hasFocus(inspector(page).getByLabel('Prefix of route 1'));
  const row = page.locator('.outline tr[aria-selected]').first();
  await row.getByText('To development', { exact: true }).waitFor();
  const panel = await page.locator('.outline .scroll').boundingBox();
  const box = await row.boundingBox();
  assert(box.y >= panel.y && box.y + box.height <= panel.y + panel.height, 'its row is scrolled to');
});

test('a refusal is not kept for who comes later, whatever is said in between', async (t) => {
  const page = await visit(t, half);
  await page.locator('input[type="file"]').setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('no design') });
  const alert = page.locator('[role="alert"].said');
  await eventually(async () => assert.match(await alert.textContent(), /Choose one that "Save a file" has saved/));
  await button(page, 'Break it').click();
  await said(page, /broken/);
  await page.waitForFunction(() => document.querySelector('[role="alert"].said').textContent === '', null, { timeout: 15_000 });
});

test('? shows the keys, and Escape goes back to where one was', async (t) => {
  const page = await visit(t, half);
  await board(page);
  const list = page.getByRole('dialog', { name: 'Keys on the canvas and in the outline' });
  for (const from of [page.locator('.proxy:not([hidden])'), button(page, 'Tidy')]) {
    await from.focus();
    await page.keyboard.press('?');
    await list.getByText('Go to the nearest part that way').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await hasFocus(from);
  }
  await button(page, 'Keys').click();
  await list.getByRole('button', { name: 'Close' }).click();
  await hasFocus(button(page, 'Keys'));
});

test('what was placed has the focus: by a drag out of the palette, and on a phone by a tap and a tap', async (t) => {
  const page = await visit(t, blank);
  await board(page);
  const kind = page.locator('.kind').filter({ hasText: 'Transit gateway' }).locator('.kind-name');
  const from = await kind.boundingBox();
  const region = await place(page, 'network-region', { title: true });
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.move(region.x, region.y, { steps: 5 });
  await page.mouse.up();
  await hasFocus(page.locator('.proxy:not([hidden])'));
  await eventually(async () => assert.match(await page.locator('.proxy:not([hidden])').getAttribute('aria-label'), /^Transit gateway/));

  const phone = await visit(t, blank, { width: 360, height: 640, touch: true });
  const tabs = await phone.locator('.views').boundingBox();
  assert(tabs.y + tabs.height < 320, `the tabs end at ${tabs.y + tabs.height}`);
  await button(phone, 'Parts').tap();
  await button(phone, 'Add Transit gateway').tap();
  await phone.getByText(/where it goes/).first().waitFor();
  await phone.locator('.stage').evaluate((stage) => stage.scrollIntoView({ block: 'start' }));
  await phone.waitForTimeout(200);
  const title = await place(phone, 'network-region', { title: true });
  await phone.touchscreen.tap(title.x, title.y);
  await hasFocus(phone.locator('.proxy:not([hidden])'));
  await eventually(async () => assert.match(await phone.locator('.proxy:not([hidden])').getAttribute('aria-label'), /^Transit gateway/));
});

test('a design goes into a file and comes back; a bad file says why, and nothing is lost', async (t) => {
  const page = await visit(t, half);
  const waiting = page.waitForEvent('download');
  await button(page, 'Save a file').click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), 'segmented-hub.half-built.design.json');
  const path = await download.path();
  await go(page, blank);
  await eventually(async () => assert.equal(await page.locator('.stage-choice[aria-current]').innerText(), 'Empty board'));
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Open a file').click();
  await (await chooser).setFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"a": 1}') });
  await page.locator('.bar-note').getByText('There is no design in this file.').waitFor();
  await page.locator('input[type="file"]').setInputFiles(path);
  await kept(page, 'blank', (design) => assert(design.parts['hub-production']));
  await button(page, 'Undo: open another design').click();
  await kept(page, 'blank', (design) => assert.equal(design.parts['hub-production'], undefined));
});

test('the table of flows says what is wanted and what is so', async (t) => {
  const page = await visit(t, half);
  const panel = page.getByRole('region', { name: 'Break it' });
  await panel.getByRole('button', { name: /^16\/16\s+must not arrive\s*: from Development to Production$/ }).click();
  await panel.getByRole('heading', { name: /^Arrive, and must not: 16/ }).waitFor();
  await panel.getByText(/To development sends 0\.0\.0\.0\/0 to Inspection/).first().waitFor();
  await panel.getByRole('button', { name: 'Break it' }).click();
  await panel.getByText(/no design saves them/).waitFor();
});

test('a builder that does not load says so, and can be asked again', async (t) => {
  let refuse = true;
  const page = await visit(t, half, {
    ready: false,
    expected: [/builder\.[0-9a-f]+\.js/, /Failed to (load|fetch)/],
    before: (page) => page.route(/\/builder\.[0-9a-f]+\.js$/, (route) => (refuse ? route.abort() : route.continue())),
  });
  await page.getByText('Segmented hub did not load. Your work is safe.').waitFor();
  refuse = false;
  assert.deepEqual(await axe(page), []);
});

test('an exercise of another version asks for a reload', async (t) => {
  const page = await visit(t, half, {
    ready: false,
    before: (page) => page.route(/segmented-hub\.[0-9a-f]+\.json$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json()), format: 99 } });
    }),
  });
  await page.getByText('A new version is ready.').waitFor();
});

const shut = async (page) => {
  const brief = page.locator('.brief[open] > summary');
  if (await brief.count()) await brief.click();
};
const states = {
  worked: (t) => visit(t, worked),
  broken: async (t) => {
    const page = await visit(t, worked);
    await shut(page);
    await button(page, 'Break it').click();
    await page.locator('.flow').first().click();
    return page;
  },
  half: async (t) => {
    const page = await visit(t, half);
    await shut(page);
    return page;
  },
  checked: async (t) => {
    const page = await visit(t, half);
    await shut(page);
    await button(page, 'Check').click();
    await page.locator('.findings').first().waitFor();
    return page;
  },
  settings: async (t) => {
    const page = await visit(t, half);
    await shut(page);
    await button(page, 'Check').click();
    await page.locator('.finding button').first().click();
    await inspector(page).waitFor();
    return page;
  },
  outline: async (t) => {
    const page = await visit(t, half);
    await shut(page);
    await button(page, 'Outline').click();
    await page.getByRole('treegrid').waitFor();
    return page;
  },
  search: async (t) => {
    const page = await visit(t, blank);
    await shut(page);
    await page.locator('.proxy:not([hidden])').focus();
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'Add which part?' }).waitFor();
    return page;
  },
};

for (const [name, open] of Object.entries(states)) {
  test(`${name}: axe in both themes, every width, large text, forced colours`, async (t) => {
    const page = await open(t);
    const faults = [];
    for (const dark of [false, true]) {
      await showAt(page, sizes.laptop, { dark });
      faults.push(...(await axe(page)));
      await picture(page, `builder-${name}-${dark ? 'dark' : 'light'}`);
    }
    for (const [size, of] of Object.entries(sizes)) {
      await showAt(page, of);
      faults.push(...(await layoutFaults(page)).map((fault) => `${size}: ${fault}`));
      faults.push(...(await targetFaults(page)).map((fault) => `${size}: ${fault}`));
      faults.push(...(await primaryFaults(page)).map((fault) => `${size}: ${fault}`));
    }
    for (const dark of [false, true]) {
      await showAt(page, sizes.phone, { dark });
      faults.push(...(await axe(page)));
      await picture(page, `builder-${name}-phone-${dark ? 'dark' : 'light'}`);
    }
    await showAt(page, sizes.laptop, { text: 2 });
    faults.push(...(await layoutFaults(page)).map((fault) => `200 %: ${fault}`));
    await showAt(page, sizes.laptop, { forced: true });
    faults.push(...(await axe(page)).map((fault) => `forced: ${fault}`));
    await picture(page, `builder-${name}-forced`);
    assert.deepEqual([...new Set(faults)], []);
  });
}

test('Tab goes through the builder with a ring at every stop', async (t) => {
  const page = await visit(t, half);
  await shut(page);
  assert.deepEqual(await focusFaults(page, 60), []);
});

test('on a phone the whole menu of a row can be pressed, wherever the row stands', async (t) => {
  const page = await visit(t, half, { width: 360, height: 640, touch: true });
  await button(page, 'Outline').click();
  const rows = page.locator('.outline .row-menu');
  const last = await rows.count() - 1;
  for (const at of [0, 3, 12, last - 1, last]) {
    await rows.nth(at).click();
    const lines = page.getByRole('menu').getByRole('menuitem');
    await hasFocus(lines.first());
    for (const line of await lines.all()) {
      await line.scrollIntoViewIfNeeded();
      assert(await line.evaluate((line) => {
        const { x, y, width, height } = line.getBoundingClientRect();
        return line.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      }), `row ${at}: something lies over ${await line.innerText()}`);
    }
    if (at === 3) await picture(page, 'builder-menu-phone');
    await page.keyboard.press('Escape');
  }
  await inspector(page).waitFor();
});

test('at 320 px no word of the stages is torn', async (t) => {
  for (const at of [blank, half, worked]) {
    const page = await visit(t, at, { width: 320, height: 640 });
    const torn = await page.locator('.stage-choice').evaluateAll((all) => all.flatMap((choice) => [...choice.firstChild.data.matchAll(/\w+/g)].filter(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(choice.firstChild, index);
      range.setEnd(choice.firstChild, index + word.length);
      return range.getClientRects().length > 1;
    }).map(([word]) => word)));
    assert.deepEqual(torn, []);
    assert.deepEqual(await layoutFaults(page), []);
  }
});
