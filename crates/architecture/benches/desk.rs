//! What a builder does again and again: see `budgets.yaml` for the limits that stand for a learner's machine.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sandtable_architecture::design::{Attr, Design, PartId};
use sandtable_architecture::geometry::{Decor, Layout, Stage, bench_scene};
use sandtable_architecture::panel::{Outage, breaks};
use sandtable_architecture::rules::check;
use sandtable_architecture::task::{Breakable, Expect, Predicate, RouteRule, Rule, Selector, Task, Term, To};
use sandtable_architecture::testing::design;

/// So many networks on one hub, each with subnets in two of its three zones, in six roles.
fn networks(count: usize) -> Design {
    let mut text = String::from("account org\n region eu in org\n transit hub in eu\n route-table all in hub\n");
    for n in 1..=count {
        let role = (n - 1) % 6 + 1;
        text += &format!(
            "vnet v{n} in eu cidr=10.{n}.0.0/16\n route-table t{n} in v{n}\n route t{n} 10.0.0.0/8 hub\n \
             zone v{n}a in v{n} name=a\n zone v{n}b in v{n} name=b\n zone v{n}c in v{n} name=c\n \
             subnet s{n}a in v{n}a cidr=10.{n}.0.0/24 table=t{n} @r{role}\n \
             subnet s{n}b in v{n}b cidr=10.{n}.1.0/24 table=t{n} @r{role}\n \
             at{n}: v{n} - hub subnets=s{n}a,s{n}b associate=all propagate=all\n"
        );
    }
    design(&text)
}

/// Twelve rules, four of them under each zone loss.
fn twelve_rules() -> Task {
    let role = |n: usize| {
        Selector(vec![Term {
            role: Some(format!("r{n}").as_str().into()),
            ..Term::default()
        }])
    };
    let rule = |n: usize| Rule {
        id: format!("rule-{n}"),
        say: String::new(),
        why: String::new(),
        must: false,
        weight: 1,
        after: Vec::new(),
        hints: Vec::new(),
        predicate: Predicate::Route(RouteRule {
            from: role(n % 6 + 1),
            to: To::Parts(role((n + 1) % 6 + 1)),
            expect: Expect::Delivered,
            both: true,
            through: None,
            under: n.is_multiple_of(3).then_some(Breakable::Zones),
        }),
    };
    Task {
        rules: (0..12).map(rule).collect(),
        faults: vec![Breakable::Zones],
        ..Task::default()
    }
}

/// Checking a design of fifty parts has a budget of 1 ms (median), one of a thousand 150 ms; so has the table of flows.
fn check_designs(criterion: &mut Criterion) {
    let task = twelve_rules();
    for (name, count) in [("fifty", 6), ("a thousand", 124)] {
        let whole = networks(count);
        assert!((check(&whole, &task).fraction - 1.0).abs() < 1e-9);
        criterion.bench_function(&format!("check a design of {name} parts"), |bench| {
            bench.iter(|| check(black_box(&whole), black_box(&task)));
        });
        let mut broken = whole.clone();
        for link in broken.links.values_mut() {
            link.attrs.remove(&Attr::Associate);
        }
        criterion.bench_function(
            &format!("check a design of {name} parts in which nothing arrives"),
            |bench| {
                bench.iter(|| check(black_box(&broken), black_box(&task)));
            },
        );
        criterion.bench_function(&format!("the table of flows of {name} parts, after a zone"), |bench| {
            let zone = breaks(&whole, &task).into_iter().next();
            bench.iter(|| Outage::of(black_box(&whole), black_box(&task), zone.clone()));
        });
    }
}

/// The pure share of one step of a drag among a thousand parts.
fn drag_step(criterion: &mut Criterion) {
    let design = bench_scene(1000);
    let layout = Layout::new(&design);
    let mut stage = Stage::default();
    stage.draw(&design, &layout, &Decor::default());
    stage.drag_start(&design, &layout, &[busiest(&design)]);
    let mut step = 0;
    criterion.bench_function("a step of a drag among a thousand parts", |bench| {
        bench.iter(|| {
            step += 1;
            stage.drag_step(&layout, step % 1000, step % 1000, None, false)
        });
    });
}

fn busiest(design: &Design) -> PartId {
    let links = |id: &&PartId| design.links_of(id).count();
    let movable = design
        .parts
        .iter()
        .filter(|(_, part)| part.size.is_none())
        .map(|(id, _)| id);
    movable.max_by_key(links).expect("the scene has parts").clone()
}

criterion_group!(benches, check_designs, drag_step);
criterion_main!(benches);
