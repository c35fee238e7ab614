// What is written down and what comes back: reload, other tabs, and every way in which storage can fail.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { course, exercises, items, quizOf, sample } from './course.mjs';
import { choose, keys, mouse, option, primary } from './hands.mjs';
import { eventually, go, judged, keyOfRecord, profile, ready, record, verdict, visit } from './harness.mjs';

const { one, any, match, tray } = sample;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const notice = (page, words) => page.locator('.notice').filter({ hasText: words }).first().waitFor();
const layout = (page) => page.locator('.option, [data-place="tray"] .token, [data-place^="row:"] .token').allInnerTexts();

/** A wrong try and a new choice: the middle of an attempt. */
async function half(page, item = one) {
  await choose(page, mouse, item, item.wrong[0]);
  await primary(page, mouse, 'Check');
  await judged(page, 'wrong');
}

const reload = async (page) => {
  await page.reload();
  await ready(page);
};

test('a reload in the middle comes back to the choice, the tries, the hints and the layout', async (t) => {
  const page = await visit(t, one.address);
  await half(page);
  await button(page, 'Hint').click();
  await primary(page, mouse, 'Try again');
  await choose(page, mouse, one, one.wrong[1]);
  const before = { ...(await verdict(page)), layout: await layout(page), hints: await page.getByRole('region', { name: 'Hints' }).innerText() };
  await reload(page);
  assert(await option(page, one, one.wrong[1]).isChecked());
  assert.deepEqual({ ...(await verdict(page)), layout: await layout(page), hints: await page.getByRole('region', { name: 'Hints' }).innerText() }, before);
  assert.match(before.text, /2 tries left/);
  await button(page, 'Hint (costs 10 %)').waitFor();
  await primary(page, mouse, 'Check');
  assert.match(await judged(page, 'wrong'), /1 try left/);
});

test('a reload while reasons are shown comes back to them', async (t) => {
  const page = await visit(t, one.address);
  await half(page);
  // What can be taken back lives as long as the page.
  const text = async () => (await page.locator('main').innerText()).replace(/\s*Undo\s+Redo\s*/, '\n\n');
  const before = await text();
  await reload(page);
  assert.equal(await text(), before);
  await primary(page, mouse, 'Try again');
  await judged(page, 'plain');
});

test('a reload after the end comes back to the end', async (t) => {
  const page = await visit(t, one.address);
  await choose(page, mouse, one, one.right[0]);
  await primary(page, mouse, 'Check');
  await judged(page, 'right');
  const before = await page.locator('main').innerText();
  await reload(page);
  assert.equal(await page.locator('main').innerText(), before);
  assert.equal((await record(page, one.exercise)).attempts.length, 1);
});

test('a reload comes back to half a match and half an order', async (t) => {
  const page = await visit(t, match.address);
  const [prompt, token] = Object.entries(match.pairs)[0];
  await page.getByLabel(`Token for ${match.label(prompt)}`, { exact: true }).selectOption({ value: token });
  await eventually(async () => assert.match((await verdict(page)).text, /^1 of/));
  const tokens = await layout(page);
  await reload(page);
  assert.equal(await page.getByLabel(`Token for ${match.label(prompt)}`, { exact: true }).inputValue(), token);
  assert.deepEqual(await layout(page), tokens);

  await go(page, tray.address);
  for (const id of tray.right.slice(0, 3)) await page.getByRole('button', { name: `Add to the list: ${tray.label(id)}`, exact: true }).click();
  await eventually(async () => assert.match((await verdict(page)).text, /^3 in the list/));
  const blocks = await layout(page);
  await reload(page);
  assert.deepEqual(await layout(page), blocks);
});

test('every change is saved at once: nothing is lost when the tab is killed', async (t) => {
  const context = await profile(t);
  const page = await visit(t, any.address, { context });
  await choose(page, mouse, any, any.right[0]);
  await page.close();
  const again = await visit(t, any.address, { context });
  assert(await option(again, any, any.right[0]).isChecked());
});

test('the browser is closed and opened again', async (t) => {
  const page = await visit(t, one.address);
  await half(page);
  const before = await record(page, one.exercise);
  const state = await page.context().storageState();
  const later = await visit(t, '#/', { state });
  await later.getByRole('link', { name: 'Continue' }).waitFor();
  assert.deepEqual((await record(later, one.exercise)).attempts, before.attempts);
  await go(later, one.address);
  await judged(later, 'wrong');
});

test('the map goes on where the work was', async (t) => {
  const page = await visit(t, one.address);
  await half(page);
  await go(page, '#/');
  const title = exercises.find((entry) => entry.id === one.exercise).title;
  const place = one.place === 1 ? 2 : 1;
  await page.getByText(`Continue: ${title}, item ${place} of 5`).waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByText(`Question ${place} of 5`).waitFor();
  await page.getByRole('link', { name: `Question ${one.place}, tried` }).waitFor();
});

// --- renamed, changed, left open ----------------------------------------------------------------------------------------

const entryOf = (index) => index.weeks.flatMap((week) => week.exercises).find((entry) => entry.id === one.exercise);
const pip = (page, words) => page.getByRole('link', { name: `Question ${one.place}, ${words}`, exact: true }).waitFor();

/** Serves a course, and a quiz in the place of the one that `one` is in. */
const serve = (index, quiz) => async (page) => {
  await page.route('**/data/course.json', (route) => route.fulfill({ json: index }));
  if (quiz) await page.route('**/data/week-20/*', (route) => route.fulfill({ json: quiz }));
};

test('what was done under a former id counts, stays where it was, and its address leads on', async (t) => {
  const former = 'week-20/former-name';
  const renamed = (value) => JSON.parse(JSON.stringify(value).replaceAll(`"${one.exercise}`, `"${former}`).replaceAll(`#${one.short}"`, '#former"'));
  const context = await profile(t);
  const before = await visit(t, `#/${former}/former`, { context, before: serve(renamed(course), renamed(quizOf(one.exercise))) });
  await half(before);
  const { attempts } = await record(before, former);
  assert.deepEqual(attempts.map(({ item }) => item), [`${former}#former`]);
  await before.close();

  const index = structuredClone(course);
  const entry = entryOf(index);
  entry.aliases = [former];
  entry.items.find((item) => item.id === one.id).aliases = [`${one.exercise}#former`, `${former}#former`];
  const page = await visit(t, `#/${former}/former`, { context, before: serve(index) });
  await page.getByText(`Question ${one.place} of 5`).waitFor();
  await pip(page, 'tried');
  await go(page, '#/week-20');
  await page.getByText('1 of 5 done').waitFor();
  await go(page, '#/');
  await page.getByText(`Continue: ${entry.title}, item`).waitFor();
  assert.deepEqual((await record(page, former)).attempts, attempts);

  await go(page, one.address);
  await choose(page, mouse, one, one.right[0]);
  await primary(page, mouse, 'Check');
  await judged(page, 'right');
  await pip(page, 'right');
  assert.deepEqual((await record(page, one.exercise)).attempts.map(({ item }) => item), [one.id], 'each is kept once, under its own id');
});

test('what was done before the content changed counts and is marked', async (t) => {
  const context = await profile(t);
  const before = await visit(t, one.address, { context });
  await half(before);
  await pip(before, 'tried');
  assert.equal(await before.getByText('Changed since').count(), 0);
  await before.close();

  const changed = (value) => JSON.parse(JSON.stringify(value).replaceAll(one.view.version, 'ffffffff'));
  const page = await visit(t, one.address, { context, before: serve(changed(course), changed(quizOf(one.exercise))) });
  await page.getByText(`Question ${one.place} of 5. Changed since you answered it.`, { exact: true }).waitFor();
  await pip(page, 'tried, older version');
  assert.match((await verdict(page)).text, /^0 of 1 chosen$/, 'the half-done try begins anew');
  await go(page, '#/week-20');
  await page.getByText('1 of 5 done').waitFor();
  await go(page, one.address);
  await half(page);
  await pip(page, 'tried');
  assert.equal(await page.getByText('Changed since').count(), 0);
});

test('a night is no work: neither with the page open nor with it closed', async (t) => {
  const context = await profile(t);
  const page = await visit(t, one.address, { context, before: (page) => page.clock.install() });
  const seconds = async (page) => (await record(page, one.exercise)).attempts.map((attempt) => attempt.seconds);
  await choose(page, mouse, one, one.wrong[0]);
  await page.clock.fastForward('08:00:00');
  await primary(page, mouse, 'Check');
  await judged(page, 'wrong');
  const [first] = await seconds(page);
  assert(first >= 300 && first < 360, `${first} s`);
  const time = await page.evaluate(() => Date.now());
  await page.close();

  const later = await visit(t, one.address, { context, before: (page) => page.clock.install({ time: time + 8 * 3600_000 }) });
  await primary(later, mouse, 'Try again');
  await choose(later, mouse, one, one.wrong[1]);
  await primary(later, mouse, 'Check');
  await judged(later, 'wrong');
  const second = (await seconds(later)).at(-1);
  assert(second > first - 1 && second < first + 60, `${first} s, then ${second} s`);
});

// --- two tabs ---------------------------------------------------------------------------------------------------------

test('two tabs on two items keep both attempts, and each shows the other', async (t) => {
  const other = items.find((item) => item.exercise === one.exercise && item.pick === 'one' && item.short !== one.short);
  const context = await profile(t);
  const [a, b] = [await visit(t, one.address, { context }), await visit(t, other.address, { context })];
  await half(a);
  await half(b, other);
  for (const page of [a, b]) {
    for (const place of [one.place, other.place]) await page.getByRole('link', { name: `Question ${place}, tried` }).waitFor();
    const { attempts, drafts } = await record(page, one.exercise);
    assert.deepEqual(attempts.map((attempt) => attempt.item), [one.id, other.id]);
    assert.deepEqual(Object.keys(drafts).sort(), [one.id, other.id].sort());
  }
});

test('two tabs on one item keep all attempts', async (t) => {
  const context = await profile(t);
  const [a, b] = [await visit(t, one.address, { context }), await visit(t, one.address, { context })];
  await half(a);
  await half(b);
  const found = (await record(a, one.exercise)).attempts;
  assert.equal(found.length, 2);
  assert.notEqual(found[0].id.split('-')[0], found[1].id.split('-')[0], 'each tab has a session of its own');
});

test('a hundred quick attempts in two tabs at once are a hundred attempts', async (t) => {
  const context = await profile(t);
  // A clock that goes on by a second at each look, so that no press is taken for the second of a double click.
  const init = () => {
    const now = Date.now;
    let ahead = 0;
    Date.now = () => now() + (ahead += 1000);
  };
  const tabs = [await visit(t, one.address, { context, init }), await visit(t, one.address, { context, init })];
  await Promise.all(tabs.map((page, tab) => page.evaluate(async ([tab, value]) => {
    const settle = () => new Promise((wake) => setTimeout(wake, tab === 0 ? 3 : 4));
    const press = async (element) => { element.click(); await settle(); };
    const primary = document.querySelector('#primary');
    await press(document.querySelector(`input[value="${value}"]`));
    for (let count = 0; count < 50;) {
      const name = primary.textContent.trim();
      if (name === 'Check') {
        if (!document.querySelector('.option input:checked')) await press(document.querySelector(`input[value="${value}"]`));
        await press(primary);
        count += 1;
      } else if (name === 'Try again') {
        await press(primary);
      } else {
        await press([...document.querySelectorAll('button')].find((one) => one.textContent === 'Practise again'));
      }
    }
  }, [tab, one.wrong[tab]])));
  await eventually(async () => {
    const { attempts } = await record(tabs[0], one.exercise);
    assert.equal(attempts.length, 100);
    for (const wrong of one.wrong.slice(0, 2)) assert.equal(attempts.filter(({ answer }) => answer.choice[0] === wrong).length, 50);
  });
});

test('storage that is cleared under a page is written again', async (t) => {
  const context = await profile(t);
  const page = await visit(t, one.address, { context });
  await half(page);
  const other = await visit(t, '#/', { context });
  await other.evaluate(() => localStorage.clear());
  await eventually(async () => assert.equal((await record(page, one.exercise)).attempts.length, 1));
});

// --- storage that fails -----------------------------------------------------------------------------------------------

const denied = () => { throw new DOMException('denied by the test', 'SecurityError'); };
const failures = {
  'localStorage throws': {
    words: 'Your work is not saved here.',
    init: `Object.defineProperty(window, 'localStorage', { get: ${denied} })`,
  },
  'localStorage is null': {
    words: 'Your work is not saved here.',
    init: `Object.defineProperty(window, 'localStorage', { get: () => null })`,
  },
  'localStorage is undefined': {
    words: 'Your work is not saved here.',
    init: `Object.defineProperty(window, 'localStorage', { get: () => undefined })`,
  },
  'reading throws': { words: 'Your work is not saved here.', init: `Storage.prototype.getItem = ${denied}` },
  'writing throws SecurityError': { words: 'Your work is not saved here.', init: `Storage.prototype.setItem = ${denied}` },
  'writing throws no DOMException': {
    words: 'Your work is not saved here.',
    init: `Storage.prototype.setItem = () => { throw new Error('of another kind'); }`,
  },
  'writing throws QuotaExceededError': {
    words: 'This browser is full. Answers are kept until you close the page.',
    init: `Storage.prototype.setItem = () => { throw new DOMException('full, says the test', 'QuotaExceededError'); }`,
  },
  'storage is full': {
    words: 'This browser is full. Answers are kept until you close the page.',
    init: `for (let size = 1 << 22, n = 0; size > 0;) {
      try { localStorage.setItem('other page ' + n, 'x'.repeat(size)); n += 1; } catch { size >>= 1; }
    }`,
  },
};

for (const [name, { words, init }] of Object.entries(failures)) {
  test(`${name}: a notice, and work goes on in memory`, async (t) => {
    const page = await visit(t, one.address, { init });
    await half(page);
    await notice(page, words);
    await page.getByText('Not saved', { exact: true }).waitFor();
    // In memory: another page and back, a second try, the end.
    await go(page, '#/week-20');
    await page.getByText('1 of 5 done').waitFor();
    await go(page, one.address);
    await judged(page, 'wrong');
    assert(await option(page, one, one.wrong[0]).isChecked());
    await primary(page, mouse, 'Try again');
    await choose(page, mouse, one, one.right[0]);
    await primary(page, mouse, 'Check');
    assert.match(await judged(page, 'right'), /Worth 67 %/);
    // And the way out: a file with both tries.
    const saved = await saveFile(page);
    assert.deepEqual(Object.values(saved.exercises[one.exercise].attempts).map(({ f }) => f).sort(), [0, 1]);
    assert(await page.locator('#fault').isHidden());
  });
}

async function saveFile(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save a file').first().click()]);
  assert.match(download.suggestedFilename(), /\.json$/);
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

test('storage that works again is written to, and the notice goes', async (t) => {
  const page = await visit(t, one.address, {
    init: () => {
      const write = Storage.prototype.setItem;
      window.full = true;
      Storage.prototype.setItem = function setItem(...rest) {
        if (window.full) throw new DOMException('full, says the test', 'QuotaExceededError');
        return write.apply(this, rest);
      };
    },
  });
  await half(page);
  await notice(page, 'This browser is full.');
  await page.evaluate(() => { window.full = false; });
  await primary(page, mouse, 'Try again');
  await eventually(async () => assert.equal(await page.locator('.notice:visible').count(), 0));
  assert.equal((await record(page, one.exercise)).attempts.length, 1);
});

/** A page, and what its storage holds once every exercise has an attempt. */
async function withRecords(t) {
  const page = await visit(t, '#/');
  for (const entry of exercises) {
    if (entry.kind === 'builder') {
      await go(page, `#/${entry.id}/half-built`);
      await page.locator('.stage [data-node-id]').first().waitFor({ state: 'attached' });
    } else {
      await go(page, items.find((item) => item.exercise === entry.id && item.kind === 'choice').address);
      await page.locator('.option input').first().click();
    }
    await primary(page, keys, 'Check');
    await eventually(async () => assert.notEqual((await verdict(page)).tone, 'plain'));
  }
  return { page, good: await page.evaluate(() => ({ ...localStorage })) };
}

const attemptsIn = (text) => JSON.stringify(JSON.parse(text).body.attempts);
const turns = 8; // in the record of each exercise

for (const [way, damage] of Object.entries({
  'a flipped bit': (text, at) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1),
  'the end cut off': (text, at) => text.slice(0, at),
})) {
  test(`${way}, at eight places of every record: nothing lost, nothing stops`, async (t) => {
    const { page, good } = await withRecords(t);
    await go(page, '#/');
    for (let turn = 0; turn < turns; turn += 1) {
      const damaged = Object.fromEntries(exercises.map(({ id }, place) => {
        const key = keyOfRecord(id);
        const at = Math.floor(((turn + place / exercises.length) / turns) * good[key].length);
        return [key, damage(good[key], at)];
      }));
      await page.evaluate(([meta, damaged]) => {
        localStorage.clear();
        for (const [key, text] of Object.entries({ ...meta, ...damaged })) localStorage.setItem(key, text);
      }, [{ 'st1:level-4:meta': good['st1:level-4:meta'] }, damaged]);
      await reload(page);
      const found = await page.evaluate(() => ({ ...localStorage }));
      let aside = 0;
      for (const [key, text] of Object.entries(damaged)) {
        const isAside = Object.entries(found).some(([name, value]) => name.startsWith('st1:bad:') && value === text);
        const isEqual = !isAside && attemptsIn(found[key]) === attemptsIn(good[key]);
        assert(isAside || isEqual, `${key} is lost: ${text.slice(0, 80)}`);
        aside += Number(isAside);
      }
      if (aside > 0) await notice(page, /could not be read\. We kept/);
      else assert.equal(await page.locator('.notice:visible').count(), 0);
    }
  });
}

test('a damaged record with a copy is restored, and told', async (t) => {
  const page = await visit(t, one.address);
  await half(page);
  await primary(page, mouse, 'Try again');
  await judged(page, 'plain');
  const key = keyOfRecord(one.exercise);
  const damaged = await page.evaluate((key) => {
    const text = localStorage.getItem(key).replace('"f":0', '"f":1');
    localStorage.setItem(key, text);
    return text;
  }, key);
  await reload(page);
  await notice(page, 'One record could not be read. We kept it aside and restored the last good copy.');
  assert.equal((await record(page, one.exercise)).attempts[0].f, 0);
  assert.equal(await page.evaluate((key) => localStorage.getItem(key), `st1:bad:level-4:${one.exercise}:1`), damaged);
  await reload(page);
  assert.equal(await page.locator('.notice:visible').count(), 0, 'told once, not at every visit');
});

test('a record of a newer version stays to the letter, and work goes on in memory', async (t) => {
  const text = JSON.stringify({ v: 99, crc: '00000000', dev: 'x', hlc: [1, 0], body: { sheets: [] }, more: true });
  const seed = await visit(t, '#/');
  await seed.evaluate(([key, text]) => localStorage.setItem(key, text), [keyOfRecord(one.exercise), text]);
  const state = await seed.context().storageState();
  const page = await visit(t, one.address, { state });
  await notice(page, 'Made by a newer Sandtable. You can look; changes are not saved.');
  await half(page);
  await go(page, '#/');
  await go(page, one.address);
  await judged(page, 'wrong');
  assert.equal((await record(page, one.exercise)).text, text);
  const saved = await saveFile(page);
  assert.equal(Object.keys(saved.exercises[one.exercise].attempts).length, 1);
  assert.equal(saved.unread[keyOfRecord(one.exercise)], text);
});

test('nonsense in every key of ours stops nothing', async (t) => {
  const seed = await visit(t, '#/');
  for (const text of ['', 'null', '[]', '{}', '\u0000\uffff', '{"v":1}', '{"v":-1}', '1e999', '['.repeat(50_000)]) {
    await seed.evaluate(([keys, text]) => {
      localStorage.clear();
      for (const key of keys) localStorage.setItem(key, text);
    }, [['st1:theme', 'st1:level-4:meta', ...exercises.flatMap(({ id }) => [keyOfRecord(id), `${keyOfRecord(id)}:bak`])], text]);
    await reload(seed);
    await notice(seed, /could not be read/);
    assert(await seed.locator('#fault').isHidden(), JSON.stringify(text.slice(0, 20)));
  }
});

test('the theme that was chosen is there again after a reload', async (t) => {
  const page = await visit(t, '#/');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByLabel('Theme').selectOption({ label: 'Dark' });
  await eventually(async () => assert.notEqual(await background(), light));
  const dark = await background();
  await reload(page);
  assert.equal(await background(), dark);
  assert.equal(await page.getByLabel('Theme').inputValue(), 'dark');
});
