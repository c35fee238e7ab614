use super::*;

#[test]
fn order_by_inversions() {
    let item = order_chain(5);
    check(&item, &ordered(&["1", "2", "3", "4", "5"]), 1.0);
    check(&item, &ordered(&["2", "1", "3", "4", "5"]), 0.8);
    check(&item, &ordered(&["5", "4", "3", "2", "1"]), 0.0);
    check_sum(
        &item,
        &ordered(&["2", "1", "3", "4", "5"]),
        "1 of 10 pairs is in the wrong order: 1-2\u{d7}1/10.",
    );
    check_states(
        &item,
        &ordered(&["1", "5", "2", "3", "4"]),
        "1 Right, 2 Right, 3 Right, 4 Right, 5 Wrong",
    );
    check_invalid(
        &item,
        &ordered(&["1", "2"]),
        "2 of 5 blocks are in the list. Every block has a place.",
    );
}

#[test]
fn a_random_order_of_five_scores_a_sixth() {
    let (mean_inversions, mean_run) = all_orders_of_five();
    assert!((mean_inversions - 0.163).abs() < 0.0005, "{mean_inversions}");
    assert!((mean_run - 0.448).abs() < 0.0005, "{mean_run}");
}

#[allow(clippy::cast_precision_loss)]
fn all_orders_of_five() -> (f64, f64) {
    let (inversions, run) = (order_chain(5), chain_by(OrderRule::LongestRun, 5));
    let mut orders: Vec<Vec<usize>> = vec![vec![]];
    for next in 1..=5 {
        orders = orders
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    let mean = |item: &Item| {
        let score = |order: &Vec<usize>| {
            let ids: Vec<String> = order.iter().map(ToString::to_string).collect();
            verdict(item, &Answer::Order(ids)).fraction().unwrap()
        };
        orders.iter().map(score).sum::<f64>() / orders.len() as f64
    };
    (mean(&inversions), mean(&run))
}

pub(super) fn golden_graph(decoys: &[&str]) -> Item {
    let graph: [(&str, &[&str]); 10] = [
        ("1", &[]),
        ("2", &["1"]),
        ("3", &["1"]),
        ("4", &["2", "3"]),
        ("5", &["1"]),
        ("6", &["2"]),
        ("7", &["4", "5", "6"]),
        ("8", &[]),
        ("9", &["7", "8"]),
        ("10", &["9"]),
    ];
    order_by(OrderRule::Edits, &graph, decoys)
}

#[test]
fn order_by_dependency_graph() {
    let item = golden_graph(&["x"]);
    check(
        &item,
        &ordered(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        1.0,
    );
    check(
        &item,
        &ordered(&["8", "1", "5", "3", "2", "6", "4", "7", "9", "10"]),
        1.0,
    );
    check(
        &item,
        &ordered(&["1", "2", "3", "4", "5", "6", "7", "9", "8", "10"]),
        0.8,
    ); // d = 2
    check(&item, &ordered(&["1", "2", "6", "3", "4", "5"]), 0.6); // d = 4
    check(
        &item,
        &ordered(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "x", "10"]),
        0.9,
    ); // d = 1
    check_sum(
        &item,
        &ordered(&["1", "2", "6", "3", "4", "5"]),
        "4 to take out or put in: (10-4)/10.",
    );
}

proptest! {
    #[test]
    fn edits_agree_with_the_search_over_all_right_orders(order in Just(vec!["1", "2", "3", "4", "5", "x"]).prop_shuffle(), len in 1..7usize) {
        let graph: [(&str, &[&str]); 5] = [("1", &[]), ("2", &["1"]), ("3", &["1"]), ("4", &["2", "3"]), ("5", &[])];
        let given = &order[..len];
        let best = permutations(&["1", "2", "3", "4", "5"])
            .into_iter()
            .filter(|right| graph.iter().all(|(id, after)| {
                let at = |id: &str| right.iter().position(|r| *r == id);
                after.iter().all(|before| at(before) < at(id))
            }))
            .map(|right| given.len() + right.len() - 2 * common_subsequence(given, &right))
            .min()
            .unwrap();
        let expected = ratio(5usize.saturating_sub(best), 5);
        check(&order_by(OrderRule::Edits, &graph, &["x"]), &ordered(given), expected);
    }
}

fn permutations<'a>(ids: &[&'a str]) -> Vec<Vec<&'a str>> {
    let Some((first, rest)) = ids.split_first() else {
        return vec![vec![]];
    };
    let mut all = vec![];
    for order in permutations(rest) {
        for at in 0..=order.len() {
            let mut longer = order.clone();
            longer.insert(at, *first);
            all.push(longer);
        }
    }
    all
}

fn common_subsequence(a: &[&str], b: &[&str]) -> usize {
    let mut table: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let best = if a[i - 1] == b[j - 1] {
                table.get(&(i - 1, j - 1)).unwrap_or(&0) + 1
            } else {
                *table
                    .get(&(i - 1, j))
                    .unwrap_or(&0)
                    .max(table.get(&(i, j - 1)).unwrap_or(&0))
            };
            table.insert((i, j), best);
        }
    }
    *table.get(&(a.len(), b.len())).unwrap_or(&0)
}
