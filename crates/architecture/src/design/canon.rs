use super::{Attr, Attrs, Cell, Design, Value};

/// The design as grading, hashing and tests see it: no positions, sizes or bends, names trimmed, defaults dropped, ends
/// of undirected links sorted. Two designs that differ only in their drawing have one canonical form.
#[must_use]
pub fn canonical(design: &Design) -> Design {
    let mut canonical = design.clone();
    canonical.next = 0;
    for part in canonical.parts.values_mut() {
        part.at = Cell::default();
        part.size = None;
        part.name = part.name.trim().to_owned();
        part.locked = false;
        drop_defaults(&mut part.attrs);
    }
    for link in canonical.links.values_mut() {
        link.bends.clear();
        link.locked = false;
        if link.kind.is_undirected() && link.from > link.to {
            std::mem::swap(&mut link.from, &mut link.to);
        }
        drop_defaults(&mut link.attrs);
    }
    canonical
}

fn drop_defaults(attrs: &mut Attrs) {
    attrs.retain(|_, value| match value {
        Value::Bool(is_set) => *is_set,
        Value::Text(text) => !text.trim().is_empty(),
        Value::Parts(ids) => !ids.is_empty(),
        Value::Routes(routes) => !routes.is_empty(),
        Value::Cidr(_) | Value::Part(_) => true,
    });
    // The order of rows decides nothing: the longest prefix does.
    if let Some(Value::Routes(routes)) = attrs.get_mut(&Attr::Entries) {
        crate::sorted::sort(routes);
    }
}
