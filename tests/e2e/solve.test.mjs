// The segmented hub, solved from half built to all rules: by mouse, by touch, by the keyboard alone. What the hands do
// differs; what they do is the same.
import assert from 'node:assert/strict';
import test from 'node:test';
import { eventually, record, verdict, visit } from './harness.mjs';

const exercise = 'week-20/segmented-hub';
const half = `#/${exercise}/half-built`;
const button = (page, name) => page.getByRole('button', { name, exact: true });

const design = async (page) => (await record(page, exercise))?.drafts[`${exercise}#half-built`]?.run.design;

/** The one part that is new since `before`. */
async function added(page, before, kind) {
  return eventually(async () => {
    const parts = (await design(page))?.parts ?? {};
    const [id, ...more] = Object.keys(parts).filter((id) => !before.has(id) && parts[id].kind === kind);
    assert(id && more.length === 0, `no new ${kind}`);
    return { id, name: parts[id].name };
  });
}

/** Everything that is missing in the half built hub, put in by a hand. */
async function solve(page, hand) {
  const known = new Set([...(await ids(page))]);
  const place = async (kind, label, into) => {
    await hand.place(label, into);
    const part = await added(page, known, kind);
    known.add(part.id);
    return part;
  };
  for (const [id, name, prefix] of [
    ['hub-production', 'To production', '10.32.0.0/12'],
    ['hub-development', 'To development', '10.16.0.0/12'],
  ]) {
    await hand.open({ id, name });
    await hand.addRoute(prefix, 'Drop (blackhole)');
  }
  const zone = { id: 'inspection-az2', name: 'euw1-az2', under: 'Inspection' };
  const wall = await place('subnet', 'Subnet', zone);
  await hand.fill('Prefix (CIDR)', '10.50.0.48/28');
  await hand.pick('Route table', 'From firewall');
  const firewall = await place('firewall', 'Firewall', wall);
  const attachment = await place('subnet', 'Subnet', zone);
  await hand.fill('Prefix (CIDR)', '10.50.0.16/28');
  const table = await place('route-table', 'Route table', { id: 'inspection', name: 'Inspection' });
  await hand.addRoute('0.0.0.0/0', firewall.name);
  await hand.open(attachment);
  await hand.pick('Route table', table.name);
  await hand.open({ id: 'inspection-hub', name: 'attached to Hub, table From inspection' });
  await hand.tick(attachment.name);
  await hand.check();
  await eventually(async () => assert.match((await verdict(page)).text, /All 8 rules hold/));
  const { attempts } = await record(page, exercise);
  assert.equal(attempts.at(-1).f, 1);
}

/** All parts that stand on the board at first. */
const ids = (page) => page.locator('.stage [data-node-id]').evaluateAll((nodes) => nodes.map((node) => node.dataset.nodeId));

/** The choice of a list that has this name, whatever is said of it after a comma. */
async function choose(list, label) {
  const value = await list.locator('option').evaluateAll((options, label) => {
    const found = options.filter(({ textContent }) => textContent === label || textContent.startsWith(`${label}, `));
    return found.length === 1 ? found[0].value : `${found.length} are called ${label}`;
  }, label);
  await list.selectOption(value);
}

async function open(page, options) {
  const page_ = await visit(page, half, options);
  const brief = page_.locator('.brief[open] > summary');
  if (await brief.count()) await brief.click();
  await eventually(async () => assert((await ids(page_)).length > 10));
  return page_;
}

/** What mouse and finger have in common: they point. */
function pointing(page, press) {
  const inspector = page.getByRole('region', { name: 'Settings', exact: true });
  const node = (id) => page.locator(`[data-node-id="${id}"]`).first();
  const row = async (name) => {
    await press(button(page, 'Outline'));
    await page.getByPlaceholder('Find in the outline').fill(name);
    await press(page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) }).first().locator('.row-name'));
  };
  return {
    async place(label, into) {
      await press(button(page, 'Canvas'));
      await press(button(page, 'Fit'));
      await press(button(page, `Add ${label}`));
      await page.locator('.stage').evaluate((stage) => stage.scrollIntoView({ block: 'center' }));
      // What is drawn is drawn with the next picture.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      // The title of the container, which nothing covers.
      const box = await node(into.id).boundingBox();
      await press(page.locator('.stage'), { x: box.x + box.width / 2, y: box.y + 5 });
    },
    async open({ name }) {
      await row(name);
      await inspector.getByRole('heading', { name }).or(inspector.getByText('Link', { exact: true })).first().waitFor();
      const settings = button(page, 'Settings');
      if (await settings.isVisible()) await press(settings);
    },
    async fill(label, text) {
      await inspector.getByLabel(label, { exact: true }).fill(text);
      await inspector.getByLabel(label, { exact: true }).press('Enter');
    },
    async pick(label, option) {
      await choose(inspector.getByLabel(label, { exact: true }), option);
    },
    async addRoute(prefix, target) {
      await inspector.getByLabel('Prefix of a new route').fill(prefix);
      await choose(inspector.getByLabel('Target of a new route'), target);
      await press(button(page, 'Add route'));
    },
    async tick(name) {
      await press(inspector.locator('label.tick').filter({ hasText: name }));
    },
    check: () => press(button(page, 'Check')),
  };
}

test('by mouse, from half built to all rules', async (t) => {
  const page = await open(t);
  await solve(page, pointing(page, async (target, at) => {
    if (!at) return target.click();
    await page.mouse.move(at.x, at.y);
    return page.mouse.click(at.x, at.y);
  }));
});

test('by touch, from half built to all rules', async (t) => {
  const page = await open(t, { width: 1100, height: 800, touch: true });
  await solve(page, pointing(page, (target, at) => (at ? page.touchscreen.tap(at.x, at.y) : target.tap())));
});

test('by the keyboard alone, from half built to all rules', async (t) => {
  const page = await open(t);
  const press = (key) => page.keyboard.press(key);
  const is = (locator) => locator.evaluate((element) => element === document.activeElement).catch(() => false);
  const tabTo = async (locator, key = 'Tab') => {
    for (let times = 0; times < 90; times += 1) {
      if (await is(locator)) return;
      await press(key);
    }
    assert.fail(`Tab never came to ${locator}`);
  };
  const inspector = page.getByRole('region', { name: 'Settings', exact: true });
  const field = (label) => inspector.getByLabel(label, { exact: true });
  const current = page.locator('.outline [tabindex="0"]').first();
  /** Down through the outline to the row of a name, after the row of another. */
  const rowOf = async ({ name, under }) => {
    await tabTo(button(page, 'Outline'), 'Shift+Tab');
    await press('Enter');
    await tabTo(current);
    await press('Control+Home');
    const last = await page.getByRole('treegrid').getAttribute('aria-rowcount');
    const words = under ? [under, name] : [name];
    for (let times = 0; times < Number(last); times += 1) {
      const text = (await current.locator('.row-name').innerText()).replace(/^[▾▸] /, '').trim();
      if (text === words[0]) words.shift();
      if (words.length === 0) return;
      const before = await current.getAttribute('aria-rowindex');
      await press('ArrowDown');
      await eventually(async () => assert.notEqual(await current.getAttribute('aria-rowindex'), before));
    }
    assert.fail(`no row ${name}`);
  };
  const typed = async (text) => {
    await press('Control+a');
    await page.keyboard.type(text);
  };
  /** By its name to a choice of a list, and on from one that only begins with it. */
  const listed = async (list, option) => {
    await tabTo(list);
    await page.keyboard.type(option);
    await eventually(async () => {
      const text = await list.locator('option:checked').innerText();
      const is = text === option || text.startsWith(`${option}, `);
      if (!is) await press('ArrowDown');
      assert(is, text);
    });
  };
  await page.locator('body').press('Tab');
  await tabTo(page.locator('.proxy:not([hidden])'));
  await solve(page, {
    async place(label, into) {
      await rowOf(into);
      await press('a');
      await page.getByRole('combobox', { name: 'Add which part?' }).waitFor();
      await page.keyboard.type(label);
      await eventually(async () => assert.match(await page.locator('[role="option"][aria-selected="true"]').innerText(), new RegExp(`into ${into.name}`)));
      await press('Enter');
      // What was added from the outline has its row there.
      await eventually(async () => assert(await is(current)));
      assert.match(await current.locator('.row-name').innerText(), new RegExp(label));
      await press('i');
      await eventually(async () => assert(await is(field('Name'))));
    },
    async open(part) {
      await rowOf(part);
      await press('Enter');
      await eventually(async () => assert(await inspector.evaluate((panel) => panel.contains(document.activeElement))));
    },
    async fill(label, text) {
      await tabTo(field(label));
      await typed(text);
      await press('Enter');
    },
    pick: (label, option) => listed(field(label), option),
    async addRoute(prefix, target) {
      await tabTo(field('Prefix of a new route'));
      await typed(prefix);
      await listed(field('Target of a new route'), target);
      await tabTo(field('Prefix of a new route'), 'Shift+Tab');
      await press('Enter');
      await eventually(async () => assert.equal(await field('Prefix of a new route').inputValue(), ''));
    },
    async tick(name) {
      const box = inspector.locator('label.tick').filter({ hasText: name }).locator('input');
      await tabTo(box);
      await press('Space');
      await eventually(async () => assert(await box.isChecked()));
    },
    check: () => press('Control+Enter'),
  });
});
