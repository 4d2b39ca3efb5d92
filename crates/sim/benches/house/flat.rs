//! 平 Flat: an act costs the same in a record of a hundred lines and of a million.

use crate::kit::{Ground, Place, Series, timed, world};
use app::{Asked, enact};
use law::MatterId;
use sim::world::Store;
use std::sync::Arc;

/// Rounds over all sizes, interleaved.
const ROUNDS: usize = 9;
/// Acts of each kind in one round; the round's figure is their median.
const ACTS: usize = 128;

pub fn run(most: i64) {
    let place = Place::new("flat");
    let sizes = [100, 10_000.min(most), most];
    let grounds: Vec<Arc<Ground>> = sizes.into_iter().enumerate().map(|(n, lines)| built(&place, n, lines)).collect();
    let mut costs = vec![[Series::default(), Series::default()]; sizes.len()];
    for round in 0..ROUNDS {
        for (ground, costs) in grounds.iter().zip(&mut costs) {
            let [submit, answer] = measured(ground, round);
            costs[0].push(submit);
            costs[1].push(answer);
        }
    }
    for (which, name) in ["Submit", "Answer"].into_iter().enumerate() {
        let base = costs[0][which].median();
        for (lines, costs) in sizes.iter().zip(&costs) {
            println!(
                "{name} at {lines:>9} lines: {} µs before the commit, {:.2} of the first",
                costs[which].show(1),
                costs[which].median() / base
            );
        }
    }
}

fn built(place: &Place, n: usize, lines: i64) -> Arc<Ground> {
    let folder = place.path().join(n.to_string());
    std::fs::create_dir_all(&folder).expect("a folder");
    let ground = Arc::new(Ground::new(&world(&folder, &Store::Sqlite), "441900121014"));
    let ((), took) = timed(|| ground.live(lines));
    println!("built {} lines in {:.1} s", ground.lines(), took.as_secs_f64());
    ground
}

/// The medians of one round for suggestions and for the answers to them, each asked alone but committed in groups.
fn measured(ground: &Arc<Ground>, round: usize) -> [f64; 2] {
    let begin = 1_000_000_000 + round * ACTS;
    let (matters, submit) = asked(ground, (begin..begin + ACTS).map(|n| ground.submit(n)));
    let (_, answer) = asked(ground, matters.into_iter().map(|matter| ground.answer(matter)));
    [submit, answer]
}

/// What was made of the acts, and the median of what each took within its transaction.
fn asked(ground: &Ground, acts: impl Iterator<Item = Asked>) -> (Vec<MatterId>, f64) {
    let one = |asked| {
        ground.house().submit(ground.unit, move |hand| {
            let (done, took) = timed(|| enact::enact(hand, asked));
            Ok((done?.matter, took))
        })
    };
    let tickets: Vec<_> = acts.map(|asked| one(asked).expect("room in the queue")).collect();
    let (mut matters, mut micros) = (Vec::new(), Series::default());
    for ticket in tickets {
        let (matter, took) = ticket.wait().expect("an act");
        matters.push(matter);
        micros.push(took.as_secs_f64() * 1e6);
    }
    (matters, micros.median())
}
