//! The policy that a page of ours runs under.

/// No other origin, no inline script, no inline style. A header in `serve`, a meta element in what `build` writes.
///
/// It names no frame ancestors: exercises are meant to stand in other people's pages.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configurations_for_hosts_send_the_same_policy() {
        let deploy = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy");
        for name in ["nginx.conf", "Caddyfile"] {
            let text = std::fs::read_to_string(deploy.join(name)).unwrap();
            assert!(
                text.contains(&format!("Content-Security-Policy \"{POLICY}\"")),
                "deploy/{name}"
            );
        }
    }
}
