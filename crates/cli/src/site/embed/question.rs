//! A question as plain HTML, with the names and values of the living one: it can be read, ticked and printed before
//! anything runs, and the living one takes over what was ticked.

use sandtable_exercise::{Answer, Body, Item, Key, KeyBody, Pick, Piece, fresh_seed, present, solution};

/// The seed from which the first question of a page is laid out, here and in the browser.
pub(super) const SEED: u64 = 20;

/// Text in markup, and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A question that can be answered on paper.
pub(super) fn question(item: &Item, at: usize, of: usize) -> String {
    let (view, key) = item.clone().split();
    let order = present(&view, fresh_seed(&view, &key, SEED)).order;
    let body = match &view.body {
        Body::Choice { pick, options, .. } => choice(&view.id, *pick, options, &order),
        Body::Match { prompts, tokens, .. } => matching(prompts, tokens, &order),
        Body::Order { blocks, tray } => listed(blocks, *tray, &order),
    };
    format!(
        "<article class=\"question\" data-item=\"{}\"><h2 class=\"place\">Question {at} of {of}</h2><div class=\"stem\">{}</div>{body}</article>",
        escape(&view.id),
        view.stem
    )
}

pub(super) fn in_order<'a>(pieces: &'a [Piece], order: &[String]) -> Vec<&'a Piece> {
    let find = |id: &String| pieces.iter().find(|piece| piece.id == *id);
    order.iter().filter_map(find).collect()
}

fn choice(item: &str, pick: Pick, options: &[Piece], order: &[String]) -> String {
    let kind = if pick == Pick::One { "radio" } else { "checkbox" };
    let rows: String = in_order(options, order)
        .into_iter()
        .zip('A'..='Z')
        .map(|(option, letter)| {
            format!(
                "<div class=\"option\"><label class=\"option-row\"><input type=\"{kind}\" name=\"{}\" value=\"{}\">\
                 <span class=\"letter\" aria-hidden=\"true\">{letter}</span><span class=\"option-text\">{}</span></label></div>",
                escape(item),
                escape(&option.id),
                option.html
            )
        })
        .collect();
    format!(
        "<fieldset class=\"choice\"><legend>{}</legend>{rows}</fieldset>",
        pick.instruction()
    )
}

fn matching(prompts: &[Piece], tokens: &[Piece], order: &[String]) -> String {
    let options: String = in_order(tokens, order)
        .into_iter()
        .map(|token| {
            format!(
                "<option value=\"{}\">{}</option>",
                escape(&token.id),
                escape(&token.label)
            )
        })
        .collect();
    let rows: String = prompts
        .iter()
        .map(|prompt| {
            format!(
                "<li class=\"prompt\"><div class=\"prompt-text\">{}</div><select class=\"slot-select\" aria-label=\"Token for {}\">\
                 <option value=\"\">Choose</option>{options}</select></li>",
                prompt.html,
                escape(&prompt.label)
            )
        })
        .collect();
    let tray: String = in_order(tokens, order)
        .into_iter()
        .map(|token| format!("<li>{}</li>", token.html))
        .collect();
    format!(
        "<div class=\"match\"><ul class=\"prompts\">{rows}</ul><div class=\"on-paper\"><h3 class=\"tray-title\">Tokens</h3><ul>{tray}</ul></div></div>"
    )
}

fn listed(blocks: &[Piece], tray: bool, order: &[String]) -> String {
    let rows: String = in_order(blocks, order)
        .into_iter()
        .map(|block| {
            format!(
                "<li class=\"block\"><span class=\"place-on-paper\" aria-hidden=\"true\"></span><div>{}</div></li>",
                block.html
            )
        })
        .collect();
    let title = if tray {
        "Put in order what belongs to it, first to last."
    } else {
        "Put in order, first to last."
    };
    format!("<div class=\"order\"><h3 class=\"tray-title\">{title}</h3><ul class=\"to-order\">{rows}</ul></div>")
}

/// What is right, and why, for who looks at the last page.
pub(super) fn key(item: &Item, at: usize) -> String {
    let (view, key) = item.clone().split();
    let rows = match (&view.body, solution(&view, &key)) {
        (Body::Choice { options, .. }, Answer::Choice(ids)) => pieces(options, &ids),
        (Body::Order { blocks, .. }, Answer::Order(ids)) => pieces(blocks, &ids),
        (Body::Match { prompts, tokens, .. }, Answer::Match(pairs)) => prompts
            .iter()
            .filter_map(|prompt| {
                let token = tokens.iter().find(|token| Some(&token.id) == pairs.get(&prompt.id))?;
                let asked = prompt.label.trim_end_matches('.');
                Some(format!("<li>{}: {}</li>", escape(asked), escape(&token.label)))
            })
            .collect(),
        _ => String::new(),
    };
    let list = if matches!(key.body, KeyBody::Order { .. }) {
        "ol"
    } else {
        "ul"
    };
    format!(
        "<section><h3>Question {at}</h3><{list}>{rows}</{list}>{}</section>",
        explain(&key)
    )
}

fn pieces(of: &[Piece], ids: &[String]) -> String {
    in_order(of, ids)
        .into_iter()
        .map(|piece| format!("<li>{}</li>", escape(&piece.label)))
        .collect()
}

fn explain(key: &Key) -> String {
    format!("<div>{}</div>", key.explain)
}
