// Bytes from text: two characters for thirteen bits or fourteen, as in basE91, of the 93 that are printable ASCII but '<'.
// pack.rs is the other side.
function fromText(text) {
  const bytes = new Uint8Array(text.length);
  let [length, bits, count, first] = [0, 0, 0, -1];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Line ends are for editors.
    if (code < 33) continue;
    const digit = code - 33 - (code > 60);
    if (first < 0) {
      first = digit;
      continue;
    }
    const pair = first + digit * 93;
    bits |= pair << count;
    count += (pair & 8191) > 456 ? 13 : 14;
    for (; count > 7; count -= 8) {
      bytes[length++] = bits;
      bits >>>= 8;
    }
    first = -1;
  }
  if (first >= 0) bytes[length++] = bits | (first << count);
  return bytes.subarray(0, length);
}

// What was packed with LZMA (three bits of literal context, no bits of position, no header), of a size that is known.
function unlzma(input, size) {
  const output = new Uint8Array(size);
  const chances = (count) => new Uint16Array(count).fill(1024);
  let [at, range, code] = [1, 0xffffffff, 0];
  const next = () => { code = ((code << 8) | input[at++]) >>> 0; };
  for (let byte = 0; byte < 4; byte += 1) next();
  const bit = (table, place) => {
    const chance = table[place];
    const bound = (range >>> 11) * chance;
    const is = code >= bound;
    if (is) {
      range -= bound;
      code -= bound;
      table[place] = chance - (chance >> 5);
    } else {
      range = bound;
      table[place] = chance + ((2048 - chance) >> 5);
    }
    if (range < 0x1000000) {
      range = (range << 8) >>> 0;
      next();
    }
    return +is;
  };
  const tree = (table, base, bits) => {
    let node = 1;
    for (let left = bits; left > 0; left -= 1) node = (node << 1) | bit(table, base + node);
    return node - (1 << bits);
  };
  const backward = (table, base, bits) => {
    let [node, value] = [1, 0];
    for (let place = 0; place < bits; place += 1) {
      const one = bit(table, base + node);
      node = (node << 1) | one;
      value |= one << place;
    }
    return value;
  };
  const direct = (bits) => {
    let value = 0;
    for (let left = bits; left > 0; left -= 1) {
      range >>>= 1;
      const is = code >= range;
      if (is) code -= range;
      value = (value << 1) | is;
      if (range < 0x1000000) {
        range = (range << 8) >>> 0;
        next();
      }
    }
    return value;
  };
  const lengthOf = (table) => {
    if (!bit(table, 0)) return 2 + tree(table, 2, 3);
    return bit(table, 1) ? 18 + tree(table, 18, 8) : 10 + tree(table, 10, 3);
  };
  const [isMatch, isRep, isRep0, isRep1, isRep2, isLong] = Array.from({ length: 6 }, () => chances(12));
  const [literal, slots, special, align, length, repLength] = [6144, 256, 128, 16, 274, 274].map(chances);
  let [state, rep0, rep1, rep2, rep3, done] = [0, 0, 0, 0, 0, 0];
  while (done < size) {
    if (!bit(isMatch, state)) {
      const base = 768 * ((done ? output[done - 1] : 0) >> 5);
      let symbol = 1;
      if (state > 6) {
        // After a match, the byte that would have gone on with it is a hint.
        let hint = output[done - rep0 - 1];
        while (symbol < 256) {
          const expected = (hint >> 7) & 1;
          hint <<= 1;
          const one = bit(literal, base + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | one;
          if (one !== expected) break;
        }
      }
      while (symbol < 256) symbol = (symbol << 1) | bit(literal, base + symbol);
      output[done++] = symbol;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let count;
    if (bit(isRep, state)) {
      if (bit(isRep0, state)) {
        let distance = rep1;
        if (bit(isRep1, state)) {
          distance = rep2;
          if (bit(isRep2, state)) {
            distance = rep3;
            rep3 = rep2;
          }
          rep2 = rep1;
        }
        rep1 = rep0;
        rep0 = distance;
      } else if (!bit(isLong, state)) {
        output[done] = output[done - rep0 - 1];
        done += 1;
        state = state < 7 ? 9 : 11;
        continue;
      }
      count = lengthOf(repLength);
      state = state < 7 ? 8 : 11;
    } else {
      [rep1, rep2, rep3] = [rep0, rep1, rep2];
      count = lengthOf(length);
      state = state < 7 ? 7 : 10;
      const slot = tree(slots, Math.min(count - 2, 3) << 6, 6);
      rep0 = slot;
      if (slot > 3) {
        const bits = (slot >> 1) - 1;
        rep0 = (2 | (slot & 1)) << bits;
        rep0 += slot < 14 ? backward(special, rep0 - slot, bits) : (direct(bits - 4) << 4) + backward(align, 0, 4);
      }
    }
    for (; count > 0 && done < size; count -= 1) {
      output[done] = output[done - rep0 - 1];
      done += 1;
    }
  }
  return output;
}
