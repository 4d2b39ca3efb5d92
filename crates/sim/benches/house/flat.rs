//! 平 Flat: an act costs the same in a record of a hundred lines and of a million.

use crate::kit::{Ground, Place, Series, timed, world};
use app::{Asked, Hand, enact};
use law::MatterId;
use sim::world::Store;
use std::sync::Arc;

/// Rounds over all sizes, interleaved.
const ROUNDS: usize = 9;
/// Acts of each kind in one round; the round's figure is their median.
const ACTS: usize = 120;

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

/// The median of one round for a suggestion and for an answer to it.
fn measured(ground: &Arc<Ground>, round: usize) -> [f64; 2] {
    let me = ground.clone();
    let work = move |hand: &mut Hand<'_, '_>| {
        let (mut submit, mut answer) = (Series::default(), Series::default());
        for n in 0..ACTS {
            let (matter, took) = one(hand, me.submit(1_000_000_000 + round * ACTS + n))?;
            submit.push(took);
            answer.push(one(hand, me.answer(matter))?.1);
        }
        Ok([submit.median(), answer.median()])
    };
    ground.house().act(ground.unit, work).expect("acts")
}

fn one(hand: &mut Hand<'_, '_>, asked: Asked) -> Result<(MatterId, f64), app::Failure> {
    let (hall, now) = (hand.hall, hand.now);
    let (done, took) = timed(|| hand.pen.within(|pen| enact::enact(&mut Hand { pen, hall, now }, asked)));
    Ok((done?.matter, took.as_secs_f64() * 1e6))
}
