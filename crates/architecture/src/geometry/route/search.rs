use std::cmp::Reverse;
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

/// The cheapest way on the sparse grid of the obstacles' sides (with [`CLEAR`] around), the ports and the middle between
/// the two ends; `None` when there is none. `from` and `to` are the ports that are liked best, `lane` where the middle
/// piece would run.
pub(crate) fn search(
    a: &Rect,
    b: &Rect,
    from: Port,
    to: Port,
    lane: Option<i32>,
    obstacles: &Obstacles,
) -> Option<Polyline> {
    let starts = gates(a, from, b);
    let goals = gates(b, to, a);
    let mut blocked = obstacles.hard.clone();
    blocked.extend([*a, *b]);
    let around = blocked.iter().chain(&obstacles.soft);
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for rect in around {
        xs.extend([rect.x - CLEAR, rect.right() + CLEAR]);
        ys.extend([rect.y - CLEAR, rect.bottom() + CLEAR]);
    }
    for gate in starts.iter().chain(&goals) {
        xs.push(gate.stub.x);
        ys.push(gate.stub.y);
    }
    xs.push(half(a.centre().x, b.centre().x));
    ys.push(half(a.centre().y, b.centre().y));
    if let Some(lane) = lane {
        if from.side.is_level() { &mut ys } else { &mut xs }.push(lane);
    }
    for lines in [&mut xs, &mut ys] {
        crate::sorted::sort(lines);
        lines.dedup();
    }
    let grid = Lattice {
        xs,
        ys,
        blocked,
        soft: &obstacles.soft,
    };
    grid.cheapest(&starts, &goals)
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
    let gate = |port: Port, cost: i32| {
        let (dx, dy) = port.side.outward();
        let room = match port.side {
            Side::Top => rect.y.saturating_sub(other.bottom()),
            Side::Right => other.x.saturating_sub(rect.right()),
            Side::Bottom => other.y.saturating_sub(rect.bottom()),
            Side::Left => rect.x.saturating_sub(other.right()),
        };
        // Two that stand close meet in the middle.
        let far = if (0..2 * CLEAR).contains(&room) {
            room / 2
        } else {
            CLEAR
        };
        Gate {
            port: port.at,
            stub: port.at.plus(dx * far, dy * far),
            is_level: !port.side.is_level(),
            cost,
        }
    };
    let others = Side::ALL.into_iter().filter(|side| *side != liked.side);
    std::iter::once(gate(liked, 0))
        .chain(others.map(|side| gate(Port::new(rect, side, 0, 1), OTHER_SIDE)))
        .collect()
}

struct Lattice<'a> {
    xs: Vec<i32>,
    ys: Vec<i32>,
    blocked: Vec<Rect>,
    soft: &'a [Rect],
}

impl Lattice<'_> {
    /// A* over (place, direction of arrival).
    fn cheapest(&self, starts: &[Gate], goals: &[Gate]) -> Option<Polyline> {
        let count = self.xs.len() * self.ys.len() * 2;
        let mut costs = vec![i32::MAX; count];
        let mut before = vec![usize::MAX; count];
        let mut queue = BinaryHeap::new();
        let far = |at: Point| {
            let steps = |goal: &Gate| at.x.abs_diff(goal.stub.x).saturating_add(at.y.abs_diff(goal.stub.y));
            let least = goals.iter().map(steps).min().unwrap_or(0);
            i32::try_from(least).unwrap_or(i32::MAX)
        };
        for (number, start) in starts.iter().enumerate() {
            let Some(place) = self.place(start.stub) else { continue };
            if !self.is_free(start.port, start.stub) {
                continue;
            }
            let state = place * 2 + usize::from(!start.is_level);
            if start.cost < costs.get(state).copied().unwrap_or(0) {
                costs[state] = start.cost;
                // Beyond the last state: the number of the gate.
                before[state] = count + number;
                queue.push(Reverse((start.cost.saturating_add(far(start.stub)), state)));
            }
        }
        let mut best: Option<(i32, usize, &Gate)> = None;
        while let Some(Reverse((guess, state))) = queue.pop() {
            if best.is_some_and(|(cost, ..)| cost <= guess) {
                break;
            }
            let cost = costs[state];
            let (at, is_level) = (self.point(state / 2), state % 2 == 0);
            if cost.saturating_add(far(at)) < guess {
                continue;
            }
            for goal in goals
                .iter()
                .filter(|goal| goal.stub == at && self.is_free(goal.stub, goal.port))
            {
                let bend = if goal.is_level == is_level { 0 } else { BEND };
                let all = cost.saturating_add(goal.cost + bend);
                if best.is_none_or(|(cost, ..)| all < cost) {
                    best = Some((all, state, goal));
                }
            }
            for (next, level) in self.neighbours(state / 2) {
                let there = self.point(next);
                if !self.is_free(at, there) {
                    continue;
                }
                let bend = if level == is_level { 0 } else { BEND };
                let all = cost.saturating_add(self.length(at, there)).saturating_add(bend);
                let next = next * 2 + usize::from(!level);
                if all < costs[next] {
                    costs[next] = all;
                    before[next] = state;
                    queue.push(Reverse((all.saturating_add(far(there)), next)));
                }
            }
        }
        let (_, mut state, goal) = best?;
        let mut line = vec![goal.port];
        loop {
            line.push(self.point(state / 2));
            match before.get(state) {
                Some(next) if *next < count => state = *next,
                Some(gate) => {
                    line.push(starts.get(gate.checked_sub(count)?)?.port);
                    break;
                }
                None => return None,
            }
        }
        line.reverse();
        Some(straighten(line))
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

    /// The next places on the grid, and whether the way there is level.
    fn neighbours(&self, place: usize) -> impl Iterator<Item = (usize, bool)> + use<> {
        let (wide, high) = (self.xs.len(), self.ys.len());
        let (x, y) = (place % wide, place / wide);
        [
            (x > 0).then(|| (place - 1, true)),
            (x + 1 < wide).then_some((place + 1, true)),
            (y > 0).then(|| (place - wide, false)),
            (y + 1 < high).then_some((place + wide, false)),
        ]
        .into_iter()
        .flatten()
    }

    fn is_free(&self, a: Point, b: Point) -> bool {
        !self.blocked.iter().any(|rect| cuts(a, b, rect))
    }

    fn length(&self, a: Point, b: Point) -> i32 {
        let long = i32::try_from(a.x.abs_diff(b.x).saturating_add(a.y.abs_diff(b.y))).unwrap_or(i32::MAX);
        if self.soft.iter().any(|rect| cuts(a, b, rect)) {
            long.saturating_mul(THROUGH)
        } else {
            long
        }
    }
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
            obstacles,
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
