use crate::{Answer, Body, ItemView, Key, KeyBody};

/// The answer that the key calls right; of several right orders the first by the file.
#[must_use]
pub fn solution(view: &ItemView, key: &Key) -> Answer {
    match (&key.body, &view.body) {
        (KeyBody::Choice { options, .. }, _) => Answer::Choice(
            options
                .iter()
                .filter(|option| option.right)
                .map(|option| option.id.clone())
                .collect(),
        ),
        (KeyBody::Match { pairs, .. }, _) => Answer::Match(pairs.clone()),
        (KeyBody::Order { blocks, .. }, Body::Order { blocks: pieces, .. }) => {
            let after = |id: &str| {
                blocks
                    .iter()
                    .find(|block| block.id == id)
                    .and_then(|block| block.after.as_ref())
            };
            let mut order: Vec<String> = Vec::new();
            // Each round places the first block whose dependencies are met; a circle would leave the order short.
            for _ in 0..pieces.len() {
                let next = pieces.iter().find(|piece| {
                    let is_met = after(&piece.id).is_some_and(|after| after.iter().all(|id| order.contains(id)));
                    is_met && !order.contains(&piece.id)
                });
                order.extend(next.map(|piece| piece.id.clone()));
            }
            Answer::Order(order)
        }
        (KeyBody::Order { .. }, _) => Answer::Order(Vec::new()),
    }
}
