use std::time::Duration;

use super::window;

pub(crate) use sandtable_browser::now;

/// So many random bytes. Without a source of randomness, which no browser of today lacks, they are drawn from the clock.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let drawn = window().and_then(|window| window.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok());
    if drawn.is_none() {
        let mut state = now();
        for byte in &mut bytes {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = state.to_be_bytes()[0];
        }
    }
    bytes
}

/// A seed for a layout, below 2^32.
pub(crate) fn seed() -> u64 {
    u64::from(u32::from_be_bytes(random()))
}

/// Random bytes as hex digits, two a byte.
pub(crate) fn random_hex<const N: usize>() -> String {
    random::<N>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Waits.
pub(crate) async fn sleep(time: Duration) {
    gloo_timers::future::sleep(time).await;
}

/// Calls back once what was just changed is drawn.
pub(crate) fn soon(act: impl FnOnce() + 'static) {
    fn erased(act: Box<dyn FnOnce()>) {
        leptos::task::spawn_local(async move {
            sleep(Duration::ZERO).await;
            act();
        });
    }
    erased(Box::new(act));
}
