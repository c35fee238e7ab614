// Without a browser: what is kept of an embedded exercise, the text, its damage, its merging; the steps of presenting; the
// scale of a printed slide.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

// Sources of the site, which are modules by how a page names them.
const module = (name) => import(`data:text/javascript,${encodeURIComponent(readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8').replaceAll('import.meta.url', '"http://site/"'))}`);
const { crc, merge, nothing, open, seal } = await module('keep.js');
const { command, step } = await module('present.js');
const { scale } = await module('page.js');

const run = (item, more) => ({ item, version: '0123abcd', seed: 7, opened: 1, worked: 0, hints: 0, tries: [], phase: 'answering', ...more });
const body = (since, items) => ({ since, items });
const some = body(3, { 'w/x#a': { at: 5, best: 67, run: run('w/x#a') }, 'w/x#b': { at: 9, run: run('w/x#b', { refused: 'é "\u{1f600}"' }) } });

test('the sum is the one that records of the course have', () => {
  assert.equal(crc('123456789'), 'cbf43926');
  assert.equal(crc(''), '00000000');
});

test('what is sealed is opened', () => {
  for (const one of [nothing(), some]) assert.deepEqual(open(seal(one)), { body: one });
  for (const none of [null, undefined]) assert.deepEqual(open(none), { body: nothing() });
});

test('a letter that is not as it was written is noticed, wherever it stands', () => {
  const text = seal(some);
  for (let at = 0; at < text.length; at += 1) {
    for (const letter of ['0', '9', '"', '}', ' ', 'x']) {
      if (text[at] === letter) continue;
      const { fault, body } = open(text.slice(0, at) + letter + text.slice(at + 1));
      // Another number of a version is another version: what it wrote stays as it is.
      assert(fault === 'damaged' || (fault === 'newer' && text.slice(0, at).endsWith('"v":')), `${letter} at ${at}: ${fault}`);
      assert.equal(body, undefined);
    }
    assert.equal(open(text.slice(0, at)).fault, 'damaged');
  }
});

test('anything else is damaged or newer, and nothing throws', () => {
  const sealed = (value) => { const text = JSON.stringify(value); return `{"v":1,"crc":"${crc(text)}","body":${text}}`; };
  const bodies = [null, 7, [], {}, { since: -1, items: {} }, { since: 0.5, items: {} }, { since: 0 }, { since: 0, items: [] },
    { since: 0, items: { a: 7 } }, { since: 0, items: { a: {} } }, { since: 0, items: { a: { at: '1' } } }, { since: 0, items: { a: { at: 1, best: 'x' } } }];
  for (const text of ['', '{', 'null', '7', '"x"', '[]', '{}', '{"v":0}', '{"v":"1"}', '{"v":1,"body":{}}', 7, {}, ...bodies.map(sealed)]) {
    assert.deepEqual(open(text), { fault: 'damaged' }, String(text));
  }
  for (const text of ['{"v":2}', '{"v":2,"anything":[1]}']) assert.deepEqual(open(text), { fault: 'newer' });
});

/** Bodies that differ in every way in which two tabs can. */
const bodies = [];
for (const since of [0, 4]) {
  for (const a of [undefined, { at: 3, best: 50, run: run('a', { seed: 1 }) }, { at: 5, best: 20, run: run('a', { seed: 2 }) }, { at: 5, run: run('a', { seed: 3 }) }]) {
    for (const b of [undefined, { at: 6, best: 100, run: run('b') }]) bodies.push(body(since, { ...(a && { a }), ...(b && { b }) }));
  }
}
const clean = (one) => merge(one, one);

test('it is the same, whoever is merged with whom first', () => {
  for (const a of bodies) {
    assert.equal(seal(merge(clean(a), a)), seal(clean(a)), 'letter by letter: tabs that agree have nothing to write');
    for (const b of bodies) {
      assert.equal(seal(merge(a, b)), seal(merge(b, a)));
      for (const c of bodies) assert.equal(seal(merge(merge(a, b), c)), seal(merge(a, merge(b, c))));
    }
  }
});

test('the best score stays and the later run; what is older than the last time that all began anew goes', () => {
  const both = merge(body(0, { a: { at: 3, best: 50, run: 'old' } }), body(0, { a: { at: 5, best: 20, run: 'new' } }));
  assert.deepEqual(both.items.a, { at: 5, best: 50, run: 'new' });
  const reset = merge(body(0, { a: { at: 3, best: 50, run: 'old' } }), body(4, { b: { at: 9, run: 'newer' } }));
  assert.deepEqual(reset, body(4, { b: { at: 9, run: 'newer' } }));
});

test('what is presented goes on and back, and is told only when that is asked for', () => {
  const play = (commands, count = 3) => commands.reduce((state, one) => step(state, one, count), { at: 0, told: {} });
  assert.deepEqual(play(['back']), { at: 0, told: {} });
  assert.deepEqual(play(['next', 'next', 'next']), { at: 2, told: {} });
  assert.deepEqual(play(['reveal']).told, { 0: 1 });
  assert.deepEqual(play(['reveal', 'reveal']).told, { 0: 2 });
  assert.deepEqual(play(['reveal', 'reveal', 'reveal']).told, { 0: 1 }, 'why is covered again, the answer not');
  assert.deepEqual(play(['reveal', 'next', 'back']), { at: 0, told: { 0: 1 } }, 'who comes back finds it as it was');
});

test('keys of presenting: three letters, with nothing held; arrows stay with the deck', () => {
  for (const [key, asked] of Object.entries({ n: 'next', N: 'next', b: 'back', r: 'reveal', R: 'reveal', ArrowRight: undefined, PageDown: undefined, ' ': undefined, x: undefined })) {
    assert.equal(command({ key }), asked, key);
    for (const held of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey']) assert.equal(command({ key, [held]: true }), undefined);
  }
});

test('on a printed slide an exercise is as large as it is, or as small as it has to be', () => {
  assert.equal(scale(540, 0, 400), 1);
  assert.equal(scale(540, 60, 480), 1);
  assert.equal(scale(540, 60, 960), 0.5);
  // An element that is higher than its slide leaves others nothing.
  assert.equal(scale(540, -20, 1080), 0.5);
  // No room at all, and nothing there yet: it stays as it is.
  assert.equal(scale(540, 540, 400), 1);
  assert.equal(scale(540, 0, 0), 1);
});
