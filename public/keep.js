// Keeps what is done in an exercise, and brings it back to fresh for the next class. embed.js loads it only where one of
// the two is asked for.
//
// What is kept is one text an exercise: {"v":1,"crc":"8 hex","body":{"since":ms,"items":{"<item>":{"at":ms,"best":67,"run":{..}}}}}.
// The functions down to merge are pure, and tested by themselves.
const VERSION = 1;

// The CRC-32 of a text, as the records of the course have it.
export function crc(text) {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}

// What is kept where nothing is.
export const nothing = () => ({ since: 0, items: {} });

// What is kept, as a text.
export function seal(body) {
  const text = JSON.stringify(body);
  return '{"v":' + VERSION + ',"crc":"' + crc(text) + '","body":' + text + "}";
}

const isTime = (value) => Number.isSafeInteger(value) && value >= 0;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isBody = (body) => isObject(body) && isTime(body.since) && isObject(body.items)
  && Object.values(body.items).every((one) => isObject(one) && isTime(one.at) && (one.best === undefined || isTime(one.best)));

// What a text holds: body, or fault: "newer" or "damaged". No text holds nothing.
export function open(text) {
  if (text === null || text === undefined) return { body: nothing() };
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return { fault: "damaged" };
  }
  if (isTime(read?.v) && read.v > VERSION) return { fault: "newer" };
  // The sum is over the letters as they stand, and the body stands last.
  const body = String(text).slice(String(text).indexOf(',"body":') + 8, -1);
  if (read?.v !== VERSION || read.crc !== crc(body) || !isBody(read.body)) return { fault: "damaged" };
  return { body: read.body };
}

const isLater = (one, other) => (one.at === other.at ? JSON.stringify(one.run) > JSON.stringify(other.run) : one.at > other.at);

// Two bodies as one, whichever comes first: of each item the later run and the best score. Where one of them began anew

// after the other, the other is gone.
export function merge(a, b) {
  const since = Math.max(a.since, b.since);
  const [ours, theirs] = [a, b].map((one) => (one.since === since ? one.items : {}));
  const items = {};
  for (const item of Object.keys({ ...ours, ...theirs }).sort()) {
    const both = [ours[item], theirs[item]].filter(Boolean);
    const { at, run } = both[1] && isLater(both[1], both[0]) ? both[1] : both[0];
    const best = both.map((one) => one.best).filter((one) => one !== undefined);
    items[item] = { at, ...(best.length > 0 && { best: Math.max(...best) }), run };
  }
  return { since, items };
}

const WORDS = {
  refused: "Your work is not saved here.",
  full: "This browser is full. Answers are kept until you close the page.",
  newer: "Made by a newer Sandtable. You can look; changes are not saved.",
  aside: "What was kept here could not be read. We kept it aside and began anew.",
  stuck: "What was kept here could not be read, nor kept aside. It stays as it is, and answers are kept until you close the page.",
  given: "What was handed back could not be read. The exercise began anew.",
};

const isFull = (error) => error?.name === "QuotaExceededError" || error?.name === "NS_ERROR_DOM_QUOTA_REACHED";

// The storage of this page, if it can be asked at all: in some frames already the name throws.
function storage() {
  try {
    localStorage.getItem("");
    return localStorage;
  } catch {
    return null;
  }
}

const keyOf = ({ site, id }) => "st1:embed:" + site + ":" + id;

// Writes a text down beside what cannot be read, unless it stands there already.
function putAside(shelf, key, text) {
  for (let n = 1; n < 100; n += 1) {
    const name = key.replace("st1:", "st1:bad:") + ":" + n;
    const there = shelf.getItem(name);
    if (there === null) shelf.setItem(name, text);
    if (there === null || there === text) return true;
  }
  return false;
}

// In the storage of the page.
function local(shelf, key) {
  return {
    // Joins a body with what is there and writes both down; gives both, and what is to be said.
    exchange(body, { isToRead }) {
      let says = "", aside;
      try {
        const text = shelf.getItem(key);
        const { body: there, fault } = open(text);
        if (fault === "newer") return { body, says: "newer" };
        if (fault) {
          aside = text;
          if (!putAside(shelf, key, text)) return { body, says: "stuck", aside };
          says = "aside";
        }
        const both = merge(there ?? nothing(), body);
        const sealed = seal(both);
        if (sealed !== text && !(isToRead && text === null)) shelf.setItem(key, sealed);
        return { body: both, says, aside };
      } catch (error) {
        return { body, says: aside ? "stuck" : isFull(error) ? "full" : "refused", aside };
      }
    },
    listen(heard) {
      const on = ({ key: changed, newValue }) => { if (changed === key && newValue !== null) heard(open(newValue).body); };
      addEventListener("storage", on);
      return () => removeEventListener("storage", on);
    },
  };
}

// With whoever has the element in its page: it is told by an event, and hands back by state.
const told = (tell) => ({
  exchange(body, { isToRead }) {
    if (!isToRead) tell("state", { value: seal(body) });
    return { body, says: "" };
  },
});

// With whoever has the frame in its page, if it answers.
async function asked(id) {
  const name = { exercise: id };
  let from;
  const answer = await new Promise((done) => {
    const on = (event) => {
      if (event.source !== parent || event.data?.type !== "st:kept" || event.data.exercise !== id) return;
      removeEventListener("message", on);
      from = event.origin === "null" ? "*" : event.origin;
      done(event.data);
    };
    addEventListener("message", on);
    setTimeout(() => { removeEventListener("message", on); done(null); }, 500);
    parent.postMessage({ type: "st:store", ...name }, "*");
  });
  if (!answer) return null;
  return {
    given: answer.value,
    exchange(body, { isToRead }) {
      if (!isToRead) parent.postMessage({ type: "st:keep", ...name, value: seal(body) }, from);
      return { body, says: "" };
    },
  };
}

// Nowhere: it lives as long as the page.
const memory = (says) => ({ exchange: (body) => ({ body, says }) });

async function shelf(how) {
  const { store, id, site, tell } = how;
  if (store === "auto") {
    const there = storage();
    if (there) return local(there, keyOf(how));
  }
  if (store === "none") return memory("");
  const isFrame = self !== top && location.href.startsWith(site);
  if (isFrame) return (await asked(id)) ?? memory("refused");
  return store === "host" ? told(tell) : memory("refused");
}

// All that are on this page: those of one exercise share what is kept.
const all = new Set();

// Opens what is kept of an exercise.
export async function keep(how) {
  const keeper = new Keeper(how, await shelf(how));
  all.add(keeper);
  return keeper;
}

class Keeper {
  #how; #shelf; #body = nothing(); #says = ""; #aside; #draw; #before; #stop; #row;

  constructor(how, shelf) {
    this.#how = how;
    this.#shelf = shelf;
    const given = shelf.given ?? (how.store === "host" ? how.given : null);
    const { body, fault } = open(given);
    if (fault) {
      this.#says = fault === "newer" ? "newer" : "given";
      this.#aside = given;
    } else this.#body = body;
    this.#exchange({ isToRead: true });
    this.#stop = shelf.listen?.((there) => { if (there) this.#joined(there); });
    this.#row = this.#made();
    this.#tell();
  }

  get items() { return this.#body.items; }
  text() { return seal(this.#body); }
  follow(draw) { this.#draw = draw; }

  free() {
    all.delete(this);
    this.#stop?.();
    this.#row.remove();
  }

  // What the exercise has to say: a run or a design that changed, a score, a run that was kept and cannot be read.
  heard(what, item, text) {
    const before = this.#body.items[item];
    const one = { ...before };
    if (what === "run" || what === "change") one.run = JSON.parse(text);
    else if (what === "graded") one.best = Math.max(one.best ?? 0, Number(text));
    else {
      if (what === "unread") this.#unread();
      return;
    }
    // Later than what it takes the place of, whatever the clock says.
    one.at = Math.max(Date.now(), (before?.at ?? 0) + 1);
    const { since, items } = this.#body;
    this.#body = { since, items: { ...items, [item]: one } };
    this.#before = undefined;
    this.#exchange();
    this.#tell();
  }

  #unread() {
    this.#aside ??= this.text();
    this.#says = "given";
    const there = this.#how.store === "auto" && storage();
    if (there) {
      try {
        this.#says = putAside(there, keyOf(this.#how), this.#aside) ? "aside" : "stuck";
      } catch {
        this.#says = "stuck";
      }
    }
    this.#tell();
  }

  #exchange(how = {}) {
    const { body, says, aside } = this.#shelf.exchange(this.#body, how);
    this.#body = body;
    this.#aside ??= aside;
    // What was said of a value that is aside stays said.
    if (says || !["aside", "given"].includes(this.#says)) this.#says = says;
    if (!how.isToRead) for (const other of all) if (other !== this && other.#shares(this)) other.#joined(body);
  }

  #shares(other) {
    const [one, two] = [this.#how, other.#how];
    return one.store === "auto" && two.store === "auto" && one.id === two.id;
  }

  // Another tab, or another element, has written.
  #joined(there) {
    const both = merge(this.#body, there);
    const isFresh = both.since > this.#body.since;
    const lacks = seal(both) !== seal(merge(there, there));
    this.#body = both;
    if (lacks) this.#exchange();
    if (isFresh) {
      this.#before = undefined;
      this.#draw?.(this.items);
    }
    this.#tell();
  }

  #reset() {
    const { since, items } = this.#body;
    this.#before = items;
    this.#begin({ since: Math.max(Date.now(), since + 1), items: {} });
    this.#row.say("Fresh again, for the next class. Undo brings back what was there.");
    this.#row.undo.focus();
  }

  #undo() {
    const items = this.#before;
    this.#before = undefined;
    this.#begin({ since: this.#body.since, items });
    this.#row.say("Undone.");
    this.#row.reset.focus();
  }

  #begin(body) {
    this.#body = body;
    this.#exchange();
    this.#tell();
    this.#draw(this.items);
  }

  // Under the exercise, or where it has a place for it.
  show(box) {
    const place = box.querySelector("[data-reset]");
    if (place) place.prepend(this.#row.buttons);
    if (this.#row.parentNode !== box.parentNode) box.after(this.#row);
  }

  #made() {
    const make = (name, more, ...children) => {
      const made = Object.assign(document.createElement(name), more);
      made.append(...children);
      return made;
    };
    const button = (text, onclick) => make("button", { type: "button", className: "button quiet", textContent: text, onclick });
    const said = make("span", { className: "said", role: "status" });
    const text = make("span");
    const file = button("Save a file", () => this.#save(row));
    const notice = make("p", { className: "row", role: "status" }, text, file);
    const reset = button("Reset for the next class", () => this.#reset());
    const undo = button("Undo", () => this.#undo());
    const buttons = make("p", { className: "row" }, reset, undo, said);
    const row = make("div", { className: "embed kept" }, notice, buttons);
    return Object.assign(row, {
      text, file, reset, undo, buttons,
      say: (words) => {
        said.textContent = "";
        setTimeout(() => { said.textContent = words; }, 100);
      },
    });
  }

  // What can be done now, and what is to be said.
  #tell() {
    const { text, file, reset, undo, buttons } = this.#row;
    const words = WORDS[this.#says] ?? "";
    if (text.textContent !== words) text.textContent = words;
    file.hidden = !words;
    const had = buttons.getRootNode().activeElement;
    reset.hidden = !this.#how.isReset || Object.keys(this.items).length === 0;
    undo.hidden = !this.#before;
    // What had the focus and goes gives it on.
    if (had === undo && undo.hidden) reset.focus();
    this.#row.dataset.empty = !words && (buttons.parentNode !== this.#row || (reset.hidden && undo.hidden));
  }

  #save(row) {
    // What could not be read is in the file too: nobody else has it.
    const text = JSON.stringify({ kept: JSON.parse(this.text()), ...(this.#aside !== undefined && { aside: this.#aside }) }, null, 1);
    if (self.origin !== "null") {
      const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      Object.assign(document.createElement("a"), { href, download: this.#how.id.replace("/", "-") + ".sandtable.json" }).click();
      return URL.revokeObjectURL(href);
    }
    // A page without an origin may save no file: there it is shown, to be copied.
    const field = row.querySelector("textarea") ?? document.createElement("textarea");
    Object.assign(field, { readOnly: true, rows: 6, ariaLabel: "Your work, to be copied", value: text });
    row.append(field);
    field.select();
  }
}
