//! `kill -9` at a random moment of a save, again and again. `ROLECALL_ROUNDS` says how often; `npm run faults` says 1,000.

use std::{
    fs,
    process::Stdio,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{Home, SAVER, TEXT, with_region};

#[test]
fn f064_a_save_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one() {
    let rounds = std::env::var("ROLECALL_ROUNDS").map_or(50, |rounds| rounds.parse().unwrap_or(50));
    let home = Home::with(TEXT);
    // How long a save takes here, so that the kills spread over all of it.
    let started = Instant::now();
    home.save("warm-up");
    let whole = started.elapsed();
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut seed = since.map_or(1, |since| since.as_secs()) | 1;
    println!("seed {seed}, a save takes {whole:?}");
    let (mut before, mut after) = (0, 0);
    // Follows how fast the machine is just now, so that the kills keep striking both sides.
    let mut stretch = 1.3;
    let mut old = "warm-up".to_owned();
    for round in 0..rounds {
        let new = format!("round-{round}");
        let mut child = home
            .command(SAVER)
            .args(["set", &new])
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let end = Instant::now() + whole.mul_f64(random(&mut seed) * stretch);
        while Instant::now() < end {
            std::hint::spin_loop();
        }
        child.kill().expect("killed, or over by itself");
        child.wait().expect("it is over");
        let text = home.text();
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
        assert_eq!(home.mode(".aws/config"), 0o644, "round {round}");
        let left = home.beside();
        assert!(left.len() <= 1, "round {round}: {left:?}");
        if !left.is_empty() || round % 10 == 0 {
            home.age_leftovers();
            let next = format!("after-{round}");
            home.save(&next);
            assert!(
                home.beside().is_empty(),
                "round {round}: {:?}",
                home.beside()
            );
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
    let unfinished = fs::read_dir(home.path().join("data/unfinished"));
    assert!(unfinished.is_err(), "nothing was written in place");
    assert!(whole < Duration::from_secs(5), "a save took {whole:?}");
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
