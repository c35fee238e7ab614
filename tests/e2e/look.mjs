// What LOOK asks of every screen, as things that can be measured; and the pictures.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';

const pictures = new URL('screenshots/', import.meta.url).pathname;
mkdirSync(pictures, { recursive: true });

export const sizes = {
  narrow: { width: 320, height: 640 },
  phone: { width: 360, height: 640 },
  embed: { width: 480, height: 360 },
  tablet: { width: 768, height: 1024 },
  slide: { width: 960, height: 540 },
  laptop: { width: 1280, height: 800 },
};

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe has against a page. */
export async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target} ${node.failureSummary.split('\n').slice(1, 2)}`));
}

/** A picture of the window or, `whole`, of all of the page in a window as high as itself. */
export async function picture(page, name, { whole } = {}) {
  const size = page.viewportSize();
  if (whole) {
    const height = await page.evaluate(() => document.scrollingElement.scrollHeight);
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) });
  }
  await page.screenshot({ path: `${pictures}${name}.png`, animations: 'disabled', caret: 'initial' });
  if (whole) await page.setViewportSize(size);
}

const shown = new WeakMap();

/** Shows a page at a size, with text of twice the size, or in the colours that are forced. */
export async function showAt(page, { width, height }, { text = 1, dark = false, forced = false } = {}) {
  await page.setViewportSize({ width, height });
  const media = { colorScheme: dark ? 'dark' : 'light', forcedColors: forced ? 'active' : 'none' };
  if (shown.get(page) !== JSON.stringify(media)) await page.emulateMedia(media);
  shown.set(page, JSON.stringify(media));
  await page.evaluate(async (text) => {
    const { documentElement: root } = document;
    if (text === 1) root.removeAttribute('style');
    else root.style.fontSize = `${16 * text}px`;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, text);
}

/**
 * What the looks below need in a page: `everywhere` finds elements also in the shadow roots of ours, `boundsOf` is the place
 * that an element has to stay in, `active` is what has the focus however deep, `around` leads up and out of a root.
 */
async function lookInside(page) {
  await page.evaluate(() => {
    const roots = () => [document, ...[...document.querySelectorAll('sandtable-exercise')].map((element) => element.shadowRoot).filter(Boolean)];
    window.everywhere = (css) => roots().flatMap((root) => [...root.querySelectorAll(css)]);
    window.around = (element) => element.parentElement ?? element.getRootNode().host ?? null;
    window.boundsOf = (element) => element.getRootNode().host?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    window.active = () => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at;
    };
  });
}

/** What is wrong with how a page lies in its window, and an element of ours in its place. */
export async function layoutFaults(page) {
  await lookInside(page);
  return page.evaluate(() => {
    const faults = [];
    const name = (element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
    const boxOf = (element) => element.getBoundingClientRect();
    const isSeen = (element) => {
      const { width, height } = boxOf(element);
      // What is for screen readers alone is a dot.
      return width > 4 && height > 4 && element.checkVisibility({ visibilityProperty: true });
    };
    // Only the row of questions, code and tables may be wider than their place; they scroll by themselves.
    // The drawing is moved under its window.
    const mayScroll = (element) => Boolean(element.closest('nav.pips, pre, .scroll, .stage'));

    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth > innerWidth) faults.push(`the page scrolls sideways: ${scrollWidth} of ${innerWidth}`);

    for (const element of everywhere(':not(html, head, head *, body)')) {
      if (!isSeen(element) || element.closest('svg, [popover], .world, .surface')) continue;
      const style = getComputedStyle(element);
      const box = boxOf(element);
      if (!mayScroll(element)) {
        const room = boundsOf(element);
        const isBeyond = ({ left, right }) => left < room.left - 0.5 || right > room.right + 0.5;
        if (isBeyond(box) && !isBeyond(boxOf(around(element)))) faults.push(`beyond the edge: ${name(element)}`);
        const isClipped = style.overflowX !== 'visible' && element.tagName !== 'TEXTAREA' && element.tagName !== 'SELECT';
        if (isClipped && element.scrollWidth > element.clientWidth + 1) faults.push(`cut or scrolling sideways: ${name(element)}`);
      }
      // The drawing is moved under its window.
      const isClippedDown = ['hidden', 'clip'].includes(style.overflowY) && !element.matches('.stage') && element.scrollHeight > element.clientHeight + 1;
      if (isClippedDown) faults.push(`cut below: ${name(element)}`);
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim() || style.display === 'inline' || mayScroll(element)) continue;
        if (['OPTION', 'SELECT', 'TEXTAREA'].includes(element.tagName)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const words = range.getBoundingClientRect();
        if (words.right > box.right + 1 || words.bottom > box.bottom + 1) faults.push(`text outside its box: ${name(element)}`);
      }
    }

    for (const select of everywhere('select')) {
      const style = getComputedStyle(select);
      if (!isSeen(select)) continue;
      // The colour of the words is that of the arrow. Forced colours make both be seen.
      const isHidden = /(, 0\)|\/ 0\)|transparent)$/.test(style.color) && !matchMedia('(forced-colors: active)').matches;
      if (isHidden) {
        if (style.backgroundImage === 'none') faults.push(`a menu is an empty box: ${name(select).split(' "')[0]}`);
        continue;
      }
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = style.font;
      const words = pen.measureText(select.selectedOptions[0]?.text ?? '').width;
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
      if (words > room + 1) faults.push(`a menu shows its choice cut: ${name(select).split(' "')[0]} "${select.selectedOptions[0].text.slice(0, 40)}" ${Math.round(words)} of ${Math.round(room)} px`);
    }

    for (const mark of everywhere('main svg:not(.stage svg), [part=exercise] svg:not(.stage svg)')) {
      const walker = document.createTreeWalker(mark.parentElement.parentElement, NodeFilter.SHOW_TEXT);
      const shape = boxOf(mark);
      while (walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const lies = [...range.getClientRects()].some((words) => words.left < shape.right - 1 && words.right > shape.left + 1 && words.top < shape.bottom - 1 && words.bottom > shape.top + 1);
        if (lies && isSeen(mark) && walker.currentNode.textContent.trim()) faults.push(`a mark lies over words: ${name(mark.closest('a, li, p, label') ?? mark)}`);
      }
    }

    // The drawing's layers are moved by the object model, which shows as an attribute.
    const [styled] = everywhere('body [style]:not(.stage, .stage *), [part=exercise] [style]:not(.stage *, .stage)');
    if (styled) faults.push(`a style attribute: ${name(styled)}`);

    // One filled button, in a page or in an element.
    for (const place of [document.body, ...everywhere('[part=exercise]')]) {
      const probe = document.createElement('i');
      probe.hidden = true;
      place.append(probe);
      probe.style.color = 'var(--st-accent)';
      const accent = getComputedStyle(probe).color;
      probe.remove();
      const filled = [...place.querySelectorAll('a, button')].filter((one) => isSeen(one) && getComputedStyle(one).backgroundColor === accent);
      if (filled.length > 1) faults.push(`${filled.length} filled buttons: ${filled.map(name)}`);
    }
    return [...new Set(faults)];
  });
}

/** Targets under 44 px, and targets closer than 8 px. Links inside a sentence are exempt. */
export async function targetFaults(page) {
  await lookInside(page);
  return page.evaluate(() => {
    // What is scrolled out of a panel that scrolls by itself cannot be hit. The proxies of a drawing take no pointer.
    const isInView = (element) => {
      if (element.matches('.proxy')) return false;
      const { top, bottom } = element.getBoundingClientRect();
      for (let at = around(element); at && at !== document.body; at = around(at)) {
        if (getComputedStyle(at).overflowY === 'visible') continue;
        const room = at.getBoundingClientRect();
        if (top >= room.bottom - 1 || bottom <= room.top + 1) return false;
      }
      return true;
    };
    const targets = everywhere('a, button, select, label:has(input)').filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 4 && height > 4 && element.checkVisibility({ visibilityProperty: true });
      return isSeen && getComputedStyle(element).display !== 'inline' && isInView(element);
    });
    const name = (element) => `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
    const faults = [];
    const isIn = (element, other) => other.contains(element) || element.contains(other);
    const layer = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const { position, zIndex } = getComputedStyle(at);
        if (position === 'sticky' || position === 'absolute' && zIndex !== 'auto') return at;
      }
      return null;
    };
    targets.forEach((element, at) => {
      const box = element.getBoundingClientRect();
      if (box.width < 43.5 || box.height < 43.5) faults.push(`small: ${name(element)} ${box.width.toFixed()}x${box.height.toFixed()}`);
      for (const other of targets.slice(at + 1)) {
        // What lies on another layer comes near only by scrolling.
        if (isIn(element, other) || layer(element) !== layer(other)) continue;
        const next = other.getBoundingClientRect();
        const gap = Math.max(next.left - box.right, box.left - next.right, next.top - box.bottom, box.top - next.bottom);
        if (gap < 7.5) faults.push(`close: ${name(element)} and ${name(other)}, ${gap.toFixed(1)} px`);
      }
    });
    return [...new Set(faults)];
  });
}

/** The primary button of an exercise is in view wherever the page is scrolled to. */
export async function primaryFaults(page) {
  return page.evaluate(async () => {
    const button = document.querySelector('#primary');
    if (!button?.checkVisibility()) return [];
    const faults = [];
    const end = document.scrollingElement.scrollHeight;
    for (const to of [0, end / 2, end]) {
      scrollTo(0, to);
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const { top, bottom, left, right } = button.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight + 0.5 || left < 0 || right > innerWidth + 0.5) faults.push(`the primary button is out of view when scrolled to ${Math.round(to)}: ${top} to ${bottom} of ${innerHeight}`);
    }
    scrollTo(0, 0);
    return faults;
  });
}

/** Goes through a page with Tab: each stop has a ring, whole, in view and covered by nothing. */
export async function focusFaults(page, most = 120) {
  const faults = [];
  await lookInside(page);
  await page.evaluate(() => document.querySelector('a').focus());
  let stops = 0;
  for (; stops < most; stops += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(() => {
      const at = active();
      if (!at || at === document.body) return 'end';
      const name = `${at.tagName.toLowerCase()} "${(at.getAttribute('aria-label') ?? at.textContent).trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
      const hasRing = (element) => element && getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) >= 2;
      const ringed = [at, at.closest('.option'), at.closest('label')].find(hasRing);
      if (!ringed) return `no ring: ${name}`;
      const { outlineWidth, outlineOffset } = getComputedStyle(ringed);
      const by = parseFloat(outlineWidth) + parseFloat(outlineOffset);
      const box = ringed.getBoundingClientRect();
      const ring = { top: box.top - by, bottom: box.bottom + by, left: box.left - by, right: box.right + by };
      for (let clip = around(ringed); clip && clip !== document.documentElement; clip = around(clip)) {
        if (clip === document.body || getComputedStyle(clip).overflowX === 'visible') continue;
        const room = clip.getBoundingClientRect();
        if (ring.top < room.top - 0.5 || ring.bottom > room.bottom + 0.5 || ring.left < room.left - 0.5 || ring.right > room.right + 0.5) return `ring cut by ${clip.className}: ${name}`;
      }
      const bar = at.getRootNode().querySelector('.bar');
      const edge = bar?.getBoundingClientRect();
      // What comes after the bar in the page lies below it, not under it.
      const isUnder = edge && !bar.contains(at) && ring.top < edge.bottom && edge.bottom > innerHeight - 2;
      const floor = isUnder ? edge.top : innerHeight;
      // What is higher than the room there is cannot be shown whole.
      if (box.height + 2 * by > floor) return null;
      if (ring.bottom > floor + 0.5) return `ring under the bar or the edge by ${(ring.bottom - floor).toFixed()} px: ${name}`;
      if (ring.top < -0.5 || ring.left < -0.5 || ring.right > innerWidth + 0.5) return `ring outside the window: ${name}`;
      // Over the drawing lies a layer that takes the pointers and is not seen.
      if (at.matches('.proxy')) return null;
      for (const [dx, dy] of [[0.5, 0.5], [0.02, 0.1], [0.98, 0.9]]) {
        const hit = at.getRootNode().elementFromPoint(box.x + box.width * dx, box.y + box.height * dy);
        if (hit && !ringed.contains(hit) && !hit.contains(ringed)) return `covered by ${hit.tagName.toLowerCase()}.${hit.getAttribute('class') ?? ''}: ${name}`;
      }
      return null;
    });
    if (fault === 'end') break;
    if (fault) faults.push(fault);
  }
  assert(stops > 3, 'Tab leads through the page');
  return [...new Set(faults)];
}
