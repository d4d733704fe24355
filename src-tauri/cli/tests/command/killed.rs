//! `kill -9` at a random moment of a change, again and again. `ROLECALL_ROUNDS` says how often; `npm run faults` says 1,000.

use std::{
    process::Stdio,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{
    home::mode,
    struck::{beside, clears_up, known_home, set, with_region},
};

#[test]
fn f064_a_change_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let rounds = std::env::var("ROLECALL_ROUNDS").map_or(50, |rounds| rounds.parse().unwrap_or(50));
    let home = known_home();
    let config = home.aws().join("config");
    // How long a change takes here, so that the kills spread over all of it.
    let started = Instant::now();
    set(&home, "warm-up");
    let whole = started.elapsed();
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut seed = since.map_or(1, |since| since.as_secs()) | 1;
    println!("seed {seed}, a change takes {whole:?}");
    let (mut before, mut after) = (0, 0);
    // Follows how fast the machine is just now, so that the kills keep striking both sides.
    let mut stretch = 1.3;
    let mut old = "warm-up".to_owned();
    for round in 0..rounds {
        let new = format!("round-{round}");
        let mut child = home
            .command(&["set", "a", "region", &new, "--yes"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let end = Instant::now() + whole.mul_f64(random(&mut seed) * stretch);
        while Instant::now() < end {
            std::hint::spin_loop();
        }
        child.kill().expect("killed, or over by itself");
        child.wait().expect("it is over");
        let text = home.read("config");
        if text == with_region(&new) {
            (after, stretch) = (after + 1, stretch * 0.95);
            old = new;
        } else {
            assert_eq!(
                text,
                with_region(&old),
                "round {round}: neither old nor new"
            );
            (before, stretch) = (before + 1, stretch * 1.05);
        }
        assert_eq!(mode(&config), 0o600, "round {round}");
        let left = beside(&home);
        assert!(left.len() <= 1, "round {round}: {left:?}");
        if !left.is_empty() || round % 10 == 0 {
            let next = format!("after-{round}");
            clears_up(&home, &next, &format!("round {round}"));
            old = next;
        }
    }
    println!("{before} were killed before the exchange, {after} after it");
    // Otherwise the kills did not strike what they are for.
    let least = rounds / 10;
    assert!(
        before >= least && after >= least,
        "{before} and {after} of {rounds}"
    );
    let unfinished = home.data().join("unfinished");
    assert!(!unfinished.exists(), "nothing was written in place");
    assert!(whole < Duration::from_secs(5), "a change took {whole:?}");
}

/// Between 0 and 1 (xorshift).
fn random(seed: &mut u64) -> f64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    #[expect(clippy::cast_precision_loss, reason = "any number will do")]
    let fraction = (*seed >> 11) as f64 / (1_u64 << 53) as f64;
    fraction
}
