use std::collections::BinaryHeap;

use super::{CLEAR, Port, Side, cuts, half, straighten};
use crate::geometry::{Point, Polyline, Rect};

/// What a way goes round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Obstacles {
    /// Parts and titles: never through these.
    pub(crate) hard: Vec<Rect>,
    /// Containers that neither end lies in: rather not through these.
    pub(crate) soft: Vec<Rect>,
}

/// What a corner costs, in px of way.
const BEND: i32 = 40;
/// What leaving by another side than the one that faces costs.
const OTHER_SIDE: i32 = 60;
/// How many times longer a way is that runs through a container that is none of its business.
const THROUGH: i32 = 4;
/// To how many places of a grid one step of the search is as dear as their setting up.
const SET_UP: usize = 8;

/// The cheapest way on the sparse grid of the obstacles' sides (with [`CLEAR`] around), the ports and the middle between
/// the two ends; `None` when there is none, or when there are no steps left for it. `from` and `to` are the ports that are
/// liked best, `lane` where the middle piece would run.
pub(crate) fn search(
    a: &Rect,
    b: &Rect,
    from: Port,
    to: Port,
    lane: Option<i32>,
    obstacles: Obstacles,
    left: &mut usize,
) -> Option<Polyline> {
    let starts = gates(a, from, b);
    let goals = gates(b, to, a);
    let Obstacles { mut hard, soft } = obstacles;
    hard.extend([*a, *b]);
    let mut grid = Lattice::default();
    for rect in hard.iter().chain(&soft) {
        let room = rect.inflate(CLEAR);
        grid.line(room.x, room.y);
        grid.line(room.right(), room.bottom());
    }
    for gate in starts.iter().chain(&goals) {
        grid.line(gate.stub.x, gate.stub.y);
    }
    grid.line(half(a.centre().x, b.centre().x), half(a.centre().y, b.centre().y));
    if let Some(lane) = lane {
        put(
            if from.side.is_level() {
                &mut grid.ys
            } else {
                &mut grid.xs
            },
            lane,
        );
    }
    let count = grid.xs.len() * grid.ys.len();
    *left = left.checked_sub(count / SET_UP)?;
    grid.pieces = vec![0; count];
    // Nothing leads on from the end of a row.
    for last in grid.pieces.iter_mut().skip(grid.xs.len() - 1).step_by(grid.xs.len()) {
        *last = HARD;
    }
    for (rects, is_hard) in [(&hard, true), (&soft, false)] {
        for rect in rects {
            grid.block(rect, is_hard);
        }
    }
    let is_open = |gate: &Gate| !hard.iter().any(|rect| cuts(gate.port, gate.stub, rect));
    let open = |gates: Vec<Gate>| -> Vec<Gate> { gates.into_iter().filter(|gate| is_open(gate)).collect() };
    grid.cheapest(&open(starts), &open(goals), left)
}

fn put(lines: &mut Vec<i32>, line: i32) {
    if let Err(at) = lines.binary_search(&line) {
        lines.insert(at, line);
    }
}

/// A way out of a box: the port, and the first place outside.
struct Gate {
    port: Point,
    stub: Point,
    is_level: bool,
    cost: i32,
}

/// The four ways out of a box, the liked one first.
fn gates(rect: &Rect, liked: Port, other: &Rect) -> Vec<Gate> {
    let mut gates = Vec::with_capacity(4);
    let mut add = |port: Port, cost: i32| {
        let (dx, dy) = port.side.outward();
        let room = match port.side {
            Side::Top => rect.y - other.bottom(),
            Side::Right => other.x - rect.right(),
            Side::Bottom => other.y - rect.bottom(),
            Side::Left => rect.x - other.right(),
        };
        // Two that stand close meet in the middle.
        let far = if (0..2 * CLEAR).contains(&room) {
            room / 2
        } else {
            CLEAR
        };
        gates.push(Gate {
            port: port.at,
            stub: port.at.plus(dx * far, dy * far),
            is_level: !port.side.is_level(),
            cost,
        });
    };
    add(liked, 0);
    for side in Side::ALL {
        if side != liked.side {
            add(Port::new(rect, side, 0, 1), OTHER_SIDE);
        }
    }
    gates
}

/// The places where upright and level lines meet, numbered row by row.
#[derive(Default)]
struct Lattice {
    xs: Vec<i32>,
    ys: Vec<i32>,
    /// What of the pieces to the right of each place and down from it is blocked or dear: [`HARD`] or [`SOFT`], the
    /// one of the piece down is [`DOWN`] bits further.
    pieces: Vec<u8>,
}

const HARD: u8 = 1;
const SOFT: u8 = 2;
const DOWN: usize = 2;

impl Lattice {
    fn line(&mut self, x: i32, y: i32) {
        put(&mut self.xs, x);
        put(&mut self.ys, y);
    }

    /// Notes which pieces run through the inside of a box.
    fn block(&mut self, rect: &Rect, is_hard: bool) {
        let bit = if is_hard { HARD } else { SOFT };
        let wide = self.xs.len();
        // The places from which something lies inside of the box: they themselves, or only the pieces that they begin.
        let within = |lines: &[i32], low: i32, high: i32| {
            let first = lines.partition_point(|line| *line <= low);
            (first, lines.partition_point(|line| *line < high))
        };
        let (left, right) = within(&self.xs, rect.x, rect.right());
        let (top, bottom) = within(&self.ys, rect.y, rect.bottom());
        for y in top.saturating_sub(1)..bottom {
            for x in left.saturating_sub(1)..right {
                if let Some(piece) = self.pieces.get_mut(y * wide + x) {
                    let level = if y >= top { bit } else { 0 };
                    let upright = if x >= left { bit << DOWN } else { 0 };
                    *piece |= level | upright;
                }
            }
        }
    }

    /// A* over (place, direction of arrival).
    fn cheapest(&self, starts: &[Gate], goals: &[Gate], left: &mut usize) -> Option<Polyline> {
        let count = self.pieces.len() * 2;
        let wide = self.xs.len();
        let mut costs = vec![i32::MAX; count];
        let mut before = vec![usize::MAX; count];
        let mut queue = BinaryHeap::new();
        let far = |at: Point| {
            let mut least = i32::MAX;
            for goal in goals {
                least = least.min(length(at, goal.stub));
            }
            least
        };
        // The least guess first: the queue gives the largest. Below the guess, the state.
        let entry = |guess: i32, state: usize| !(u64::from(guess.unsigned_abs()) << 32 | state as u64);
        for (number, start) in starts.iter().enumerate() {
            let Some(place) = self.place(start.stub) else { continue };
            let state = place * 2 + usize::from(!start.is_level);
            if start.cost < costs[state] {
                costs[state] = start.cost;
                // Beyond the last state: the number of the gate.
                before[state] = count + number;
                queue.push(entry(start.cost.saturating_add(far(start.stub)), state));
            }
        }
        let mut best = (i32::MAX, 0, Point::default());
        while let Some(entry_of) = queue.pop() {
            let guess = (!entry_of >> 32) as i32;
            let state = (!entry_of & u64::from(u32::MAX)) as usize;
            if best.0 <= guess {
                break;
            }
            let (cost, place) = (costs[state], state / 2);
            let (at, is_level) = (self.point(place), state & 1 == 0);
            if cost.saturating_add(far(at)) < guess {
                continue;
            }
            *left = left.checked_sub(1)?;
            for goal in goals {
                let bend = if goal.is_level == is_level { 0 } else { BEND };
                let all = cost.saturating_add(goal.cost + bend);
                if goal.stub == at && all < best.0 {
                    best = (all, state, goal.port);
                }
            }
            // The next places, where the piece to each begins, and whether it is level. Where the grid ends the piece is
            // none, or leads to the next row and is blocked.
            let (left_of, above) = (place.wrapping_sub(1), place.wrapping_sub(wide));
            for (next, piece, level) in [
                (left_of, left_of, true),
                (place + 1, place, true),
                (above, above, false),
                (place + wide, place, false),
            ] {
                let Some(piece) = self.pieces.get(piece).filter(|_| next < self.pieces.len()) else {
                    continue;
                };
                let piece = if level { *piece } else { piece >> DOWN };
                if piece & HARD != 0 {
                    continue;
                }
                let there = self.point(next);
                let bend = if level == is_level { 0 } else { BEND };
                let long = length(at, there) * if piece & SOFT == 0 { 1 } else { THROUGH };
                let all = cost.saturating_add(long + bend);
                let next = next * 2 + usize::from(!level);
                if all < costs[next] {
                    costs[next] = all;
                    before[next] = state;
                    queue.push(entry(all.saturating_add(far(there)), next));
                }
            }
        }
        let (cost, mut state, end) = best;
        if cost == i32::MAX {
            return None;
        }
        let mut line = vec![end];
        loop {
            line.push(self.point(state / 2));
            let next = *before.get(state)?;
            if next >= count {
                line.push(starts.get(next - count)?.port);
                line.reverse();
                return Some(straighten(line));
            }
            state = next;
        }
    }

    fn place(&self, at: Point) -> Option<usize> {
        let (x, y) = (self.xs.binary_search(&at.x).ok()?, self.ys.binary_search(&at.y).ok()?);
        Some(y * self.xs.len() + x)
    }

    fn point(&self, place: usize) -> Point {
        let wide = self.xs.len().max(1);
        let x = self.xs.get(place % wide).copied().unwrap_or(0);
        Point::new(x, self.ys.get(place / wide).copied().unwrap_or(0))
    }
}

fn length(a: Point, b: Point) -> i32 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::{crosses, facing, moving, simple};
    use super::*;

    fn find(a: Rect, b: Rect, obstacles: &Obstacles) -> Option<Polyline> {
        let (from, to) = facing(&a, &b)?;
        search(
            &a,
            &b,
            Port::new(&a, from, 0, 1),
            Port::new(&b, to, 0, 1),
            None,
            obstacles.clone(),
            &mut 100_000,
        )
    }

    #[test]
    fn it_goes_round_what_is_in_the_way() {
        let (a, b) = (Rect::new(0, 0, 160, 56), Rect::new(400, 0, 160, 56));
        let wall = Rect::new(200, -100, 100, 180);
        let obstacles = Obstacles {
            hard: vec![wall],
            soft: Vec::new(),
        };
        assert!(crosses(&moving(&a, &b), &wall));
        let line = find(a, b, &obstacles).expect("there is a way below");
        assert!(
            !crosses(&line, &wall) && !crosses(&line, &a) && !crosses(&line, &b),
            "{line:?}"
        );
        assert!(line.iter().any(|point| point.y == wall.bottom() + CLEAR));
        // The same as a container of others: a way round costs less than a way through.
        let line = find(
            a,
            b,
            &Obstacles {
                hard: Vec::new(),
                soft: vec![wall],
            },
        )
        .expect("there is a way");
        assert!(!crosses(&line, &wall));
        let huge = Rect::new(200, -4000, 100, 8000);
        let line = find(
            a,
            b,
            &Obstacles {
                hard: Vec::new(),
                soft: vec![huge],
            },
        )
        .expect("there is a way");
        assert!(crosses(&line, &huge), "but not at any price");
    }

    #[test]
    fn who_is_walled_in_has_no_way() {
        let (a, b) = (Rect::new(0, 0, 80, 56), Rect::new(400, 0, 80, 56));
        let hard = vec![
            Rect::new(-40, -80, 160, 60),
            Rect::new(-40, 80, 160, 60),
            Rect::new(-90, -80, 60, 220),
            Rect::new(110, -80, 60, 220),
        ];
        assert_eq!(find(a, b, &Obstacles { hard, soft: Vec::new() }), None);
    }

    /// Whether any way exists on the same lines, by plain flooding that knows nothing of costs.
    fn flooded(a: &Rect, b: &Rect, obstacles: &Obstacles) -> bool {
        let Some((from, to)) = facing(a, b) else { return false };
        let (starts, goals) = (
            gates(a, Port::new(a, from, 0, 1), b),
            gates(b, Port::new(b, to, 0, 1), a),
        );
        let mut solid = obstacles.hard.clone();
        solid.extend([*a, *b]);
        let mut xs: BTreeSet<i32> = solid.iter().flat_map(|r| [r.x - 12, r.x + r.w + 12]).collect();
        let mut ys: BTreeSet<i32> = solid.iter().flat_map(|r| [r.y - 12, r.y + r.h + 12]).collect();
        for gate in starts.iter().chain(&goals) {
            xs.insert(gate.stub.x);
            ys.insert(gate.stub.y);
        }
        xs.insert((a.x + a.w / 2) + ((b.x + b.w / 2) - (a.x + a.w / 2)) / 2);
        ys.insert((a.y + a.h / 2) + ((b.y + b.h / 2) - (a.y + a.h / 2)) / 2);
        let open = |p: Point, q: Point| {
            // Pixel by pixel.
            let long = (p.x - q.x).abs().max((p.y - q.y).abs());
            (0..=long).all(|step| {
                let x = p.x + (q.x - p.x).signum() * step;
                let y = p.y + (q.y - p.y).signum() * step;
                !solid
                    .iter()
                    .any(|r| x > r.x && x < r.x + r.w && y > r.y && y < r.y + r.h)
            })
        };
        let mut seen: BTreeSet<Point> = BTreeSet::new();
        let mut todo: Vec<Point> = starts.iter().filter(|g| open(g.port, g.stub)).map(|g| g.stub).collect();
        while let Some(at) = todo.pop() {
            if !seen.insert(at) {
                continue;
            }
            if goals.iter().any(|g| g.stub == at && open(g.port, g.stub)) {
                return true;
            }
            let sides = [
                xs.range(..at.x).next_back().map(|x| Point::new(*x, at.y)),
                xs.range(at.x + 1..).next().map(|x| Point::new(*x, at.y)),
                ys.range(..at.y).next_back().map(|y| Point::new(at.x, *y)),
                ys.range(at.y + 1..).next().map(|y| Point::new(at.x, *y)),
            ];
            todo.extend(sides.into_iter().flatten().filter(|next| open(at, *next)));
        }
        false
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn a_free_way_is_found_if_there_is_one(walls in prop::collection::vec((0..40i32, 0..40i32, 2..14i32, 2..14i32), 0..10),
            x in 0..40i32, y in 0..40i32) {
            let (a, b) = (Rect::new(0, 0, 80, 40), Rect::new(x * 8, y * 8, 80, 40));
            let hard: Vec<Rect> = walls
                .into_iter()
                .map(|(x, y, w, h)| Rect::new(x * 8, y * 8, w * 8, h * 8))
                .filter(|wall| !wall.overlaps(&a) && !wall.overlaps(&b))
                .collect();
            prop_assume!(facing(&a, &b).is_some());
            let obstacles = Obstacles { hard, soft: Vec::new() };
            let found = find(a, b, &obstacles);
            prop_assert_eq!(found.is_some(), flooded(&a, &b, &obstacles));
            if let Some(line) = found {
                for rect in obstacles.hard.iter().chain([&a, &b]) {
                    prop_assert!(!crosses(&line, rect), "{:?} runs through {:?}", line, rect);
                }
                prop_assert!(line.windows(2).all(|piece| piece[0].x == piece[1].x || piece[0].y == piece[1].y));
            }
        }

        #[test]
        fn the_simple_form_never_runs_through_its_own_ends(x in -60..60i32, y in -60..60i32, w in 1..40i32, h in 1..40i32) {
            let (a, b) = (Rect::new(0, 0, 160, 56), Rect::new(x * 8, y * 8, w * 8, h * 8));
            if let Some((from, to)) = facing(&a, &b) {
                let line = simple(Port::new(&a, from, 0, 1), Port::new(&b, to, 0, 1), None);
                prop_assert!(!crosses(&line, &a) && !crosses(&line, &b));
            }
        }
    }
}
