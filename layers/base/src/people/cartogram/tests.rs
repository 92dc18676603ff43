use std::collections::HashSet;

use super::*;
use crate::people::province;

fn communes() -> Vec<(f64, f64)> {
    let (agencies, _) = province::shipped();
    agencies.into_iter().filter_map(|agency| agency.longitude.zip(agency.latitude)).collect()
}

/// Draws the tiles, for who runs the test with `--no-capture`.
fn drawing(tiles: &[Tile]) -> String {
    let rows = tiles.iter().map(|tile| tile.row).max().unwrap_or_default();
    let columns = tiles.iter().map(|tile| tile.column).max().unwrap_or_default();
    let line =
        |row| (0..=columns).map(|column| if tiles.contains(&Tile { column, row }) { '■' } else { '·' }).collect::<String>();
    (0..=rows).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_province_is_compact_and_recognisable() {
    let places = communes();
    let begun = std::time::Instant::now();
    let tiles = place(&places);
    println!("{:?}\n{}", begun.elapsed(), drawing(&tiles));
    assert_eq!(tiles.len(), 102);
    assert_eq!(tiles.iter().collect::<HashSet<_>>().len(), 102, "two on one tile");
    assert_eq!(tiles, place(&places), "the same places, the same tiles");
    // West is left and north is up for nearly every pair that is clearly so.
    let mut pairs = (0, 0);
    for (a, one) in places.iter().zip(&tiles) {
        for (b, other) in places.iter().zip(&tiles) {
            for (apart, steps) in [(b.0 - a.0, other.column - one.column), (a.1 - b.1, other.row - one.row)] {
                if apart > 0.12 {
                    pairs.0 += 1;
                    pairs.1 += usize::from(steps >= 0);
                }
            }
        }
    }
    assert!(pairs.1 * 100 >= pairs.0 * 99, "{} of {} pairs keep their direction", pairs.1, pairs.0);
    let neighbours = |tile: &Tile| {
        [(0, 1), (1, 0), (0, -1), (-1, 0)]
            .iter()
            .filter(|(c, r)| tiles.contains(&Tile { column: tile.column + c, row: tile.row + r }))
            .count()
    };
    assert!(tiles.iter().all(|tile| neighbours(tile) > 0), "an island");
    assert!(tiles.iter().map(neighbours).sum::<usize>() >= 102 * 3, "too many gaps");
}

#[test]
fn odd_places_have_tiles_too() {
    assert!(place(&[]).is_empty());
    assert_eq!(place(&[(105.0, 10.0)]), [Tile { column: 0, row: 0 }]);
    for places in
        [vec![(105.0, 10.0); 50], (0..50).map(|at| (105.0 + f64::from(at) / 10.0, 10.0)).collect(), vec![(f64::NAN, 1.0); 5]]
    {
        let tiles: HashSet<Tile> = place(&places).into_iter().collect();
        assert_eq!(tiles.len(), places.len());
    }
    assert_eq!(place(&vec![(105.0, 10.0); 5000]).into_iter().collect::<HashSet<_>>().len(), 5000);
}

#[test]
fn the_cheapest_is_found() {
    let costs = vec![vec![4, 1, 3], vec![2, 0, 5], vec![3, 2, 2]];
    assert_eq!(assignment::cheapest(&costs), [1, 0, 2]);
    assert_eq!(assignment::cheapest(&[vec![5, 9, 1, 7], vec![5, 9, 2, 7]]), [2, 0]);
}

#[test]
fn the_last_answer_is_kept() {
    let places = communes();
    assert!(Arc::ptr_eq(&tiles(&places), &tiles(&places)));
}
