// The loop of practice: check, reasons, try again, hints, the answer, the way on; and what may not be seen before.
import assert from 'node:assert/strict';
import test from 'node:test';
import { course, plain, quizOf, sample, secrets } from './course.mjs';
import { choose, keys, mouse, option, primary, tabTo } from './hands.mjs';
import { eventually, go, hasFocus, judged, record, said, verdict, visit } from './harness.mjs';

const { one, any, two, match, tray } = sample;
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** All that a script on the page could read of its DOM: text, attributes, and values. */
async function readable(page) {
  return plain(
    await page.evaluate(() => {
      const texts = [document.title, document.documentElement.textContent];
      for (const element of document.querySelectorAll('*')) {
        texts.push(...[...element.attributes].map((attribute) => attribute.value), String(element.value ?? ''));
      }
      return texts.join('\n').replaceAll('<', '').replaceAll('&', '&amp;');
    }),
  ).replaceAll('<', '');
}

const shows = (all, text) => all.includes(text.replaceAll('<', ''));

/** How many of an item's reasons, explanations and hints the DOM holds. */
async function seen(page, item) {
  const all = await readable(page);
  const { reasons, explain, hints } = secrets(item);
  const count = (texts) => texts.filter((text) => shows(all, text)).length;
  return { reasons: count([...new Set(reasons)]), explain: count([explain]), hints: count(hints) };
}

test('a wrong choice: not yet, its own reason, try again with the choice kept, the end after three tries', async (t) => {
  const page = await visit(t, one.address);
  assert.match((await verdict(page)).text, /^0 of 1 chosen/);
  await choose(page, mouse, one, one.wrong[0]);
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'wrong'), /^Not yet\. 2 tries left, worth up to 67 %\.$/);
  assert.deepEqual(await seen(page, one), { reasons: 1, explain: 0, hints: 0 });
  const chosen = page.locator('.option').filter({ has: option(page, one, one.wrong[0]) });
  assert.equal(await chosen.getAttribute('data-state'), 'wrong');
  assert.match(await chosen.innerText(), /Not this one\./);
  assert.equal(await page.locator('[data-state]').count(), 1, 'nothing else is marked');

  await primary(page, mouse, 'Try again');
  await eventually(async () => assert.equal(await page.locator('[data-state]').count(), 0));
  assert(await option(page, one, one.wrong[0]).isChecked(), 'the choice is kept');
  assert.deepEqual(await seen(page, one), { reasons: 0, explain: 0, hints: 0 });

  await choose(page, mouse, one, one.wrong[1]);
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'wrong'), /1 try left, worth up to 33 %\./);
  await primary(page, mouse, 'Try again');
  await choose(page, mouse, one, one.wrong[0]);
  await primary(page, mouse, 'Check');
  await eventually(async () => assert.match((await verdict(page)).text, /Here is the answer\./));
  const right = page.locator('.option').filter({ has: option(page, one, one.right[0]) });
  assert.equal(await right.getAttribute('data-state'), 'missed');
  assert.match(await right.innerText(), /You missed this\./);
  assert.deepEqual(await seen(page, one), { reasons: 2, explain: 1, hints: 0 });
  await button(page, 'Next').waitFor();
});

test('missed options are counted, not named, while tries are left', async (t) => {
  const page = await visit(t, any.address);
  await choose(page, mouse, any, any.right[0]);
  await primary(page, mouse, 'Check');
  const words = await judged(page, 'partial');
  const missed = any.right.length - 1;
  assert.match(words, new RegExp(`^Partly right\\. .*${missed} still to find\\. 2 tries left, worth up to 67 %\\.$`));
  assert.deepEqual(await seen(page, any), { reasons: 1, explain: 0, hints: 0 });
  // What is missed and what is rightly left differ in nothing but their own words.
  const bare = (id) =>
    page.locator('.option').filter({ has: option(page, any, id) }).evaluate((row) => {
      const copy = row.cloneNode(true);
      copy.querySelector('input').removeAttribute('value');
      copy.querySelector('label').querySelectorAll('span').forEach((span) => {
        if (!span.querySelector('svg')) span.textContent = '';
      });
      return copy.outerHTML;
    });
  assert.equal(await bare(any.right[1]), await bare(any.wrong[0]));
  await button(page, 'Show answer').click();
  await eventually(async () => {
    const states = await page.locator('[data-state="missed"]').count();
    assert.equal(states, missed);
  });
  await eventually(async () => assert.equal((await seen(page, any)).explain, 1));
});

test('the score is told with its sum', async (t) => {
  const page = await visit(t, any.address);
  for (const id of [...any.right, any.wrong[0]]) await choose(page, mouse, any, id);
  await primary(page, mouse, 'Check');
  const n = any.right.length;
  assert.match(await judged(page, 'partial'), new RegExp(`${n} right, 1 wrong: \\(${n}-1\\)/${n}`));
});

for (const item of [one, any, match, sample.reuse, tray]) {
  test(`no answer in the DOM before its time: ${item.id}`, async (t) => {
    const page = await visit(t, item.address);
    assert.deepEqual(await seen(page, item), { reasons: 0, explain: 0, hints: 0 });
    await primary(page, mouse, 'Check');
    await judged(page, 'invalid');
    assert.deepEqual(await seen(page, item), { reasons: 0, explain: 0, hints: 0 });
    await button(page, 'Hint').click();
    await eventually(async () => assert.deepEqual(await seen(page, item), { reasons: 0, explain: 0, hints: 1 }));
    await button(page, 'Show answer').click();
    await eventually(async () => assert.equal((await seen(page, item)).explain, 1));
    assert(secrets(item).explain.length > 100, 'and there was something to find');
  });
}

test('Check without an answer says what to do and takes no try', async (t) => {
  for (const [item, words] of [[one, 'Choose an answer first.'], [match, 'Place a token first.'], [tray, 'Put a block into the list first.']]) {
    const page = await visit(t, item.address);
    assert(await page.locator('#primary').isEnabled());
    await primary(page, keys, 'Check');
    assert.equal(await judged(page, 'invalid'), words);
    await said(page, new RegExp(words));
    assert.deepEqual((await record(page, item.exercise)).attempts, []);
  }
});

test('the price of a hint stands before the click and comes off the score', async (t) => {
  const prices = one.view.hint_prices;
  assert.deepEqual(prices, [0, 0.1], 'the course prices its second hint');
  const page = await visit(t, one.address);
  await button(page, 'Hint').click();
  await said(page, /Hint shown\./);
  assert.equal((await seen(page, one)).hints, 1);
  assert.match((await verdict(page)).text, /^0 of 1 chosen$/, 'the first hint is free');
  await button(page, 'Hint (costs 10 %)').click();
  await eventually(async () => assert.equal((await seen(page, one)).hints, 2));
  await eventually(async () => assert.match((await verdict(page)).text, /worth up to 90 %/));
  assert.equal(await page.getByRole('button', { name: /^Hint/ }).count(), 0);
  await eventually(async () => {
    assert(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost with the last hint');
  });
  await choose(page, mouse, one, one.right[0]);
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'right'), /Worth 90 %\./);
  const { attempts } = await record(page, one.exercise);
  assert.deepEqual(attempts.map(({ f, hints }) => [f, hints]), [[1, 2]], 'the record keeps the grade and the hints apart');
});

test('Show answer ends it: no try, the answer, the reasons, the focus on the way on', async (t) => {
  const page = await visit(t, match.address, { height: 1400 });
  await button(page, 'Show answer').click();
  await eventually(async () => assert.match((await verdict(page)).text, /^Here is the answer\./));
  for (const [prompt, token] of Object.entries(match.pairs)) {
    const row = page.locator('.prompt').filter({ has: page.getByLabel(`Token for ${match.label(prompt)}`, { exact: true }) });
    assert.match((await row.innerText()).replace(/\s+/g, ' '), new RegExp(`Belongs here: ${match.label(token).slice(0, 20)}`));
  }
  await hasFocus(page.locator('#primary'));
  assert.deepEqual((await record(page, match.exercise)).attempts, []);
});

test('the end of an order shows a right one', async (t) => {
  const page = await visit(t, tray.address);
  await button(page, 'Show answer').click();
  const shown = page.getByRole('region', { name: 'A right order' }).getByRole('listitem');
  await eventually(async () => {
    const texts = (await shown.allInnerTexts()).map((text) => text.trim());
    assert.equal(texts.length, tray.right.length);
    const place = (id) => texts.indexOf(tray.label(id));
    for (const id of tray.right) for (const earlier of tray.after(id)) assert(place(earlier) < place(id), `${earlier} before ${id}`);
  });
});

test('sources with the day they were checked', async (t) => {
  const page = await visit(t, two.address);
  await button(page, 'Show answer').click();
  const sources = page.getByRole('region', { name: 'Explanation' }).getByRole('listitem');
  await eventually(async () => assert.equal(await sources.count(), two.key.sources.length));
  for (const text of await sources.allInnerTexts()) assert.match(text, /checked \d{4}-\d\d-\d\d/);
  for (const link of await sources.getByRole('link').all()) assert.match(await link.getAttribute('href'), /^https:/);
});

test('after a try: what the item trains and Report a fault, but neither sources nor explanation', async (t) => {
  const page = await visit(t, two.address);
  const report = button(page, 'Report a fault');
  const trains = page.getByText(/^Trains .+: .+\.$/);
  assert.deepEqual([await report.count(), await trains.count()], [0, 0]);
  for (const id of two.wrong.slice(0, 2)) await choose(page, mouse, two, id);
  await primary(page, mouse, 'Check');
  await judged(page, 'wrong');
  await report.waitFor();
  await trains.waitFor();
  const isSilent = async () => {
    const all = await readable(page);
    for (const source of quizOf(two.exercise).sources) assert(!shows(all, plain(source.title)) && !all.includes(plain(source.url)), source.title);
  };
  await isSilent();
  await primary(page, mouse, 'Try again');
  await judged(page, 'plain');
  await report.waitFor();
  await isSilent();
  // It is not drawn anew when the end comes: what has the focus keeps it.
  await tabTo(report);
  await page.evaluate(() => [...document.querySelectorAll('button')].find((one) => one.textContent === 'Show answer').click());
  await page.getByRole('region', { name: 'Explanation' }).waitFor();
  await report.waitFor();
});

test('where the course names a form for reports, a link leads to it filled in', async (t) => {
  const index = structuredClone(course);
  index.course.report_url = 'https://forge.example/new?title=Fault&body={report}';
  const page = await visit(t, one.address, { before: (page) => page.route('**/data/course.json', (route) => route.fulfill({ json: index })) });
  await choose(page, mouse, one, one.wrong[0]);
  await primary(page, mouse, 'Check');
  const link = page.getByRole('link', { name: 'Open the form for reports' });
  const filled = async () => new URL(await link.getAttribute('href'));
  await link.waitFor();
  assert.equal((await filled()).host, 'forge.example');
  const body = (await filled()).searchParams.get('body');
  assert.match(body, new RegExp(`^Item: ${one.id}\nVersion: ${one.view.version}\nAnswer: .*${one.wrong[0]}`));
  await primary(page, mouse, 'Try again');
  await choose(page, mouse, one, one.right[0]);
  await eventually(async () => assert.match((await filled()).searchParams.get('body'), new RegExp(one.right[0])));
});

test('a double click on Check is one press', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, mouse, one, one.wrong[0]);
  await page.locator('#primary').dblclick();
  await judged(page, 'wrong');
  assert.equal((await page.locator('#primary').innerText()).trim(), 'Try again');
  assert.equal((await record(page, one.exercise)).attempts.length, 1);
});

for (const combination of [['Enter'], ['Control', 'Enter']]) {
  test(`${combination.join('+')} held down is one press`, async (t) => {
    const page = await visit(t, one.address);
    await choose(page, mouse, one, one.wrong[0]);
    await tabTo(page.locator('#primary'));
    const start = Date.now();
    for (const key of combination) await page.keyboard.down(key);
    // Each further `down` is a repeat, until long past the 400 ms in which a press is no press.
    while (Date.now() - start < 700) await page.keyboard.down('Enter');
    for (const key of combination.toReversed()) await page.keyboard.up(key);
    await judged(page, 'wrong');
    assert.equal((await record(page, one.exercise)).attempts.length, 1);
  });
}

test('Ctrl+Enter presses the primary button from anywhere', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, keys, one, one.right[0]);
  await page.keyboard.press('Control+Enter');
  await judged(page, 'right');
  await page.waitForTimeout(450);
  await page.keyboard.press('Control+Enter');
  await eventually(async () => assert(!page.url().endsWith(one.address)));
});

test('after Check the button keeps the focus, its verdict stands before it and is said', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, keys, one, one.wrong[0]);
  await primary(page, keys, 'Check');
  await judged(page, 'wrong');
  await hasFocus(page.locator('#primary'));
  await said(page, /^Not yet\. 2 tries left/);
  const isBefore = await page.evaluate(() => {
    const [status, button] = [document.querySelector('.status'), document.querySelector('#primary')];
    return Boolean(status.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  assert(isBefore);
  await primary(page, keys, 'Try again');
  await judged(page, 'plain');
  await hasFocus(page.locator('#primary'));
});

test('Next goes to the next new item, the focus to its question; the last is Finish and leads to the week', async (t) => {
  const page = await visit(t, `#/${one.exercise}`);
  const items = page.getByRole('navigation', { name: 'Questions' }).getByRole('link');
  const count = await items.count();
  for (let place = 1; place <= count; place += 1) {
    await page.getByText(`Question ${place} of ${count}`).waitFor();
    if (place > 1) await hasFocus(page.locator('#question'));
    await answerAnything(page);
    // The options are shuffled: the first may be the right one, and then all is told already.
    if ((await verdict(page)).tone !== 'right') await button(page, 'Show answer').click();
    await eventually(async () => assert.match((await verdict(page)).text, /Here is the answer\.|^Right\./));
    await primary(page, keys, place < count ? 'Next' : 'Finish');
  }
  await page.getByRole('heading', { level: 1, name: /^Week 20/ }).waitFor();
  await hasFocus(page.getByRole('heading', { level: 1 }));
  assert.equal(await page.title(), 'Week 20 - Sandtable');
  await eventually(async () => assert.match(await page.locator('main').innerText(), new RegExp(`${count} of ${count} done`)));

  /** Gives some answer and has it checked, so that the item counts as answered. */
  async function answerAnything() {
    const input = page.locator('.option input').first();
    if ((await input.count()) > 0) await input.click();
    else if ((await page.locator('.slot-select').count()) > 0) await page.locator('.slot-select').first().selectOption({ index: 1 });
    else await page.getByRole('button', { name: /^Add to the list/ }).first().click();
    await primary(page, keys, 'Check');
    await eventually(async () => assert.notEqual((await verdict(page)).tone, 'plain'));
  }
});

test('Practise again begins anew, with all tries and without the answer', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, mouse, one, one.right[0]);
  await primary(page, mouse, 'Check');
  await judged(page, 'right');
  await button(page, 'Practise again').click();
  await judged(page, 'plain');
  assert.deepEqual(await seen(page, one), { reasons: 0, explain: 0, hints: 0 });
  assert.equal(await page.locator('.option input:checked').count(), 0);
  await eventually(async () => {
    assert(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost with the button');
  });
  await choose(page, mouse, one, one.wrong[0]);
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'wrong'), /2 tries left/);
  assert.equal((await record(page, one.exercise)).attempts.length, 2);
});

test('Report a fault copies a report and sends nothing', async (t) => {
  const page = await visit(t, one.address);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await choose(page, mouse, one, one.right[0]);
  await primary(page, mouse, 'Check');
  await button(page, 'Report a fault').click();
  await said(page, /Report copied\./);
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(report, new RegExp(`${one.id}[\\s\\S]*${one.view.version}[\\s\\S]*${one.right[0]}`));
});

test('a change of page: the focus on its heading, its title, the top', async (t) => {
  const page = await visit(t, '#/');
  const heading = page.getByRole('heading', { level: 1 });
  for (const [hash, title] of [['#/week-20', /^Week 20 - Sandtable$/], [one.address, / - Week 20 - Sandtable$/], ['#/week-77', /^Not found - Sandtable$/], ['#/', /Sandtable$/]]) {
    await page.evaluate(() => scrollTo(0, 9999));
    await go(page, hash);
    await eventually(async () => assert.match(await page.title(), title));
    await hasFocus(heading);
    assert.equal(await page.evaluate(() => scrollY), 0);
  }
});

test('the first Tab leads past the header', async (t) => {
  const page = await visit(t, one.address);
  await page.keyboard.press('Tab');
  await hasFocus(page.getByRole('link', { name: 'Skip to the content' }));
  await page.keyboard.press('Enter');
  await hasFocus(page.locator('main'));
  assert(page.url().endsWith(one.address), 'the place stays');
});
